import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { CostRange } from './matchers/to-have-cost.js';
import type { PromptTemplateExpectation } from './matchers/to-have-prompt-template.js';
import type { SpanExpectation } from './matchers/span-expectation.js';
import type { TokenExpectation } from './matchers/to-have-tokens.js';

/** The matchers that `spandrel/testing/jest` and `spandrel/testing/vitest` add to `expect`. Each works with `.not`. */
export interface SpanMatchers<R = void> {
  /** Of a tracing: a finished span has that name, or one that the pattern matches, and is as expected. */
  toHaveSpan(name: string | RegExp, expected?: SpanExpectation): R;
  /** Of a span: it has the attribute, with that value where one is given (a value, a pattern or an asymmetric matcher). */
  toHaveAttribute(name: string, value?: unknown): R;
  /** Of a span: it cost so many dollars, within 1e-9, or an amount in the range; one without a cost of its own counts what was spent below it. */
  toHaveCost(usd: number | CostRange): R;
  /** Of a span: it has a cost, and it is less than so many dollars. */
  toCostLessThan(usd: number): R;
  /** Of a span: its model call used these tokens; without an argument: any. */
  toHaveTokens(tokens?: TokenExpectation): R;
  /** Of a span: it is in that session, of that user where one is given; without an argument: in any. */
  toHaveSession(sessionId?: unknown, userId?: unknown): R;
  /** Of a span: it is under that prompt template; without an argument: under any. */
  toHavePromptTemplate(expected?: PromptTemplateExpectation): R;
  /** Of a span: it is directly below that span, or below one whose name is or matches. */
  toBeChildOf(parent: ReadableSpan | string | RegExp): R;
  /** Of a tracing: every span that started has ended. */
  toHaveNoOpenSpans(): R;
  /** Of a span or a tracing: nothing failed. */
  toHaveNoErrors(): R;
  /** Of a span, a list of spans or a tracing: the conventions are followed; see `checkConventions`. */
  toFollowConventions(): R;
  /** Of a tracing: its spans are this tree, as `tracing.tree()` draws it; without an argument: the file snapshot of this test. */
  toMatchSpanTree(tree?: string): R;
}
