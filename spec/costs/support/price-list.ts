import { waitForUpdate, type Provider } from '@pydantic/genai-prices';
import type { Tokens } from './tokens.js';

/** Where the price list has a model: its provider's id and the model's, as they stand there. */
export type Listed = readonly [provider: string, model: string];

/** Published prices in USD per million tokens. */
export interface Rates {
  readonly input: number;
  readonly cached: number | undefined;
  readonly written: number | undefined;
  readonly written1h: number | undefined;
  readonly audio: number | undefined;
  readonly output: number | undefined;
}

let list: readonly Provider[] = [];

/** Reads the raw list that genai-prices ships. Nothing is downloaded. */
export async function readPriceList(): Promise<void> {
  list = (await waitForUpdate()) ?? [];
}

/** A model's entry, by its very id. One with several prices in the course of time would make the page depend on the day. */
export function publishedRates([provider, model]: Listed): Rates {
  const found = list.find(({ id }) => id === provider)?.models.find(({ id }) => id === model);
  if (found === undefined) throw new Error(`${provider} has no "${model}" in the price list`);
  if (Array.isArray(found.prices)) throw new Error(`the price of "${model}" depends on the day; take another model`);
  const price = found.prices;
  const rate = (key: string): number | undefined => {
    const value: unknown = price[key];
    return typeof value === 'object' ? (value as { base: number }).base : (value as number | undefined);
  };
  return {
    input: rate('input_mtok') ?? NaN,
    cached: rate('cache_read_mtok'),
    written: rate('cache_write_mtok'),
    written1h: rate('cache_write_1h_mtok'),
    audio: rate('input_audio_mtok'),
    output: rate('output_mtok'),
  };
}

/** What a call costs at these rates: written out for this page alone, and far below where long prompts cost more. */
export function dollars(tokens: Tokens, rates: Rates): number {
  const { cached = 0, written = 0, written1h = 0, audio = 0 } = tokens;
  const plain = tokens.prompt - cached - written - audio;
  const perMillion: readonly (readonly [count: number, rate: number | undefined])[] = [
    [plain, rates.input],
    [cached, rates.cached],
    [written - written1h, rates.written],
    [written1h, rates.written1h],
    [audio, rates.audio],
    [tokens.completion ?? 0, rates.output],
  ];
  let micros = 0;
  for (const [count, rate] of perMillion) if (count !== 0) micros += count * (rate ?? NaN);
  return micros / 1_000_000;
}
