import { environmentVariable } from './environment-variable.js';
import { hiddenByEnvironment, type Hidden } from './capture/hidden.js';
import { DEFAULT_LIMITS, type Limits } from './capture/limits.js';
import { Redaction } from './capture/redaction.js';
import type { PricingService } from './cost/pricing-service.js';
import { shared } from './shared-state.js';

/** The settings in force, as `configure` left them: read at each call, written by `configure` alone. */
export interface Settings {
  captureArgs: boolean;
  captureResult: boolean;
  limits: Limits;
  redaction: Redaction;
  /** What the environment forbids to record, whatever the options say. */
  hidden: Hidden;
  /** `metadata` as one JSON attribute, as flat `metadata.*` attributes, or both. */
  metadata: 'json' | 'flat' | 'both';
  /** Undefined: as the conventions have it. */
  successStatus: 'ok' | 'unset' | undefined;
  /** What is written beside OpenInference. */
  conventions: 'gen_ai' | undefined;
  /** Whether session and user travel to other services as W3C baggage, and are believed when they come. */
  baggage: 'send' | 'receive' | 'both' | false;
  /** The user's own prices, asked before the catalogue. */
  overrides: PricingService | undefined;
  /** Counts the changes, so that what was derived from older settings is made anew. */
  version: number;
}

/** `OTEL_SEMCONV_STABILITY_OPT_IN`, a list, as OpenTelemetry's instrumentations read it. */
function conventionsOfEnvironment(): 'gen_ai' | undefined {
  const optedIn = environmentVariable('OTEL_SEMCONV_STABILITY_OPT_IN') ?? '';
  return /(?:^|,)\s*gen_ai_latest_experimental\s*(?:,|$)/.test(optedIn) ? 'gen_ai' : undefined;
}

/** The settings before any `configure`. */
export const defaultSettings = (): Settings => ({
  captureArgs: true,
  captureResult: true,
  limits: DEFAULT_LIMITS,
  redaction: Redaction.standard,
  hidden: hiddenByEnvironment(),
  metadata: 'json',
  successStatus: undefined,
  conventions: conventionsOfEnvironment(),
  baggage: false,
  overrides: undefined,
  version: 0,
});

export const settings = shared('settings', defaultSettings);
