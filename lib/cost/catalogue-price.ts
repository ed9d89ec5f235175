import type { Usage } from '@pydantic/genai-prices';
import { reportOnce } from '../safely.js';
import { catalogueEntry, type CatalogueEntry, type GenaiPrices } from './catalogue-entry.js';
import type { Price, PriceRequest } from './pricing-service.js';
import type { RateCard } from './rate-card.js';
import { tierFactor } from './tier-factor.js';
import { tokenPrice, type PartialTokenRates } from './token-price.js';
import type { TokenUsage } from './token-usage.js';
import { usageFault } from './validate-usage.js';

/** The price of a call; undefined for what the catalogue does not know. */
export function cataloguePrice(prices: GenaiPrices, request: PriceRequest): Price | undefined {
  const { model, usage } = request;
  if (typeof model !== 'string' || usageFault(usage) !== undefined) return undefined;
  const at = request.at ?? new Date();
  if (Number.isNaN(at.getTime())) return undefined;
  const entry = catalogueEntry(prices, request.provider, model, at);
  if (entry === undefined) return undefined;
  const factor = tierFactor(entry.provider, request.serviceTier, model);
  if (factor === undefined) return undefined;

  const card = entry.prices?.findLast(({ holds }) => holds(at)) ?? entry.prices?.[0];
  if (card?.card === undefined) return theirPrice(prices, entry, usage, at, factor);
  const price = ourPrice(entry, card.card, usage, factor);
  if (typeof price !== 'string') return price;
  reportOnce(`"${model}" is in the price catalogue but gets no price: ${price}`);
  return undefined;
}

function ourPrice(
  { model, provider }: CatalogueEntry,
  card: RateCard,
  usage: TokenUsage,
  factor: number,
): Price | string {
  if (card.empty) return model.id.endsWith(':free') ? { inputUsd: 0, outputUsd: 0, totalUsd: 0 } : 'its entry is empty';
  const rates = card.rates(usage.prompt ?? 0);
  const price = missingRate(rates, usage, provider) ?? tokenPrice(usage, rates);
  if (typeof price === 'string') return price;
  return priceOf(price.inputUsd * factor, price.outputUsd * factor, card.perRequestUsd);
}

/** genai-prices' own arithmetic, for prices in units that ours does not know. */
function theirPrice(
  { calcPrice }: GenaiPrices,
  { provider, id, model }: CatalogueEntry,
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
