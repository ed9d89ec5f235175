import type { Context } from '@opentelemetry/api';
import { PRICING_SERVICE, resolveAll, resolveFirst, USAGE_READERS } from '../context/resolver.js';
import { reportOnce } from '../safely.js';
import { settings } from '../settings.js';
import { catalogue } from './catalogue.js';
import type { ModelResponse, UsageReader } from './model-response.js';
import { priceWith, pricingLinks, type PricingLink } from './price-chain.js';
import type { CostSource, Price, PriceRequest } from './pricing-service.js';
import { usageFault } from './validate-usage.js';

/** A price and where it came from. */
export interface Cost {
  readonly price: Price;
  readonly source: CostSource;
}

/** What pricing a response gave: a cost, nothing, or "ask again when the catalogue is there". */
export type Pricing = { readonly cost: Cost } | { readonly unpriced: string | undefined } | 'catalogue is loading';

/**
 * Who prices a call, in the order they are asked: the option, the scope's container, the global one, the configured `modelCosts`, the catalogue.
 * Found when the call starts, so that a container that is disposed before the call ends does no harm.
 */
export function findPricing(active: Context, option?: unknown): readonly PricingLink[] {
  const links: PricingLink[] = [];
  if (option !== undefined) links.push(...pricingLinks(option));
  for (const service of resolveAll(PRICING_SERVICE, active)) links.push(...pricingLinks(service));
  if (settings.overrides) links.push({ service: settings.overrides, source: 'override' });
  links.push(CATALOGUE);
  return links;
}

const CATALOGUE: PricingLink = { service: catalogue, source: 'catalog' };
const isCatalogue = ({ source }: PricingLink): boolean => source === 'catalog';
const isOwn = (link: PricingLink): boolean => !isCatalogue(link);

/** The user's usage readers in a context. */
export function findReaders(active: Context): readonly UsageReader[] {
  const readers = resolveFirst(USAGE_READERS, active);
  if (readers === undefined) return NO_READERS;
  const list: readonly unknown[] = Array.isArray(readers) ? readers : [readers];
  const usable = list.filter((reader): reader is UsageReader => typeof reader === 'function');
  if (usable.length < list.length)
    reportOnce('USAGE_READERS: expected a list of functions (response) => ModelResponse | undefined in the container');
  return usable;
}

const NO_READERS: readonly UsageReader[] = [];

/**
 * Prices a response. A cost that the provider reports wins. The model is the response's; prices of the user's own are asked for the
 * requested name too, since a deployment's or a gateway's name is theirs to give. `servedBy`: the provider, where the response does not tell.
 */
export function priceResponse(
  links: readonly PricingLink[],
  response: ModelResponse,
  requestedModel: string | undefined,
  at: Date,
  servedBy?: string,
): Pricing {
  const fault = usageFault(response.usage);
  const model = response.model ?? requestedModel;
  if (fault !== undefined) {
    reportOnce(`the usage of ${model ?? 'a model call'} is not priced: ${fault}`);
    return { unpriced: undefined };
  }
  if (response.costUsd !== undefined) return { cost: { price: { totalUsd: response.costUsd }, source: 'provider' } };
  if (model === undefined) {
    reportOnce(
      "a model call is not priced, because its model is not known: give modelName, modelNameAttr, or return the provider's response",
    );
    return { unpriced: undefined };
  }
  const { usage, serviceTier } = response;
  const provider = response.provider ?? servedBy;
  const requestFor = (name: string): PriceRequest => ({ model: name, provider, usage, serviceTier, at });
  const own =
    priceWith(links, requestFor(model), isOwn) ??
    (requestedModel !== undefined && requestedModel !== model
      ? priceWith(links, requestFor(requestedModel), isOwn)
      : undefined);
  if (own) return { cost: own };
  if (!catalogue.ready && !catalogue.failed && links.some(isCatalogue)) return 'catalogue is loading';
  const cost = priceWith(links, requestFor(billedModel(model, requestedModel, provider)), isCatalogue);
  return cost ? { cost } : unpriced(model);
}

/** Claude on Bedrock answers without the region that sets its price (`claude-…`); the id that was asked for has it (`us.anthropic.claude-…`). */
function billedModel(model: string, requested: string | undefined, provider: string | undefined): string {
  if (provider !== 'aws.bedrock' || requested === undefined) return model;
  const [, rest] = requested.toLowerCase().split(`anthropic.${model.toLowerCase()}`);
  return rest !== undefined && /^(?:-20\d{6})?(?:-v\d+(?::\d+)?)?$/.test(rest) ? requested : model;
}

function unpriced(model: string): Pricing {
  reportOnce(
    `no price is known for the model "${model}", so its calls carry no cost. Add it, in USD per million tokens: ` +
      `configure({ modelCosts: { ${JSON.stringify(model)}: { input: …, output: … } } }), or register a PricingService`,
  );
  return { unpriced: model };
}
