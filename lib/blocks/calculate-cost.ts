import type { Span } from '@opentelemetry/api';
import { modelCallAttributes } from '../attributes/model-call-attributes.js';
import { activeContext } from '../context/active.js';
import { budgetOf } from '../cost/budget.js';
import { catalogue } from '../cost/catalogue.js';
import { countRead } from '../cost/ledger.js';
import { findPricing, findReaders, priceResponse, type Cost } from '../cost/pricing.js';
import type { CostSource, Price } from '../cost/pricing-service.js';
import { readGivenUsage } from '../cost/read-usage.js';
import type { ModelResponse } from '../cost/model-response.js';
import type { TokenUsage } from '../cost/token-usage.js';
import { spendIn } from '../plan/spend.js';
import { startTracking } from '../plan/model-call.js';
import { safely } from '../safely.js';
import { runOf } from '../span/span-context.js';

/** A cost, and where its price came from. */
export type CalculatedCost = Price & { readonly source: CostSource };

/**
 * What a model call costs, in USD, by the registered pricing services, your `modelCosts` and the catalogue; undefined when nobody knows
 * the model or the usage makes no sense (one warning says which). Takes a {@link TokenUsage} or a provider's own usage object.
 *
 * ```ts
 * calculateCost('gpt-4o', { prompt: 1_000, completion: 500 })?.totalUsd; // 0.0075
 * ```
 *
 * Synchronous: the first call loads the catalogue when nothing else has (some 40 ms), and a model of your own needs none.
 */
export function calculateCost(model: string, usage: TokenUsage | object): CalculatedCost | undefined {
  const cost = safely('calculateCost failed', price, model, given(usage));
  return cost && { ...cost.price, source: cost.source };
}

/**
 * Writes tokens and cost of a model call on a span that you made yourself: `llm.token_count.*`, `llm.cost.*` and the guide's `cost.*`.
 * An unknown model gives `cost.unpriced_model` instead of a cost. On the traced call that is running, what was written wins over its result.
 */
export function addCostAttributes(span: Span, model: string, usage: TokenUsage | object): void {
  safely('addCostAttributes failed', write, span, model, given(usage));
}

function given(usage: unknown): ModelResponse | undefined {
  return safely('the usage could not be read', readGivenUsage, usage, findReaders(activeContext()));
}

function price(model: string, response: ModelResponse | undefined): Cost | undefined {
  if (response === undefined) return undefined;
  const links = findPricing(activeContext());
  const ask = (): ReturnType<typeof priceResponse> =>
    priceResponse(links, { ...response, model }, undefined, new Date());
  let pricing = ask();
  if (pricing === 'catalogue is loading') {
    catalogue.loadSync();
    pricing = ask();
  }
  return typeof pricing === 'object' && 'cost' in pricing ? pricing.cost : undefined;
}

function write(span: Span, model: string, response: ModelResponse | undefined): void {
  if (response === undefined) return;
  const cost = price(model, response);
  const run = runOf(activeContext());
  if (run?.span === span && !run.ended) {
    startTracking(run, activeContext()).written = true;
    countRead(run, { ...response, model }, undefined, false)(cost?.price.totalUsd);
  }
  if (cost) spendIn(budgetOf(activeContext()), cost.price.totalUsd, span);
  const unpriced = cost ? undefined : model;
  span.setAttributes(modelCallAttributes({ model, usage: response.usage, agent: undefined, cost, unpriced }));
}
