import { isSpanContextValid, trace, type SpanContext } from '@opentelemetry/api';
import { activeContext } from '../context/active.js';
import { spanOfResult } from '../span/result-spans.js';

/**
 * The ids of a span, to reach it later: a user's feedback, a link from another process. Without an argument the span that is active here;
 * with one, the span of the traced call that returned it (an object; text and numbers remember nothing).
 *
 * ```ts
 * const answer = await assistant.ask(question);
 * const { spanId } = captureSpanContext(answer) ?? {};
 * ```
 *
 * Undefined where there is none: without an SDK, unsampled, or for what no traced call returned.
 */
export function captureSpanContext(...result: [result?: unknown]): SpanContext | undefined {
  const context = result.length === 0 ? trace.getSpanContext(activeContext()) : spanOfResult(result[0]);
  return context && isSpanContextValid(context) ? context : undefined;
}
