import { overridePricing, type ModelCosts } from '../cost/model-costs.js';
import type { PriceRequest, PricingService } from '../cost/pricing-service.js';

/** A pricing service for tests, which remembers what it was asked. */
export interface FakePricing extends PricingService {
  /** What was asked, in order. */
  readonly requests: readonly PriceRequest[];
}

/**
 * A pricing service that knows these models alone, to be registered in a container in the place of the real one. In USD per million
 * tokens, as `modelCosts`; without a container `testTracing({ modelCosts })` does.
 *
 * @example
 * const pricing = fakePricing({ 'gpt-4o': { input: 1, output: 2 } });
 * registerTracing(container, { pricing });
 */
export function fakePricing(costs: ModelCosts): FakePricing {
  const known = overridePricing(costs);
  const requests: PriceRequest[] = [];
  return {
    requests,
    price(request) {
      requests.push(request);
      return known.price(request);
    },
  };
}
