import type { Attributes, Context, Link, SpanOptions, Tracer } from '@opentelemetry/api';
import { activeContext, withContext } from '../context/active.js';
import { surroundingsOf, type Surroundings } from '../context/surroundings.js';
import { linkAttributes } from '../attributes/link-attributes.js';
import { reportOnce, safely } from '../safely.js';
import { atWork, beginWork, endWork } from './at-work.js';
import { SiteCall, type AnyFn, type Call } from './call.js';
import { opened } from './open-runs.js';
import type { Plan, SpanPlan } from './plan.js';
import { rememberResult } from './result-spans.js';
import { ScopeRun } from './scope-run.js';
import { settle } from './settle.js';
import { SpanRun } from './span-run.js';
import { activeTracer, standInTracer } from './tracer.js';
import { setAll } from './untouched.js';

/**
 * Runs one call as its plan says: opens the scopes, starts the span, runs the body once with the span active, and ends the span
 * when the result does. The one place that calls the user's function, whatever it returns and however it is decorated. What is done
 * before and after is done in functions that are left again: a recursion of the user's shares its stack with as few frames of ours as can be.
 */
export function runInSpan(plan: Plan, self: unknown, args: readonly unknown[], body: AnyFn): unknown {
  const run = enter(plan, self, args);
  if (!run) return Reflect.apply(body, self, args);
  const called = run.instead ?? body;
  let result: unknown;
  try {
    result = withContext(run.context, called, self, args as unknown[]);
  } catch (error) {
    run.fail(error);
    throw error;
  }
  return leave(run, result, called);
}

/** A call on its way: its scopes are open and its span, if it has one, has started. Undefined where nothing is to be done: then the body runs as if there were no plan. */
function enter(plan: Plan, self: unknown, args: readonly unknown[]): SpanRun | ScopeRun | undefined {
  const tracer = plan.span && activeTracer();
  if ((tracer === undefined && plan.scopes.length === 0 && !plan.span?.observer?.wants()) || atWork()) return undefined;

  const call = new SiteCall(plan.site, self, args);
  const active = plan.scopes.length === 0 ? activeContext() : openScopes(plan, call);
  const run = plan.span && openSpan(plan.span, tracer ?? standIn(plan.span, active), call, active);
  if (!run) return new ScopeRun(active);
  if (run.plan.instead) run.instead = safely('a call could not be checked', run.plan.instead, run, active);
  return run;
}

function leave(run: SpanRun | ScopeRun, result: unknown, called: AnyFn): unknown {
  const given = settle(result, run, called);
  if (run instanceof SpanRun && !run.ended) {
    opened(run);
    // a stream is what the call returned, though it is not over; a promise is only on the way to it
    if (!(result instanceof Promise)) rememberResult(given, run.span);
  }
  return given;
}

function standIn(plan: SpanPlan, active: Context): Tracer | undefined {
  return plan.observer?.wants(active) ? standInTracer() : undefined;
}

function openScopes(plan: Plan, call: Call): Context {
  let active = activeContext();
  beginWork();
  try {
    for (const scope of plan.scopes) active = safely('a scope could not be opened', scope, active, call) ?? active;
  } finally {
    endWork();
  }
  return active;
}

/** Starts the span of a call; undefined when that fails. What is there at the start is what a sampler may see: the list is closed. */
export function openSpan(
  plan: SpanPlan,
  tracer: Tracer | undefined,
  call: SiteCall,
  active: Context,
): SpanRun | undefined {
  if (!tracer) return undefined;
  beginWork();
  try {
    const around = surroundingsOf(active);
    const start = startOf(plan, call, active, around);
    const span = tracer.startSpan(start.name, start, active);
    const run = new SpanRun(plan, span, start.attributes, active, plan.keepsCall ? call : undefined);
    recordStart(run, call, active, around, start.links);
    return run;
  } catch (error) {
    reportOnce('a span could not be started', error);
    return undefined;
  } finally {
    endWork();
  }
}

/** What a span starts with. */
interface Start extends SpanOptions {
  readonly name: string;
  readonly attributes: Attributes;
  readonly links?: Link[];
}

function startOf(plan: SpanPlan, call: Call, active: Context, around: Surroundings | undefined): Start {
  const attributes = startAttributes(plan, call, around);
  const links = plan.links && safely('the links of a call could not be read', plan.links, call, active);
  const name = nameOf(plan, call, attributes);
  const translated = plan.translation?.()?.start(attributes, name, plan.isNamed);
  const start: Start = translated ?? { name, attributes };
  return links && links.length > 0 ? { ...start, links } : start;
}

function recordStart(
  run: SpanRun,
  call: SiteCall,
  active: Context,
  around: Surroundings | undefined,
  links: Link[] | undefined,
): void {
  const { span, plan } = run;
  try {
    plan.observer?.started(run, active);
    if (!span.isRecording()) return;
    const detail = around?.detail(active);
    const begun = plan.begin(call, run);
    const attributes = detail || links ? { ...detail, ...(links && linkAttributes(links)), ...begun } : begun;
    setAll(span, attributes);
    run.begun = attributes;
  } catch (error) {
    reportOnce('the start of a call could not be recorded', error);
  }
}

function nameOf(plan: SpanPlan, call: Call, start: Attributes): string {
  const name: unknown = plan.name(call, start);
  return typeof name === 'string' && name !== '' ? name : call.methodName;
}

function startAttributes(plan: SpanPlan, call: Call, around: Surroundings | undefined): Attributes {
  const identity = around?.identity;
  const own = plan.startOf?.(call);
  return identity || own ? { ...plan.start, ...identity, ...own } : plan.start;
}
