import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { COST_TOTAL_USD, COST_UNPRICED_MODEL, ROLLUP_TOTAL_USD } from '../../conventions/cost.js';
import { shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

const NEAR_USD = 1e-9;

/** Dollars from `min` to `max`, both included. */
export interface CostRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * Whether a span cost so many dollars, within 1e-9, or an amount in a range: its own cost (`cost.total_usd`), and for a span that has
 * none what was spent below it (`cost.rollup.total_usd`).
 */
export function toHaveCost(span: ReadableSpan, expected: number | CostRange): Outcome {
  checkSpan('toHaveCost', span);
  const range = typeof expected === 'number' ? { min: expected, max: expected } : expected;
  const { min = -Infinity, max = Infinity } = range;
  if (typeof min !== 'number' || typeof max !== 'number' || Number.isNaN(min + max))
    throw new TypeError(`toHaveCost: expected dollars or { min, max }, got ${shown(expected)}.`);
  const usd = costOf(span);
  const pass = usd !== undefined && usd >= min - NEAR_USD && usd <= max + NEAR_USD;
  return outcome(pass, `span ${shown(span.name)}`, `have cost ${dollars(expected)}`, () => found(span, usd));
}

/** Whether a span cost less than so many dollars; as {@link toHaveCost} counts. A span without a cost did not. */
export function toCostLessThan(span: ReadableSpan, usd: number): Outcome {
  checkSpan('toCostLessThan', span);
  const actual = costOf(span);
  const pass = actual !== undefined && actual < usd;
  return outcome(pass, `span ${shown(span.name)}`, `cost less than $${usd}`, () => found(span, actual));
}

function costOf({ attributes }: ReadableSpan): number | undefined {
  const usd = attributes[COST_TOTAL_USD] ?? attributes[ROLLUP_TOTAL_USD];
  return typeof usd === 'number' ? usd : undefined;
}

function found(span: ReadableSpan, usd: number | undefined): string {
  const unpriced = span.attributes[COST_UNPRICED_MODEL];
  const own = span.attributes[COST_TOTAL_USD] !== undefined ? 'It cost' : 'Below it was spent';
  const none =
    unpriced === undefined
      ? 'It has no cost: no model call with tokens is in it.'
      : `It has no cost: there is no price for ${shown(unpriced)}. Give one: testTracing({ modelCosts: { … } }).`;
  return `${usd === undefined ? none : `${own} $${usd}.`}\n\n${whereabouts(span)}`;
}

const dollars = (expected: number | CostRange) =>
  typeof expected === 'number' ? `$${expected}` : `from $${expected.min ?? 0} to $${expected.max ?? '∞'}`;
