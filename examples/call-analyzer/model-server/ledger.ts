import type { BilledUsage, WireName } from './exchange.js';

/** One request that reached the server, and what was billed for it. */
export interface LedgerEntry {
  /** The id in the response's header: `x-request-id`, or Anthropic's `request-id`. */
  readonly requestId: string;
  readonly wire: WireName;
  /** The model that the client asked for. */
  readonly requestedModel: string | undefined;
  readonly status: number;
  /** How often the client had tried before, as its SDK says. */
  readonly retryCount: number;
  readonly streamed: boolean;
  /** Absent where nothing was billed: a refused call costs nothing. */
  readonly bill?: { readonly responseId: string; readonly model: string; readonly usage: BilledUsage } | undefined;
}
