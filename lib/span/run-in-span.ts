import type { Attributes, Context, Link, SpanKind, SpanOptions, Tracer } from '@opentelemetry/api';
import { activeContext, withContext } from '../context/active.js';
import { detailOf, identityOf } from '../context/ambient-on-span.js';
import { linkAttributes } from '../attributes/link-attributes.js';
import { reportOnce, safely } from '../safely.js';
import { atWork, work } from './at-work.js';
import { SiteCall, type AnyFn, type Call } from './call.js';
import { opened } from './open-runs.js';
import type { Plan, SpanPlan } from './plan.js';
import { rememberResult } from './result-spans.js';
import { ScopeRun } from './scope-run.js';
import { settle } from './settle.js';
import { SpanRun } from './span-run.js';
import { activeTracer, standInTracer } from './tracer.js';

/**
 * Runs one call as its plan says: opens the scopes, starts the span, runs the body once with the span active, and ends the span
 * when the result does. The one place that calls the user's function, whatever it returns and however it is decorated. What is done
 * before and after is done in functions that are left again: a recursion of the user's shares its stack with as few frames of ours as can be.
 */
export function runInSpan(plan: Plan, self: unknown, args: readonly unknown[], body: AnyFn): unknown {
  const entry = enter(plan, self, args);
  if (!entry) return Reflect.apply(body, self, args);
  let result: unknown;
  try {
    result = withContext(entry.active, () => Reflect.apply(entry.instead ?? body, self, args) as unknown);
  } catch (error) {
    entry.run.fail(error);
    throw error;
  }
  return leave(entry, result);
}

/** A call on its way: its scopes are open and its span, if it has one, has started. */
interface Entry {
  readonly run: SpanRun | ScopeRun;
  readonly active: Context;
  readonly span: SpanRun | undefined;
  /** What runs in the body's place. */
  readonly instead: AnyFn | undefined;
}

/** Undefined where nothing is to be done: then the body runs as if there were no plan. */
function enter(plan: Plan, self: unknown, args: readonly unknown[]): Entry | undefined {
  const tracer = plan.span && activeTracer();
  if ((tracer === undefined && plan.scopes.length === 0 && !plan.span?.observer?.wants()) || atWork()) return undefined;

  const call = new SiteCall(plan.site, self, args);
  const active = plan.scopes.length === 0 ? activeContext() : work(openScopes, plan, call);
  const run = plan.span && openSpan(plan.span, tracer ?? standIn(plan.span, active), call, active);
  if (!run) return { run: new ScopeRun(active), active, span: undefined, instead: undefined };
  const instead = plan.span?.instead && safely('a call could not be checked', plan.span.instead, run, active);
  return { run, active: run.context, span: run, instead };
}

function leave({ run, span }: Entry, result: unknown): unknown {
  const given = settle(result, run);
  if (span && !span.ended) {
    opened(span);
    // a stream is what the call returned, though it is not over; a promise is only on the way to it
    if (!(result instanceof Promise)) rememberResult(given, span.span);
  }
  return given;
}

function standIn(plan: SpanPlan, active: Context): Tracer | undefined {
  return plan.observer?.wants(active) ? standInTracer() : undefined;
}

function openScopes(plan: Plan, call: Call): Context {
  let active = activeContext();
  for (const scope of plan.scopes) active = safely('a scope could not be opened', scope, active, call) ?? active;
  return active;
}

/** Starts the span of a call; undefined when that fails. What is there at the start is what a sampler may see: the list is closed. */
export function openSpan(plan: SpanPlan, tracer: Tracer | undefined, call: Call, active: Context): SpanRun | undefined {
  if (!tracer) return undefined;
  let run: SpanRun;
  let start: Start;
  try {
    start = work(startOf, plan, call, active);
    const span = tracer.startSpan(start.name, spanOptions(start), active);
    run = new SpanRun(plan, span, start.attributes, active, plan.keepsCall ? call : undefined);
  } catch (error) {
    reportOnce('a span could not be started', error);
    return undefined;
  }
  try {
    work(recordStart, run, call, active, start.links);
  } catch (error) {
    reportOnce('the start of a call could not be recorded', error);
  }
  return run;
}

/** What a span starts with. */
interface Start {
  readonly name: string;
  readonly attributes: Attributes;
  readonly links: Link[] | undefined;
  readonly kind?: SpanKind;
}

function startOf(plan: SpanPlan, call: Call, active: Context): Start {
  const attributes = startAttributes(plan, call, active);
  const links = plan.links && safely('the links of a call could not be read', plan.links, call, active);
  const name = nameOf(plan, call, attributes);
  const translated = plan.translation?.()?.start(attributes, name, plan.isNamed);
  return translated ? { ...translated, links } : { name, attributes, links };
}

function recordStart(run: SpanRun, call: Call, active: Context, links: Link[] | undefined): void {
  const { span, plan } = run;
  plan.observer?.started(run, active);
  if (!span.isRecording()) return;
  const around = detailOf(active);
  const begun = plan.begin(call, run);
  const attributes = around || links ? { ...around, ...(links && linkAttributes(links)), ...begun } : begun;
  span.setAttributes(attributes);
  run.begun = attributes;
}

function spanOptions({ attributes, links, kind }: Start): SpanOptions {
  if (kind === undefined && (links === undefined || links.length === 0)) return { attributes };
  return { attributes, ...(links && { links }), ...(kind !== undefined && { kind }) };
}

function nameOf(plan: SpanPlan, call: Call, start: Attributes): string {
  const name: unknown = plan.name(call, start);
  return typeof name === 'string' && name !== '' ? name : call.methodName;
}

function startAttributes(plan: SpanPlan, call: Call, active: Context): Attributes {
  const identity = identityOf(active);
  const own = plan.startOf?.(call);
  return identity || own ? { ...plan.start, ...identity, ...own } : plan.start;
}
