import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, spansBeside, whereabouts } from './received.js';
import { parentOf } from './span-expectation.js';

/** Whether a span is directly below another one: that span, or one whose name is or matches. */
export function toBeChildOf(span: ReadableSpan, expected: ReadableSpan | string | RegExp): Outcome {
  checkSpan('toBeChildOf', span);
  const isNamed = typeof expected === 'string' || expected instanceof RegExp;
  if (!isNamed) checkSpan('toBeChildOf', expected);
  const parent = parentOf(span, spansBeside(span));
  const pass = isNamed
    ? parent !== undefined && isAs(parent.name, expected)
    : span.parentSpanContext?.spanId === expected.spanContext().spanId;
  return outcome(pass, `span ${shown(span.name)}`, `be a child of ${shown(isNamed ? expected : expected.name)}`, () => {
    const above = parent
      ? `a child of ${shown(parent.name)}`
      : span.parentSpanContext
        ? 'below a span that is not here'
        : 'a root';
    return `It is ${above}.\n\n${whereabouts(span)}`;
  });
}
