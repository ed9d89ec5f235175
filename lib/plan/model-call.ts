import type { Attributes, Context } from '@opentelemetry/api';
import { budgetAttributes } from '../attributes/budget-attributes.js';
import { costAttributes } from '../attributes/cost-attributes.js';
import { guideUsageAttributes, tokenUsageAttributes } from '../attributes/token-usage-attributes.js';
import { processorsActive } from '../context/processors-active.js';
import {
  COST_AGENT_NAME,
  COST_TOTAL_USD,
  COST_UNPRICED_MODEL,
  ROLLUP_COMPLETION_TOKENS,
  ROLLUP_INCOMPLETE,
  ROLLUP_LLM_CALLS,
  ROLLUP_PROMPT_TOKENS,
  ROLLUP_TOTAL_USD,
} from '../conventions/cost.js';
import { LLM_COST_TOTAL, LLM_MODEL_NAME, SPAN_KIND } from '../conventions/openinference.js';
import { budgetOf, budgetsInUse } from '../cost/budget.js';
import { measureDuration, measureUsage, metersActive } from '../cost/call-metrics.js';
import { catalogue } from '../cost/catalogue.js';
import {
  accountOf,
  countedBelow,
  countRead,
  knownAccount,
  openCall,
  sumUsage,
  type AddCost,
  type ModelCall,
  type Tally,
} from '../cost/ledger.js';
import type { ModelResponse } from '../cost/model-response.js';
import { findPricing, findReaders, priceResponse, type Pricing } from '../cost/pricing.js';
import { readGivenUsage, readUsage } from '../cost/read-usage.js';
import { StreamUsage } from '../cost/readers/stream-usage.js';
import { reportOnce, safely } from '../safely.js';
import { errorType } from '../span/failure.js';
import type { Observer, Outcome } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import { attributeOf, setAllIfUnset } from '../span/untouched.js';
import { agentAbove } from './agent-above.js';
import { spendIn } from './spend.js';
import { writeRecorded } from './recorded-cost.js';
import type { TraceSettings } from './trace-options.js';

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
      ? priceResponse(
          call.links,
          { ...owned.response, provider: owned.response.provider ?? trace.provider ?? call.provider },
          requested,
          at,
        )
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

interface Found {
  readonly found: ModelResponse;
  readonly object: unknown;
  /** The user's code recorded it, on this very span. */
  readonly byHand?: boolean;
}

/** What the call used: recorded by hand, by the `usage` option, read from the result, or gathered from the chunks. */
function responseOf(call: ModelCall, run: SpanRun, outcome: Outcome, trace: TraceSettings): Found | undefined {
  if (call.given.length > 0) {
    const { counted } = accountOf(run);
    const given = call.given.filter((response) => !counted.has(response, undefined));
    if (given.length === 0) return undefined;
    return {
      found: { ...given.at(-1), usage: sumUsage(given.map(({ usage }) => usage)) },
      object: undefined,
      byHand: true,
    };
  }
  const value = outcome.kind === 'returned' ? outcome.value : undefined;
  if (outcome.kind === 'returned' && trace.usage) {
    const given: unknown = safely('the usage option failed', trace.usage, value as never, run.call as never);
    const found = given === undefined ? undefined : readGivenUsage(given, call.readers);
    if (found) return { found, object: value };
  }
  const found = (value === undefined ? undefined : readUsage(value, call.readers)) ?? call.stream?.result();
  if (found) return { found, object: value };
  if (outcome.kind === 'returned') reportMissing(run);
  return undefined;
}

function reportMissing(run: SpanRun): void {
  const account = accountOf(run);
  if (account.below.calls > 0 || account.below.open > 0 || account.clientsOpen > 0 || account.clientsCounted > 0)
    return;
  if (!run.span.isRecording()) return;
  const { name = 'a model call' } = run.span as { readonly name?: string };
  reportOnce(
    `${name} carries no cost, because no token usage was found in its result: return the provider's response, ask for usage on streams ` +
      '(OpenAI: stream_options.include_usage), or give it by the usage option or recordUsage()',
  );
}

interface Owned {
  readonly response: ModelResponse;
  readonly addCost: AddCost;
  /** Whether the tokens and the cost stand on this span; else on a client's span below it. */
  readonly here: boolean;
}

/** Enters a response into the books, unless it was counted below. */
function ownResponse(run: SpanRun, { found: response, object, byHand = false }: Found): Owned | undefined {
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
  const byHand = amountOf(attributeOf(span, LLM_COST_TOTAL) ?? attributeOf(span, COST_TOTAL_USD));
  const usd = byHand !== undefined && here ? byHand : cost?.price.totalUsd;
  addCost(usd);
  if (usd !== undefined) spendIn(call.budget, usd, span);
  measureUsage({ kind: String(run.start[SPAN_KIND]), requestedModel: requested, response }, usd);
  if (!here || !span.isRecording()) return;
  const agent = agentAbove(run);
  const model = response.model ?? requested;
  const attributes: Attributes = {
    ...(model !== undefined && { [LLM_MODEL_NAME]: model }),
    ...tokenUsageAttributes(response.usage),
    ...guideUsageAttributes(model, response.usage),
    ...(agent !== undefined && { [COST_AGENT_NAME]: agent }),
    ...(byHand === undefined && cost && costAttributes(cost.price, cost.source)),
    ...('unpriced' in pricing && pricing.unpriced !== undefined && { [COST_UNPRICED_MODEL]: pricing.unpriced }),
  };
  setAllIfUnset(span, attributes, run.start);
}

/** What was spent below a span when it ended; nothing where no model was called. */
function rollupAttributes(below: Tally, incomplete: boolean): Attributes {
  if (below.calls === 0 && below.totalUsd === 0 && !incomplete) return {};
  return {
    [ROLLUP_TOTAL_USD]: below.totalUsd,
    [ROLLUP_PROMPT_TOKENS]: below.prompt,
    [ROLLUP_COMPLETION_TOKENS]: below.completion,
    [ROLLUP_LLM_CALLS]: below.calls,
    ...(incomplete && { [ROLLUP_INCOMPLETE]: true }),
  };
}

/** A cost that the user wrote by hand, if it can be one. */
const amountOf = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value < Infinity ? value : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
