import type { ConditionalPrice, ModelInfo, ModelPrice } from '@pydantic/genai-prices';
import type { PartialTokenRates } from './token-price.js';

/** A price of the catalogue, and when it holds. */
export interface DatedPrice {
  readonly holds: (at: Date) => boolean;
  readonly card: RateCard | undefined;
}
/** A model's price in the form our arithmetic takes; undefined where it takes genai-prices' own. */
export interface RateCard {
  readonly rates: RatesAt;
  readonly perRequestUsd: number;
  /** `{}` in the catalogue: free, or not known. */
  readonly empty: boolean;
}
type RatesAt = (promptTokens: number) => PartialTokenRates;

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

/** In the catalogue's order: the last that holds applies. Undefined for constraints we do not know. */
export function datedPrices({ prices }: ModelInfo): readonly DatedPrice[] | undefined {
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
