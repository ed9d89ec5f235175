import type { Context } from '@opentelemetry/api';
import { budgetAttributes } from '../attributes/budget-attributes.js';
import { modelCallAttributes } from '../attributes/model-call-attributes.js';
import { rollupAttributes } from '../attributes/rollup-attributes.js';
import { processorsActive } from '../context/processors-active.js';
import { COST_TOTAL_USD } from '../conventions/cost.js';
import { LLM_COST_TOTAL, LLM_MODEL_NAME, SPAN_KIND } from '../conventions/openinference.js';
import { isAmount } from '../cost/amount.js';
import { budgetOf, budgetsInUse } from '../cost/budget.js';
import { measureDuration, measureUsage, metersActive } from '../cost/call-metrics.js';
import { catalogue } from '../cost/catalogue.js';
import {
  accountOf,
  countedBelow,
  countRead,
  knownAccount,
  openCall,
  type AddCost,
  type ModelCall,
} from '../cost/ledger.js';
import type { ModelResponse } from '../cost/model-response.js';
import { findPricing, findReaders, priceResponse, type Pricing } from '../cost/pricing.js';
import { StreamUsage } from '../cost/readers/stream-usage.js';
import { safely } from '../safely.js';
import { errorType } from '../span/failure.js';
import type { Observer, Outcome } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import { attributeOf, setAllIfUnset } from '../span/untouched.js';
import { agentAbove } from './agent-above.js';
import { responseOf, type FoundResponse } from './call-response.js';
import { spendIn } from './spend.js';
import { writeRecorded } from './recorded-cost.js';
import type { TraceSettings } from './trace-settings.js';

/**
 * Counts the cost of a span's own model call, and what was spent below every span. Tracked spans (LLM and EMBEDDING, or on request)
 * read tokens from their result; the deepest span that read a response owns it.
 */
export function modelCallObserver(kind: string, trace: TraceSettings): Observer {
  const tracked = trace.addCostTracking ?? isModelKind(kind);
  const wants = (active?: Context): boolean =>
    active ? metersActive() || budgetOf(active) !== undefined : budgetsInUse() || metersActive();
  return {
    wants: tracked || trace.spends ? wants : () => false,
    started: (run, active) => {
      if (tracked && (run.span.isRecording() || wants(active))) startTracking(run, active, trace.pricing);
      noteBudget(run, active);
    },
    chunk: (run, value) => {
      const call = knownAccount(run)?.call;
      if (call) (call.stream ??= new StreamUsage(call.readers)).add(value);
    },
    ended: (run, outcome) => run.account !== undefined && closeBooks(run, outcome, trace),
  };
}

/** Kinds that call a model: their calls cost something. */
export const isModelKind = (kind: string): boolean => kind === 'LLM' || kind === 'EMBEDDING';

/** The outermost spans inside a budget say its limit, and what was spent. */
function noteBudget(run: SpanRun, active: Context): void {
  const budget = budgetOf(active);
  if (budget && run.span.isRecording() && budget !== (run.parent && budgetOf(run.parent.context)))
    accountOf(run).budget = budget;
}

const closers = new WeakMap<ModelCall, () => void>();

/** Opens the books of a model call: finds who prices it, in the context the call starts in. */
export function startTracking(run: SpanRun, active: Context, pricing?: unknown): ModelCall {
  const account = accountOf(run);
  if (account.call) return account.call;
  account.call = {
    links: findPricing(active, pricing),
    readers: findReaders(active),
    given: [],
    stream: undefined,
    written: false,
    budget: budgetOf(active),
  };
  closers.set(account.call, openCall(run));
  if (!catalogue.ready) void catalogue.load();
  return account.call;
}

/** Writes tokens, cost and roll-up when a call is over. True when it waits for the catalogue and ends the span itself. */
function closeBooks(run: SpanRun, outcome: Outcome, trace: TraceSettings): boolean {
  const account = accountOf(run);
  const { call } = account;
  const at = new Date();
  if (call) closers.get(call)?.();
  const response = call && !call.written ? responseOf(call, run, outcome, trace) : undefined;
  const owned = response && ownResponse(run, response);

  // a client's open span whose response was read here is accounted for
  const incomplete = account.below.open > 0 || account.clientsOpen > (account.readAhead ? 1 : 0);
  const requested = textOf(run.start[LLM_MODEL_NAME]);
  const price = (): Pricing | undefined =>
    owned && call
      ? priceResponse(call.links, owned.response, requested, at, trace.provider ?? call.provider)
      : undefined;
  const finish = (pricing: Pricing | undefined): void => {
    if (owned && call && pricing !== undefined && pricing !== 'catalogue is loading')
      writeCall(run, call, owned, pricing, requested);
    if (!run.span.isRecording()) return;
    writeRecorded(run, account.recordedUsd);
    setAllIfUnset(run.span, rollupAttributes(account.below, incomplete));
    if (account.budget) run.span.setAttributes(budgetAttributes(account.budget));
  };
  if (call && account.below.made === 0) measureRun(run, outcome, owned?.response, requested);

  let pricing = price();
  const waits = pricing === 'catalogue is loading' || account.below.pending > 0;
  if (!waits || catalogue.ready || catalogue.failed) {
    finish(pricing);
    return false;
  }
  // without a processor of ours nothing tells us of a flush, so the span cannot be kept open
  if (run.span.isRecording() && !processorsActive()) {
    catalogue.loadSync();
    if (pricing === 'catalogue is loading') pricing = price();
    finish(pricing);
    return false;
  }
  catalogue.whenReady(() => {
    if (pricing === 'catalogue is loading') pricing = safely('a call could not be priced', price);
    safely('the cost of a call could not be recorded', finish, pricing);
    run.close();
  });
  return true;
}

interface Owned {
  readonly response: ModelResponse;
  readonly addCost: AddCost;
  /** Whether the tokens and the cost stand on this span; else on a client's span below it. */
  readonly here: boolean;
}

/** Enters a response into the books, unless it was counted below. */
function ownResponse(run: SpanRun, { found: response, object, byHand = false }: FoundResponse): Owned | undefined {
  const account = accountOf(run);
  const inClient = account.clientsOpen > 0;
  if (!inClient && countedBelow(run, response, object, byHand)) return undefined;
  if (inClient && account.counted.has(response, object)) return undefined;
  if (inClient) account.readAhead = response;
  return { response, addCost: countRead(run, response, object, inClient), here: !inClient };
}

/** Measures a call below which no other model call was made: the others wait for the same provider. */
function measureRun(
  run: SpanRun,
  outcome: Outcome,
  response: ModelResponse | undefined,
  requestedModel: string | undefined,
): void {
  if (outcome.kind === 'cancelled' || !metersActive()) return;
  const kind = String(run.start[SPAN_KIND]);
  const failure = outcome.kind === 'failed' ? errorType(outcome.error) : undefined;
  measureDuration({ kind, requestedModel, response }, run.seconds, failure);
}

function writeCall(
  run: SpanRun,
  call: ModelCall,
  { response, addCost, here }: Owned,
  pricing: Exclude<Pricing, string>,
  requested: string | undefined,
): void {
  const { span } = run;
  const cost = 'cost' in pricing ? pricing.cost : undefined;
  const written = attributeOf(span, LLM_COST_TOTAL) ?? attributeOf(span, COST_TOTAL_USD);
  const byHand = isAmount(written) ? written : undefined;
  const usd = byHand !== undefined && here ? byHand : cost?.price.totalUsd;
  addCost(usd);
  if (usd !== undefined) spendIn(call.budget, usd, span);
  measureUsage({ kind: String(run.start[SPAN_KIND]), requestedModel: requested, response }, usd);
  if (!here || !span.isRecording()) return;
  const unpriced = 'unpriced' in pricing ? pricing.unpriced : undefined;
  const attributes = modelCallAttributes({
    model: response.model ?? requested,
    usage: response.usage,
    agent: agentAbove(run),
    cost: byHand === undefined ? cost : undefined,
    unpriced,
  });
  setAllIfUnset(span, attributes, run.start);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
