import type { ConditionalPrice, ModelInfo, ModelPrice, Provider, Usage } from '@pydantic/genai-prices';
import { reportOnce, safely } from '../safely.js';
import { catalogueIds } from './model-id.js';
import { isSameModel } from './model-match.js';
import type { Price, PriceRequest, PricingService } from './pricing-service.js';
import { tokenPrice, type PartialTokenRates } from './token-price.js';
import type { TokenUsage } from './token-usage.js';
import { usageFault } from './validate-usage.js';

type GenaiPrices = Pick<typeof import('@pydantic/genai-prices'), 'calcPrice' | 'findProvider' | 'waitForUpdate'>;

/** The catalogue of published prices, `@pydantic/genai-prices`, loaded when it is first needed. Downloads nothing. */
export interface Catalogue extends PricingService {
  /** Undefined for what it does not know, and for everything until it is loaded. */
  price(request: PriceRequest): Price | undefined;
  readonly ready: boolean;
  /** Whether something waits for it: spans whose end is held, as a rule. */
  readonly awaited: boolean;
  /** It could not be loaded; this was reported. */
  readonly failed: boolean;
  /** Loads it without blocking anybody, once. Never rejects. */
  load(): Promise<void>;
  /** Loads it now: for flush, shutdown and exit. Never throws. */
  loadSync(): void;
  /** Calls back once it is loaded or has failed: at once when that is settled, else after {@link load}. */
  whenReady(callback: () => void): void;
}

let genaiPrices: GenaiPrices | undefined;
let failed = false;
let loading: Promise<void> | undefined;
let waiting: (() => void)[] = [];

export const catalogue: Catalogue = {
  get ready() {
    return genaiPrices !== undefined;
  },
  get awaited() {
    return waiting.length > 0;
  },
  get failed() {
    return failed;
  },
  load() {
    return (loading ??=
      genaiPrices === undefined ? import('@pydantic/genai-prices').then(settle, fail) : Promise.resolve());
  },
  loadSync() {
    if (genaiPrices !== undefined || failed) return;
    try {
      if (typeof require !== 'function') throw new Error('this build has no require()');
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the one way to load it without waiting
      settle(require('@pydantic/genai-prices') as GenaiPrices);
    } catch {
      // some bundles and runtimes know import() alone: what waits is let go of, and what comes later is priced
      giveUp();
      void catalogue.load();
    }
  },
  whenReady(callback) {
    if (genaiPrices !== undefined || failed) {
      safely('a callback of the price catalogue threw', callback);
      return;
    }
    waiting.push(callback);
    void catalogue.load();
  },
  price(request) {
    if (genaiPrices === undefined) return undefined;
    try {
      return priceFrom(genaiPrices, request);
    } catch (error) {
      reportOnce(`the price catalogue failed for the model "${request.model}"`, error);
      return undefined;
    }
  },
};

function settle(loaded: GenaiPrices): void {
  genaiPrices ??= loaded;
  failed = false;
  wake();
}

function fail(error: unknown): void {
  if (genaiPrices !== undefined) return;
  reportOnce(
    '@pydantic/genai-prices cannot be loaded, so only models in your modelCosts have a price; install it, or name it external in your bundler',
    error,
  );
  giveUp();
}

function giveUp(): void {
  failed = true;
  wake();
}

function wake(): void {
  const callbacks = waiting;
  waiting = [];
  for (const callback of callbacks) safely('a callback of the price catalogue threw', callback);
}

// -- pricing ----------------------------------------------------------------------------------------------------------

/** Factors on the standard rates, as the providers publish them for all models that have the tier. Tiers with a price list of their own are not here. */
const TIER_FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  openai: { batch: 0.5, flex: 0.5 }, // half of standard: platform.openai.com/docs/guides/batch, …/guides/flex-processing
  azure: { batch: 0.5 }, // half of global standard: learn.microsoft.com/azure/ai-services/openai/how-to/batch
  anthropic: { batch: 0.5, us: 1.1 }, // docs.claude.com/en/docs/build-with-claude/batch-processing; …/about-claude/pricing, "Data residency": inference_geo us
  google: { batch: 0.5, flex: 0.5 }, // ai.google.dev/gemini-api/docs/batch-api, …/docs/flex-inference
  aws: { batch: 0.5, flex: 0.5 }, // aws.amazon.com/bedrock/pricing, "Batch", "Flex"
};
const STANDARD_TIERS = new Set(['', 'default', 'standard', 'auto', 'on_demand']);

/** What one model costs, matched once: the memo that keeps pricing cheap. */
interface Entry {
  readonly provider: string;
  /** The id under which genai-prices finds it. */
  readonly id: string;
  readonly model: ModelInfo;
  /** In the catalogue's order: the last that holds applies. Undefined for constraints we do not know. */
  readonly prices: readonly DatedPrice[] | undefined;
}
interface DatedPrice {
  readonly holds: (at: Date) => boolean;
  readonly card: RateCard | undefined;
}
/** A model's price in the form our arithmetic takes; undefined where it takes genai-prices' own. */
interface RateCard {
  readonly rates: RatesAt;
  readonly perRequestUsd: number;
  /** `{}` in the catalogue: free, or not known. */
  readonly empty: boolean;
}
type RatesAt = (promptTokens: number) => PartialTokenRates;

const MAX_ENTRIES = 2_000;
let entries = new Map<string, Map<string, Entry | null>>();
let entryCount = 0;
let dataVersion: unknown;

function priceFrom(prices: GenaiPrices, request: PriceRequest): Price | undefined {
  const { model, usage } = request;
  if (typeof model !== 'string' || usageFault(usage) !== undefined) return undefined;
  forgetOldData(prices);
  const at = request.at ?? new Date();
  if (Number.isNaN(at.getTime())) return undefined;
  const entry = remembered(prices, request.provider, model, at);
  if (entry === undefined) return undefined;
  const factor = tierFactor(entry, request.serviceTier, model);
  if (factor === undefined) return undefined;

  const card = entry.prices?.findLast(({ holds }) => holds(at)) ?? entry.prices?.[0];
  if (card?.card === undefined) return theirPrice(prices, entry, usage, at, factor);
  const price = ourPrice(entry, card.card, usage, factor);
  if (typeof price !== 'string') return price;
  reportOnce(`"${model}" is in the price catalogue but gets no price: ${price}`);
  return undefined;
}

function ourPrice({ model, provider }: Entry, card: RateCard, usage: TokenUsage, factor: number): Price | string {
  if (card.empty) return model.id.endsWith(':free') ? { inputUsd: 0, outputUsd: 0, totalUsd: 0 } : 'its entry is empty';
  const rates = card.rates(usage.prompt ?? 0);
  const price = missingRate(rates, usage, provider) ?? tokenPrice(usage, rates);
  if (typeof price === 'string') return price;
  return priceOf(price.inputUsd * factor, price.outputUsd * factor, card.perRequestUsd);
}

/** genai-prices' own arithmetic, for prices in units that ours does not know. */
function theirPrice(
  { calcPrice }: GenaiPrices,
  { provider, id, model }: Entry,
  usage: TokenUsage,
  at: Date,
  factor: number,
): Price | undefined {
  const price = calcPrice(genaiUsage(usage), id, { providerId: provider, timestamp: at });
  if (price === null || price.model !== model || price.total_price === 0) return undefined;
  return priceOf(
    price.input_price * factor,
    price.output_price * factor,
    price.total_price - price.input_price - price.output_price,
  );
}

function priceOf(inputUsd: number, outputUsd: number, otherUsd: number): Price {
  const totalUsd = inputUsd + outputUsd + otherUsd;
  return otherUsd === 0 ? { inputUsd, outputUsd, totalUsd } : { inputUsd, outputUsd, otherUsd, totalUsd };
}

/** A rate the catalogue lacks for tokens that are billed apart, so that pricing them as plain ones would be wrong. */
function missingRate(rates: PartialTokenRates, usage: TokenUsage, provider: string): string | undefined {
  if (usage.cacheWrite1h && rates.cacheWrite1h === undefined && rates.cacheWrite !== undefined) {
    return 'the catalogue lacks its rate for a cache of one hour';
  }
  if (provider === 'google') return undefined; // audio has a rate of its own wherever it does not cost what text costs
  if (usage.promptAudio && rates.promptAudio === undefined) return 'the catalogue lacks its rate for audio in';
  if (usage.completionAudio && rates.completionAudio === undefined) return 'the catalogue lacks its rate for audio out';
  return undefined;
}

function tierFactor({ provider }: Entry, serviceTier: string | undefined, model: string): number | undefined {
  if (serviceTier === undefined || STANDARD_TIERS.has(serviceTier)) return 1;
  let factor = 1;
  for (const tier of serviceTier.toLowerCase().split('+')) {
    if (STANDARD_TIERS.has(tier)) continue;
    const tierFactor = TIER_FACTORS[provider]?.[tier];
    if (tierFactor === undefined) {
      reportOnce(
        `no price is known for the service tier "${tier}" of "${model}"; add it to modelCosts: { '${model}': { input, output, serviceTiers: { ${tier}: … } } }`,
      );
      return undefined;
    }
    factor *= tierFactor;
  }
  return factor;
}

function genaiUsage(usage: TokenUsage): Usage {
  return {
    input_tokens: usage.prompt,
    output_tokens: usage.completion,
    cache_read_tokens: usage.cacheRead,
    cache_write_tokens: usage.cacheWrite,
    cache_write_1h_tokens: usage.cacheWrite1h,
    output_reasoning_tokens: usage.reasoning,
    input_audio_tokens: usage.promptAudio,
    output_audio_tokens: usage.completionAudio,
  };
}

// -- finding a model --------------------------------------------------------------------------------------------------

function remembered(prices: GenaiPrices, provider: string | undefined, model: string, at: Date): Entry | undefined {
  let models = entries.get(provider ?? '');
  if (models === undefined) entries.set(provider ?? '', (models = new Map()));
  let entry = models.get(model);
  if (entry === undefined) {
    entry = find(prices, provider, model, at) ?? null;
    if (++entryCount > MAX_ENTRIES) forget();
    else models.set(model, entry);
  }
  return entry ?? undefined;
}

function find(prices: GenaiPrices, provider: string | undefined, model: string, at: Date): Entry | undefined {
  const known = (id: string): boolean => prices.findProvider({ providerId: id })?.id === id;
  for (const id of catalogueIds(provider, model, known)) {
    const entry = lookUp(prices, id.provider, id.model, at);
    if (entry === undefined) continue;
    return id.provider === 'aws' && /^claude-/.test(id.model) && !regionDoesNotMatter(prices, id.model, at)
      ? undefined
      : entry;
  }
  return undefined;
}

function lookUp(
  { calcPrice, findProvider }: GenaiPrices,
  provider: string,
  model: string,
  at: Date,
): Entry | undefined {
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider, timestamp: at });
  if (found === null || !isThisModel(found.model, model, findProvider({ providerId: provider }))) return undefined;
  return { provider, id: model, model: found.model, prices: datedPrices(found.model) };
}

function isThisModel(found: ModelInfo, model: string, provider: Provider | undefined): boolean {
  if (found.id.toLowerCase() === model || isSameModel(found.match, model)) return true;
  const dashed = model.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, '-$1-$2-$3'); // as the catalogue spells OpenAI's dates
  return dashed !== model && provider !== undefined && isSameModel(found.match, dashed);
}

/** Bedrock's regions and its global endpoint differ in price, and Anthropic's own client names the model without either. */
function regionDoesNotMatter(prices: GenaiPrices, model: string, at: Date): boolean {
  const [regional, global] = ['us.anthropic.', 'global.anthropic.'].map(
    (prefix) => lookUp(prices, 'aws', prefix + model, at)?.model.prices,
  );
  return global === undefined || JSON.stringify(regional) === JSON.stringify(global);
}

/** When a program updates genai-prices' data, what we remember of the old is forgotten. */
function forgetOldData(prices: GenaiPrices): void {
  prices.findProvider({}); // lets an update that the program has set up with genai-prices run its course
  const version = prices.waitForUpdate();
  if (version === dataVersion) return;
  dataVersion = version;
  forget();
  version.then(forget, () => undefined);
}

function forget(): void {
  entries = new Map();
  entryCount = 0;
}

// -- reading a price --------------------------------------------------------------------------------------------------

const RATE_OF_KEY: Readonly<Record<string, keyof PartialTokenRates>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'promptAudio',
  cache_audio_read_mtok: 'cacheReadAudio',
  output_audio_mtok: 'completionAudio',
};
/** Prices of what a {@link TokenUsage} does not count. */
const OTHER_UNITS =
  /_(?:kcount|hours|kpages|mchars|gpixels)$|_(?:image|video|citation)_|^(?:cache_)?(?:input|output)?_?(?:image|video)_/;

function datedPrices({ prices }: ModelInfo): readonly DatedPrice[] | undefined {
  if (!Array.isArray(prices)) return [{ holds: () => true, card: rateCard(prices) }];
  const dated: DatedPrice[] = [];
  for (const { constraint, prices: modelPrice } of prices) {
    const holds = holdsWhen(constraint);
    if (holds === undefined) return undefined;
    dated.push({ holds, card: rateCard(modelPrice) });
  }
  return dated;
}

function holdsWhen(constraint: ConditionalPrice['constraint']): ((at: Date) => boolean) | undefined {
  if (constraint === undefined) return () => true;
  if (constraint.type === 'start_date') {
    const start = Date.parse(constraint.start_date);
    return (at) => at.getTime() >= start;
  }
  const [start, end] = [secondOfDay(constraint.start_time), secondOfDay(constraint.end_time)];
  if (start === undefined || end === undefined) return undefined;
  return (at) => {
    const now = (at.getTime() / 1000) % 86_400;
    return end < start ? now >= start || now < end : now >= start && now < end;
  };
}

/** Of a time like `16:30:00Z`; undefined for other zones, which are left to genai-prices. */
function secondOfDay(time: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d{2}):(\d{2}):(\d{2})Z$/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function rateCard(price: ModelPrice): RateCard | undefined {
  const flat: Record<string, number> = {};
  const tiered: [rate: keyof PartialTokenRates, at: (promptTokens: number) => number][] = [];
  let perRequestUsd = 0;
  let empty = true;
  for (const [key, value] of Object.entries(price)) {
    if (value === undefined) continue;
    empty = false;
    const rate = RATE_OF_KEY[key];
    if (rate !== undefined) {
      if (typeof value === 'number') flat[rate] = value;
      else tiered.push([rate, tierPrice(value)]);
    } else if (key === 'requests_kcount' && typeof value === 'number') perRequestUsd = value / 1000;
    else if (!OTHER_UNITS.test(key)) return undefined;
  }
  const rates: RatesAt =
    tiered.length === 0
      ? () => flat
      : (promptTokens) => {
          const all: Record<string, number> = { ...flat };
          for (const [rate, at] of tiered) all[rate] = at(promptTokens);
          return all;
        };
  return { rates, perRequestUsd, empty };
}

/** The whole call is billed at the rate of the tier its prompt falls in. */
function tierPrice({
  base,
  tiers,
}: {
  base: number;
  tiers: readonly { start: number; price: number }[];
}): (promptTokens: number) => number {
  const sorted = tiers.toSorted((a, b) => a.start - b.start);
  return (promptTokens) => sorted.findLast(({ start }) => promptTokens > start)?.price ?? base;
}
