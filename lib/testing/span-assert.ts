import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { MATCHERS } from './matchers/all.js';
import type { Outcome } from './matchers/outcome.js';
import { SpanAssertionError } from './span-assertion-error.js';
import type { SpanMatchers } from './span-matchers.js';
import type { TestTracing } from './test-tracing.js';

type Name = keyof typeof MATCHERS;

/** The matchers as functions that throw, for `node:test` and any other runner. */
export type SpanAssertions = {
  readonly [K in Name]: (
    received: K extends 'toHaveSpan' | 'toHaveNoOpenSpans' | 'toMatchSpanTree'
      ? TestTracing
      : K extends 'toHaveNoErrors'
        ? TestTracing | ReadableSpan
        : K extends 'toFollowConventions'
          ? TestTracing | ReadableSpan | readonly ReadableSpan[]
          : ReadableSpan,
    ...expected: Parameters<SpanMatchers[K]>
  ) => void;
};

function assertions(isNot: boolean): SpanAssertions {
  const check =
    (matcher: (...args: never[]) => Outcome) =>
    (...args: never[]): void => {
      const { pass, message } = matcher(...args);
      if (pass === isNot) throw new SpanAssertionError(message());
    };
  const entries = Object.entries(MATCHERS).map(([name, matcher]) => [name, check(matcher as never)]);
  return Object.fromEntries(entries) as SpanAssertions;
}

/**
 * The matchers as functions that throw, for `node:test` and any other runner; `spanAssert.not` has their opposites.
 *
 * @example
 * spanAssert.toHaveSpan(tracing, 'CallAnalyzer.classify', { kind: 'LLM' });
 * spanAssert.not.toHaveSession(tracing.byName('CallAnalyzer.classify'), 'another');
 */
export const spanAssert: SpanAssertions & { readonly not: SpanAssertions } = {
  ...assertions(false),
  not: assertions(true),
};
