import { createContextKey, trace, type Context, type Span } from '@opentelemetry/api';
import { BASE, setInBase, wrappedBy } from '../context/scope-context.js';
import type { SpanRun } from './span-run.js';

/** The run whose span, or whose child, is active; copies of this package share the key. */
const RUN = createContextKey('spandrel.run.v1');

/** OpenTelemetry keeps its span key to itself, but hands it to any context that it is asked to put a span into. */
const SPAN: symbol = (() => {
  let key: symbol | undefined;
  const probe = {
    getValue: () => undefined,
    setValue: (asked: symbol) => ((key = asked), probe),
    deleteValue: () => probe,
  };
  trace.setSpan(probe, trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 }));
  return key as unknown as symbol;
})();

/**
 * A context with a span and its run in two fields: the API's own copies a Map and makes three closures at each step.
 * Constant in size: entering a span inside another replaces the fields, so a loop that reschedules itself inside its
 * own span does not grow a chain.
 */
class SpanContext implements Context {
  readonly [BASE]: Context;
  readonly #span: Span | undefined;
  readonly #run: SpanRun;

  constructor(base: Context, span: Span | undefined, run: SpanRun) {
    this[BASE] = base;
    this.#span = span;
    this.#run = run;
  }

  getValue(key: symbol): unknown {
    return key === SPAN ? this.#span : key === RUN ? this.#run : this[BASE].getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === SPAN) return new SpanContext(this[BASE], value as Span, this.#run);
    return new SpanContext(setInBase(this[BASE], key, value), this.#span, this.#run);
  }

  deleteValue(key: symbol): Context {
    if (key === SPAN) return new SpanContext(this[BASE], undefined, this.#run);
    return new SpanContext(this[BASE].deleteValue(key), this.#span, this.#run);
  }
}

/** The context in which a run's body runs. */
export function contextWithRun(active: Context, span: Span, run: SpanRun): Context {
  return new SpanContext(wrappedBy(active), span, run);
}

/** The nearest run above: its span is active, or an ancestor of the active one. */
export function runOf(active: Context): SpanRun | undefined {
  return active.getValue(RUN) as SpanRun | undefined;
}
