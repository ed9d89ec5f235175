import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { nearest } from '../../options.js';
import type { TestTracing } from '../test-tracing.js';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkTracing } from './received.js';
import { checkExpectation, differences, type SpanExpectation } from './span-expectation.js';

/** Whether a finished span has that name, or one that a pattern matches, and is as expected. */
export function toHaveSpan(tracing: TestTracing, name: string | RegExp, expected: SpanExpectation = {}): Outcome {
  checkTracing('toHaveSpan', tracing);
  if (typeof name !== 'string' && !(name instanceof RegExp))
    throw new TypeError(`toHaveSpan takes a span's name or a pattern, got ${shown(name)}.`);
  checkExpectation('toHaveSpan', expected);
  const { spans } = tracing;
  const named = spans.filter((span) => isAs(span.name, name));
  const fitting = named.filter((span) => differences(span, expected, spans).length === 0);
  const wanted = Object.keys(expected).length > 0 ? ` with ${shown(expected)}` : '';
  return outcome(fitting.length > 0, 'tracing', `have a span ${shown(name)}${wanted}`, () => {
    const found = fitting.length > 0 ? `It has ${fitting.length}.` : whyNot(name, expected, named, spans);
    return `${found}\n\nThe spans:\n${tracing.tree() || '(none)'}`;
  });
}

function whyNot(
  name: string | RegExp,
  expected: SpanExpectation,
  named: readonly ReadableSpan[],
  spans: readonly ReadableSpan[],
): string {
  if (named.length === 0) {
    const names = [...new Set(spans.map((span) => span.name))];
    const near = typeof name === 'string' ? (nearest(name, names) ?? sameEnd(name, names)) : undefined;
    return `No finished span has that name.${near === undefined ? '' : ` The nearest is ${shown(near)}.`}`;
  }
  const [closest] = named.map((span) => differences(span, expected, spans)).sort((a, b) => a.length - b.length) as [
    string[],
  ];
  const which =
    named.length === 1 ? 'The span of that name differs' : `${named.length} spans have that name; the nearest differs`;
  return `${which} in\n${closest.map((line) => `  ${line}`).join('\n')}`;
}

/** `classify` and `CallAnalyzer.classify` are far apart in edits, and near in meaning. */
const sameEnd = (name: string, names: readonly string[]) =>
  names.find((one) => one.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(one.toLowerCase()));
