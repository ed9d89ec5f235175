import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { nearest } from '../../options.js';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

/** Whether a span has the attribute, with that value where one is given: a value, a pattern, or an asymmetric matcher. */
export function toHaveAttribute(span: ReadableSpan, name: string, ...expected: readonly [unknown?]): Outcome {
  checkSpan('toHaveAttribute', span);
  const actual = span.attributes[name];
  const pass = expected.length === 0 ? actual !== undefined : isAs(actual, expected[0]);
  const value = expected.length === 0 ? '' : ` = ${shown(expected[0])}`;
  return outcome(pass, `span ${shown(span.name)}`, `have ${name}${value}`, () => {
    const near = actual === undefined ? nearest(name, Object.keys(span.attributes)) : undefined;
    return `It has ${shown(actual)}.${near === undefined ? '' : ` The nearest name is ${near}.`}\n\n${whereabouts(span)}`;
  });
}
