/** Which model does which work. */
export interface Models {
  readonly classifier: string;
  readonly scorer: string;
  readonly technical: string;
  readonly commercial: string;
  /** Asked where the commercial model is not there any more. */
  readonly commercialFallback: string;
  readonly report: string;
}

/** The container's token for them. */
export const MODELS = Symbol('models');

export const DEFAULT_MODELS: Models = {
  classifier: 'gpt-5-mini',
  scorer: 'inhouse-scorer-7b',
  technical: 'claude-sonnet-4-6',
  commercial: 'ft:gpt-4.1-2025-04-14:lattiq::deal-review', // retired in January
  commercialFallback: 'gpt-4.1',
  report: 'claude-haiku-4-5',
};

/** The same for the real endpoints, which do not serve the company's own model. */
export const LIVE_MODELS: Models = { ...DEFAULT_MODELS, scorer: process.env['SCORER_MODEL'] ?? 'gpt-4o-mini' };
