import type { TokenUsage } from './token-usage.js';

/** What is asked of a {@link PricingService}: one model call. */
export interface PriceRequest {
  /** The model's name as the provider or the caller gave it. */
  readonly model: string;
  /** Who serves it, in OpenTelemetry's spelling, where known. */
  readonly provider?: string | undefined;
  readonly usage: TokenUsage;
  /** `default`, `flex`, `priority`, `batch` …, where known. */
  readonly serviceTier?: string | undefined;
  /** When the call was made: prices change. */
  readonly at: Date;
}

/** A cost in USD. `totalUsd` = input + output + other, or a total alone where the parts are not known. */
export interface Price {
  readonly inputUsd?: number | undefined;
  readonly outputUsd?: number | undefined;
  /** What is neither input nor output: per-request fees, searches. */
  readonly otherUsd?: number | undefined;
  readonly totalUsd: number;
  /** ISO date on which the price was checked. */
  readonly priceDate?: string | undefined;
}

/**
 * Prices model calls. Register one under `PRICING_SERVICE` in your container, or pass it as the `pricing` option.
 * `undefined` means "I do not know this model": the next service is asked, at last the default one.
 */
export interface PricingService {
  /** Synchronous. May throw: the next service is asked then. */
  price(request: PriceRequest): Price | undefined;
}

/** Where a cost came from, as `cost.source` says it. */
export type CostSource = 'provider' | 'service' | 'override' | 'catalog' | 'recorded';
