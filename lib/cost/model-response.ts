import type { TokenUsage } from './token-usage.js';

/** What a usage reader finds in a provider's response. */
export interface ModelResponse {
  readonly usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  readonly model?: string | undefined;
  /** The response's id (`chatcmpl-…`, `msg_…`): a response is counted once under it. */
  readonly id?: string | undefined;
  /** Who serves the model, in OpenTelemetry's spelling (`openai`, `anthropic`, `aws.bedrock` …), where the shape tells. */
  readonly provider?: string | undefined;
  /** The service tier that was billed (`default`, `flex`, `priority`, `batch`), where the response tells. */
  readonly serviceTier?: string | undefined;
  /** A cost in USD that the provider itself reports: it wins over every price list. */
  readonly costUsd?: number | undefined;
}

/**
 * Reads usage from a provider's response, recognised by its shape, never by its class: a response that went through JSON is read too.
 * Gives undefined for anything else. May throw on hostile values: the caller guards.
 */
export type UsageReader = (response: unknown) => ModelResponse | undefined;
