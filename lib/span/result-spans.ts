import { isSpanContextValid, type Span, type SpanContext } from '@opentelemetry/api';

/** Which span made an object that a traced call returned; the last one, where it was handed on. */
const made = new WeakMap<object, SpanContext>();

/** Remembers the span of a call for what it returned, weakly. A value that is no object has no place to remember. */
export function rememberResult(result: unknown, span: Span): void {
  if ((typeof result !== 'object' && typeof result !== 'function') || result === null || !span.isRecording()) return;
  made.set(result, span.spanContext());
}

/** The span that made an object; undefined for what no traced call returned. */
export function spanOfResult(result: unknown): SpanContext | undefined {
  if ((typeof result !== 'object' && typeof result !== 'function') || result === null) return undefined;
  const context = made.get(result);
  return context && isSpanContextValid(context) ? context : undefined;
}
