import type { ModelInfo, Provider } from '@pydantic/genai-prices';
import { catalogueIds } from './model-id.js';
import { isSameModel } from './model-match.js';
import { datedPrices, type DatedPrice } from './rate-card.js';

/** What is used of `@pydantic/genai-prices`. */
export type GenaiPrices = Pick<typeof import('@pydantic/genai-prices'), 'calcPrice' | 'findProvider' | 'waitForUpdate'>;

/** What one model costs, matched once: the memo that keeps pricing cheap. */
export interface CatalogueEntry {
  readonly provider: string;
  /** The id under which genai-prices finds it. */
  readonly id: string;
  readonly model: ModelInfo;
  /** In the catalogue's order: the last that holds applies. Undefined for constraints we do not know. */
  readonly prices: readonly DatedPrice[] | undefined;
}

const MAX_ENTRIES = 2_000;
let entries = new Map<string, Map<string, CatalogueEntry | null>>();
let entryCount = 0;
let dataVersion: unknown;

/** What the catalogue says of a model, matched at its first use. Undefined where it does not know it. */
export function catalogueEntry(
  prices: GenaiPrices,
  provider: string | undefined,
  model: string,
  at: Date,
): CatalogueEntry | undefined {
  forgetOldData(prices);
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

function find(prices: GenaiPrices, provider: string | undefined, model: string, at: Date): CatalogueEntry | undefined {
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
): CatalogueEntry | undefined {
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
