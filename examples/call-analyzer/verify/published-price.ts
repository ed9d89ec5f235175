import { calcPrice, findProvider, type MatchLogic, type ModelPrice, type Provider } from '@pydantic/genai-prices';

/** Tokens as a span carries them: the details are subsets of `prompt`. */
export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** USD. */
export interface Dollars {
  readonly input: number;
  readonly output: number;
  readonly total: number;
}

/**
 * What a call costs by the price list that genai-prices publishes, read and added up here: none of spandrel's code takes part.
 * Undefined where the list has no such model. Throws where genai-prices' own arithmetic comes to another sum.
 */
export function publishedPrice(model: string, tokens: Tokens, at: Date): Dollars | undefined {
  const providerId = /^claude/.test(model) ? 'anthropic' : 'openai';
  const rates = ratesOf(findProvider({ providerId }), model, at);
  if (rates === undefined) return undefined;
  const { prompt, completion, cacheRead, cacheWrite } = tokens;
  const rate = (...keys: string[]): number =>
    keys.map((key) => perMillion(rates, key, prompt)).find((one) => one !== undefined) ?? 0;
  const input =
    ((prompt - cacheRead - cacheWrite) * rate('input_mtok') +
      cacheRead * rate('cache_read_mtok', 'input_mtok') +
      cacheWrite * rate('cache_write_mtok', 'input_mtok')) /
    1e6;
  const output = (completion * rate('output_mtok')) / 1e6;
  const total = input + output;

  const usage = {
    input_tokens: prompt,
    output_tokens: completion,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
  };
  const theirs = calcPrice(usage, model, { providerId, timestamp: at })?.total_price;
  if (theirs === undefined || Math.abs(theirs - total) > 1e-9)
    throw new Error(`${model}: ${total} by the price list, ${String(theirs)} by calcPrice()`);
  return { input, output, total };
}

/** The rates that hold at a time: of several dated ones the last that has begun. */
function ratesOf(provider: Provider | undefined, model: string, at: Date): ModelPrice | undefined {
  const prices = provider?.models.find(({ match }) => matches(match, model))?.prices;
  if (!Array.isArray(prices)) return prices;
  return prices.findLast(({ constraint }) => {
    if (constraint === undefined) return true;
    if (constraint.type !== 'start_date') throw new Error(`${model}: its price depends on the time of day`);
    return at >= new Date(constraint.start_date);
  })?.prices;
}

/** A rate in USD per million tokens; of a tiered one the tier that the prompt's length reaches. */
function perMillion(rates: ModelPrice, key: string, prompt: number): number | undefined {
  const rate = rates[key];
  if (rate === undefined || typeof rate === 'number') return rate;
  return rate.tiers.findLast(({ start }) => prompt > start)?.price ?? rate.base;
}

function matches(logic: MatchLogic, model: string): boolean {
  if ('or' in logic) return logic.or.some((one) => matches(one, model));
  if ('and' in logic) return logic.and.every((one) => matches(one, model));
  if ('equals' in logic) return model === logic.equals;
  if ('starts_with' in logic) return model.startsWith(logic.starts_with);
  if ('ends_with' in logic) return model.endsWith(logic.ends_with);
  if ('contains' in logic) return model.includes(logic.contains);
  return new RegExp(logic.regex).test(model);
}
