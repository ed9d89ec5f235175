import { SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { DURATION_SECONDS, LATENCY_MS } from '../conventions/performance.js';
import { CANCELLED, TRUNCATED } from '../conventions/spandrel.js';
import { reportOnce } from '../safely.js';
import { settings } from '../settings.js';
import type { AnyFn, Call } from './call.js';
import { beginWork, endWork } from './at-work.js';
import { Chunks } from './chunks.js';
import { endTime } from './end-time.js';
import { recordFailure } from './failure.js';
import { closed, type OpenRun } from './open-runs.js';
import type { Outcome, SpanPlan } from './plan.js';
import { rememberResult } from './result-spans.js';
import type { Run } from './run.js';
import { contextWithRun, runOf } from './span-context.js';
import { activeTracer } from './tracer.js';
import { isUnset, setAllIfUnset, setIfUnset } from './untouched.js';

let count = 0;

/** One call and its span, from start to end. What descendants see of it (their parent, agent, account) is read through the context. */
export class SpanRun implements Run, OpenRun {
  /** The nearest run above that is still open. */
  readonly parent: SpanRun | undefined;
  readonly context: Context;
  readonly span: Span;
  readonly plan: SpanPlan;
  /** The attributes the span started with: kind, agent, model … */
  readonly start: Attributes;
  /** Later runs have a higher one. */
  readonly number = ++count;
  ended = false;
  older: OpenRun | undefined = undefined;
  newer: OpenRun | undefined = undefined;
  /** The observer's own record of this run. */
  account: unknown = undefined;
  /** The call itself, until the run ends; only where the plan needs it at the end. */
  call: Call | undefined;
  /** What is recorded when all else is, so that the span's limits cost nothing that is worth more. */
  last: Attributes | undefined;
  /** What runs in the body's place. */
  instead: AnyFn | undefined;
  /** What was recorded before the body ran: a further run of the same call begins with it. */
  begun: Attributes | undefined;
  readonly #around: Context;
  readonly #startedAt: number;
  #endedAt = 0;
  #chunks: Chunks | undefined;

  constructor(plan: SpanPlan, span: Span, start: Attributes, active: Context, call: Call | undefined) {
    this.plan = plan;
    this.span = span;
    this.start = start;
    this.parent = openRun(runOf(active));
    this.context = contextWithRun(active, span, this);
    this.#around = active;
    this.call = call;
    this.#startedAt = plan.observer || span.isRecording() ? performance.now() : 0;
  }

  again(): SpanRun | undefined {
    const tracer = activeTracer();
    if (!tracer || this.begun === undefined) return undefined;
    try {
      const { name } = this.span as { readonly name?: string };
      const span = tracer.startSpan(name ?? '', { attributes: { ...this.start, ...this.begun } }, this.#around);
      const run = new SpanRun(this.plan, span, this.start, this.#around, this.call);
      run.begun = this.begun;
      this.plan.observer?.started(run, this.#around);
      return run;
    } catch (error) {
      reportOnce('a span could not be started', error);
      return undefined;
    }
  }

  chunk(value: unknown): void {
    if (!this.ended) (this.#chunks ??= new Chunks()).add(this, value);
  }

  succeed(value?: unknown): void {
    rememberResult(value, this.span);
    this.#finish({ kind: 'returned', value });
  }

  fail(error: unknown): void {
    this.#finish({ kind: 'failed', error });
  }

  cancel(): void {
    this.#finish({ kind: 'cancelled' });
  }

  /** How long the call has taken (once it is over: took), and how long until its first chunk, in seconds. */
  get seconds(): { readonly total: number; readonly firstChunk: number | undefined } {
    const at = this.ended ? this.#endedAt : performance.now();
    return {
      total: (at - this.#startedAt) / 1_000,
      firstChunk: this.#chunks && (this.#chunks.firstAt - this.#startedAt) / 1_000,
    };
  }

  abandon(): void {
    this.#finish({ kind: 'cancelled' }, this.#chunks?.lastAt);
  }

  /** Ends the span, with the time at which the call was over. A processor of somebody else's that throws does not reach the user's call. */
  close(): void {
    const isRecording = this.span.isRecording();
    try {
      if (isRecording) this.#recordLast();
    } catch (error) {
      reportOnce('the end of a call could not be recorded', error);
    }
    try {
      // a number below the clock's own is a reading of the clock, from which the SDK tells the time
      this.span.end(isRecording ? (endTime(this.span, this.#endedAt - this.#startedAt) ?? this.#endedAt) : undefined);
    } catch (error) {
      reportOnce('a span processor failed when a span ended', error);
    }
  }

  #recordLast(): void {
    if (this.last) setAllIfUnset(this.span, this.last);
    const translation = this.plan.translation?.();
    const { attributes } = this.span as { readonly attributes?: Attributes };
    if (translation && attributes) setAllIfUnset(this.span, translation.end(attributes));
  }

  #finish(outcome: Outcome, at?: number): void {
    if (this.ended) return;
    this.ended = true;
    closed(this);
    let held = false;
    if (this.span.isRecording() || this.account !== undefined) {
      this.#endedAt = at ?? performance.now();
      beginWork();
      try {
        held = this.#observe(outcome);
      } finally {
        endWork();
      }
    }
    this.call = undefined;
    this.#chunks?.recorded();
    if (!held) this.close();
  }

  /** Records how the call ended; true when the observer keeps the span open. */
  #observe(outcome: Outcome): boolean {
    try {
      if (this.span.isRecording()) this.#record(outcome);
    } catch (error) {
      reportOnce('the end of a call could not be recorded', error);
    }
    try {
      return this.plan.observer?.ended(this, outcome) ?? false;
    } catch (error) {
      reportOnce('the cost of a call could not be recorded', error);
      return false;
    }
  }

  #record(outcome: Outcome): void {
    const { span, plan } = this;
    const attributes = outcome.kind === 'returned' ? plan.end(outcome.value, this.call, this) : {};
    // what came in chunks is the output; what the stream returned at its end is not
    if (this.#chunks) Object.assign(attributes, this.#chunks.attributes(this.#startedAt));
    if (outcome.kind === 'cancelled') attributes[CANCELLED] = true;
    this.#redactByHand();
    setAllIfUnset(span, attributes);
    const milliseconds = this.#endedAt - this.#startedAt;
    setIfUnset(span, DURATION_SECONDS, milliseconds / 1_000);
    setIfUnset(span, LATENCY_MS, milliseconds);
    if (outcome.kind === 'failed') this.#recordFailure(outcome.error);
    else if (succeedsWithOk() && isUnset(span)) span.setStatus({ code: SpanStatusCode.OK });
  }

  #recordFailure(error: unknown): void {
    recordFailure(this.span, error, (text) => this.plan.redact(text, this.context));
  }

  /** What the user's code has set on the span is theirs, but for the secrets in it. */
  #redactByHand(): void {
    const { span, start, begun } = this;
    const { attributes = {} } = span as { readonly attributes?: Attributes };
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined || typeof value === 'number' || typeof value === 'boolean') continue;
      if (value === start[name] || value === begun?.[name] || name === TRUNCATED) continue;
      const fit = this.plan.redactAttribute(name, value, this.context);
      if (fit !== value) span.setAttribute(name, fit);
    }
  }
}

/** The guide says OK; OpenTelemetry's conventions leave it unset. */
const succeedsWithOk = (): boolean =>
  (settings.successStatus ?? (settings.conventions === 'gen_ai' ? 'unset' : 'ok')) === 'ok';

/** The run itself while it is open, else the nearest open one above it: ended runs are never kept alive by later ones. */
export function openRun(run: SpanRun | undefined): SpanRun | undefined {
  let at = run;
  while (at?.ended) at = at.parent;
  return at;
}
