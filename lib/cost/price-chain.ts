import { reportOnce } from '../safely.js';
import { isAmount } from './amount.js';
import { overridePricing, type ModelCosts } from './model-costs.js';
import type { CostSource, Price, PriceRequest, PricingService } from './pricing-service.js';

/** One price list in the order they are asked, and how its prices are signed. */
export interface PricingLink {
  readonly service: PricingService;
  readonly source: CostSource;
}

/** A service says here what it is made of. A registered symbol, so that two copies of this package understand each other. */
export const PRICING_LINKS: unique symbol = Symbol.for('spandrel.pricing_links');

const overrides = new WeakMap<object, readonly PricingLink[]>();

/** The first link, of those that `isAsked` takes, that gives a valid price. One that throws or gives nonsense is reported once and passed over. */
export function priceWith(
  links: readonly PricingLink[],
  request: PriceRequest,
  isAsked?: (link: PricingLink) => boolean,
): { price: Price; source: CostSource } | undefined {
  for (const link of links) {
    if (isAsked?.(link) === false) continue;
    const { service, source } = link;
    let given: unknown;
    try {
      given = service.price(request);
    } catch (error) {
      reportOnce(`${nameOf(service)} threw while pricing; the next price list is asked`, error);
      continue;
    }
    if (given === undefined || given === null) continue;
    const fault = priceFault(given);
    if (fault !== undefined) {
      reportOnce(`${nameOf(service)} gave no usable price: ${fault}; the next price list is asked`);
      continue;
    }
    return { price: balanced(given as Price, service), source };
  }
  return undefined;
}

/** The price lists a registered service stands for: its parts where it is ours, `{ modelCosts }` as overrides, anything else as it is. */
export function pricingLinks(service: unknown): readonly PricingLink[] {
  try {
    if ((typeof service !== 'object' && typeof service !== 'function') || service === null)
      throw new TypeError(`it is ${String(service)}`);
    const own = (service as { [PRICING_LINKS]?: readonly PricingLink[] | undefined })[PRICING_LINKS];
    if (own !== undefined) return own;
    if (typeof (service as Partial<PricingService>).price === 'function')
      return [{ service: service as PricingService, source: 'service' }];
    const { modelCosts } = service as { modelCosts?: ModelCosts };
    if (modelCosts === undefined) throw new TypeError('it has no price() method');
    let links = overrides.get(service);
    if (links === undefined) {
      links = [{ service: overridePricing(modelCosts), source: 'override' }];
      overrides.set(service, links);
    }
    return links;
  } catch (error) {
    reportOnce('the registered pricing service cannot be used; give it a price(request) method or modelCosts', error);
    return [];
  }
}

function priceFault(given: unknown): string | undefined {
  if (given instanceof Promise) {
    given.catch(() => undefined); // its failure is nobody's any more
    return 'it returned a promise, and price() is synchronous';
  }
  if (typeof given !== 'object' || given === null) return `it returned ${String(given)}`;
  const { totalUsd, inputUsd, outputUsd, otherUsd } = given as Partial<Price>;
  if (!isAmount(totalUsd)) return `totalUsd is ${String(totalUsd)}`;
  if (inputUsd !== undefined && !isAmount(inputUsd)) return `inputUsd is ${String(inputUsd)}`;
  if (outputUsd !== undefined && !isAmount(outputUsd)) return `outputUsd is ${String(outputUsd)}`;
  if (otherUsd !== undefined && !isAmount(otherUsd)) return `otherUsd is ${String(otherUsd)}`;
  return undefined;
}

/** With the total made the exact sum of its parts, where they agree within rounding. */
function balanced(price: Price, service: PricingService): Price {
  const { inputUsd, outputUsd, otherUsd = 0, totalUsd } = price;
  if (inputUsd === undefined || outputUsd === undefined) return price;
  const sum = inputUsd + outputUsd + otherUsd;
  if (sum === totalUsd) return price;
  if (Math.abs(sum - totalUsd) <= 1e-9 * Math.max(sum, totalUsd)) return { ...price, totalUsd: sum };
  reportOnce(`${nameOf(service)} gave a total that is not the sum of its parts; both are recorded as given`);
  return price;
}

function nameOf(service: object): string {
  const name = service.constructor?.name;
  return name === undefined || name === '' || name === 'Object' ? 'the pricing service' : `the pricing service ${name}`;
}
