import { ROOT_CONTEXT, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { modelCallAttributes } from '../attributes/model-call-attributes.js';
import { activeContext } from '../context/active.js';
import { COST_TOTAL_USD } from '../conventions/cost.js';
import { GEN_AI_REQUEST_MODEL } from '../conventions/gen-ai.js';
import { LLM_COST_TOTAL, SPAN_KIND } from '../conventions/openinference.js';
import { isAmount } from '../cost/amount.js';
import { budgetOf, type OpenBudget } from '../cost/budget.js';
import { measureUsage } from '../cost/call-metrics.js';
import { catalogue } from '../cost/catalogue.js';
import { accountOf, countFrom } from '../cost/ledger.js';
import type { ModelResponse } from '../cost/model-response.js';
import type { PricingLink } from '../cost/price-chain.js';
import { findPricing, priceResponse, type Pricing } from '../cost/pricing.js';
import { claimCallback, clientSaw, type Sighting } from '../cost/seen-twice.js';
import { agentOf } from '../plan/agent-above.js';
import { spendIn } from '../plan/spend.js';
import { runOf } from '../span/span-context.js';
import type { SpanRun } from '../span/span-run.js';
import { setAllIfUnset } from '../span/untouched.js';
import { isEmbedding, isModelCall, reportedResponse } from './reported-call.js';

/** What is kept of a span of another library from its start to its end. */
interface ClientSpan {
  readonly run: SpanRun | undefined;
  readonly links: readonly PricingLink[];
  readonly budget: OpenBudget | undefined;
  /** Whether it showed itself as a model call when it started: the run above then leaves the tokens to it. */
  readonly announced: boolean;
  readonly startedAt: number;
}

const clients = new WeakMap<Span, ClientSpan>();

/** A span of another library has started: if it shows itself as a model call, the run above must not count the same call. */
export function clientSpanStarted(span: Span, around: Context): void {
  const attributes = attributesOf(span);
  const run = runOf(around);
  const announced = isModelCall(attributes);
  const budget = budgetOf(around) ?? budgetOf(activeContext());
  if (run === undefined && !announced && !budget) return;
  if (announced && run && !run.ended) accountOf(run).clientsOpen++;
  if (announced) void (catalogue.ready || catalogue.load());
  clients.set(span, {
    run,
    links: announced ? findPricing(around) : [],
    budget,
    announced,
    startedAt: performance.now(),
  });
}

/** A span of another library is about to end: a model call gets its tokens and cost under our names too, and is counted above. */
export function clientSpanEnding(span: Span): void {
  const client = clients.get(span);
  const attributes = attributesOf(span);
  if (!isModelCall(attributes)) return;
  const run = client?.run;
  const account = run && accountOf(run);
  const announced = client?.announced ?? false;
  if (announced && account && account.clientsOpen > 0) account.clientsOpen--;

  const reported = reportedResponse(attributes);
  const ahead = announced ? account?.readAhead : undefined;
  const response = reported ?? ahead;
  if (response === undefined) return;
  // a span that did not announce itself, under a run that has counted its call: the same call
  if (!announced && account?.call && run?.ended) return;
  if (account) account.clientsCounted++;
  const endedAt = performance.now();
  const sighting: Sighting = { response, home: run, startedAt: client?.startedAt ?? endedAt, endedAt };
  if (claimCallback(sighting)) return;

  const written = attributes[LLM_COST_TOTAL] ?? attributes[COST_TOTAL_USD];
  const byHand = isAmount(written) ? written : undefined;
  const links = client && client.links.length > 0 ? client.links : findPricing(run?.context ?? ROOT_CONTEXT);
  const cost = byHand !== undefined ? undefined : priceNow(links, response);
  const usd = byHand ?? (cost && 'cost' in cost ? cost.cost.price.totalUsd : undefined);
  const counted = run && countFrom(run, response, undefined);
  counted?.addCost(usd);
  clientSaw({ ...sighting, usd });
  const kind = isEmbedding(attributes) ? 'EMBEDDING' : 'LLM';
  if (!counted?.already) {
    if (usd !== undefined) spendIn(client?.budget, usd, span);
    measureUsage({ kind, requestedModel: textOf(attributes[GEN_AI_REQUEST_MODEL]), response }, usd);
  }

  setAllIfUnset(span, {
    [SPAN_KIND]: kind,
    ...modelCallAttributes({
      model: response.model,
      usage: response.usage,
      agent: run && agentOf(run),
      cost: cost && 'cost' in cost ? cost.cost : undefined,
      unpriced: cost && 'unpriced' in cost ? cost.unpriced : undefined,
    }),
  });
}

/** Another library ends its span now and for good, so a catalogue that is still loading is loaded at once. */
function priceNow(links: readonly PricingLink[], response: ModelResponse): Exclude<Pricing, string> | undefined {
  let pricing = priceResponse(links, response, undefined, new Date());
  if (pricing === 'catalogue is loading') {
    catalogue.loadSync();
    pricing = priceResponse(links, response, undefined, new Date());
  }
  return pricing === 'catalogue is loading' ? undefined : pricing;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function attributesOf(span: Span): Attributes {
  return (span as { readonly attributes?: Attributes }).attributes ?? {};
}
