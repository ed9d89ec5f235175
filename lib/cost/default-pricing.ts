import { catalogue } from './catalogue.js';
import { overridePricing, type ModelCosts } from './model-costs.js';
import { PRICING_LINKS, type PricingLink } from './price-chain.js';
import type { Price, PriceRequest, PricingService } from './pricing-service.js';

/**
 * What prices model calls when nothing else is registered: your own prices first, then the catalogue of published ones.
 * Register one with your prices, extend it, or write a {@link PricingService} of your own.
 *
 * @example
 * container.register(PRICING_SERVICE, { useValue: new DefaultPricingService({ modelCosts: { 'my-model': { input: 0.25, output: 1.25 } } }) });
 */
export class DefaultPricingService implements PricingService {
  readonly #links: readonly PricingLink[];

  /** Throws when `modelCosts` cannot be understood. */
  constructor(options: { readonly modelCosts?: ModelCosts | undefined } = {}) {
    const { modelCosts } = options;
    const published: PricingLink = { service: catalogue, source: 'catalog' };
    this.#links =
      modelCosts === undefined
        ? [published]
        : [{ service: overridePricing(modelCosts), source: 'override' }, published];
  }

  /** Of a published price undefined until the catalogue is loaded, which the first request begins. */
  price(request: PriceRequest): Price | undefined {
    for (const { service } of this.#links) {
      const price = service.price(request);
      if (price !== undefined) return price;
    }
    if (!catalogue.ready) void catalogue.load();
    return undefined;
  }

  /** @internal Its parts, so that a cost says which of them it came from. A subclass with a `price` of its own is asked as a whole. */
  get [PRICING_LINKS](): readonly PricingLink[] | undefined {
    return this.price === DefaultPricingService.prototype.price ? this.#links : undefined;
  }
}
