import { expect as expectOfJest } from '@jest/globals';
import type { Assertion } from 'vitest';
import { spanAssert, testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';
import '../../lib/testing/vitest.js';

// The matchers are typed on both of jest's `expect`, on Vitest's, and as functions.

const tracing = testTracing({ deterministic: true });
const span = tracing.byName('x');

expect(tracing).toHaveSpan('x', {
  kind: 'LLM',
  attributes: { a: expect.any(String) },
  status: 'ok',
  parent: null,
  links: 1,
  events: ['e'],
});
expect(tracing).not.toHaveSpan(/x/);
expect(span).toHaveCost(0.1);
expect(span).toHaveCost({ min: 0, max: 1 });
expect(span).toHaveTokens({ prompt: 1, cacheRead: expect.any(Number) });
expect(span).toHaveSession('s', 'u');
expect(span).toHavePromptTemplate({ version: '1' });
expect(span).toBeChildOf(span);
expect(tracing).toMatchSpanTree();
expect(tracing).toFollowConventions();
expect([span]).not.toFollowConventions();
expectOfJest(tracing).toHaveSpan('x');
expectOfJest(span).not.toCostLessThan(1);

declare const vitest: Assertion;
vitest.toHaveSpan('x');
vitest.not.toHaveNoOpenSpans();

spanAssert.toHaveSpan(tracing, 'x', { kind: 'LLM' });
spanAssert.not.toHaveNoErrors(span);
spanAssert.toFollowConventions([span]);

// @ts-expect-error a name or a pattern
expect(tracing).toHaveSpan(1);
// @ts-expect-error no such key
expect(tracing).toHaveSpan('x', { knd: 'LLM' });
// @ts-expect-error no such status
expect(tracing).toHaveSpan('x', { status: 'fine' });
// @ts-expect-error dollars or a range
expect(span).toHaveCost('1');
// @ts-expect-error no such tokens
expect(span).toHaveTokens({ promt: 1 });
// @ts-expect-error the parent is missing
expect(span).toBeChildOf();
// @ts-expect-error it takes a tracing
spanAssert.toHaveSpan(span, 'x');
// @ts-expect-error it takes a span
spanAssert.toHaveCost(tracing, 1);
// @ts-expect-error no such matcher
spanAssert.toHaveSpam(tracing, 'x');

export const isolated: Promise<number> = tracing.isolated(async (own) => Promise.resolve(own.spans.length));
