import { COST_OTHER_USD, COST_SOURCE, COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import type { Span } from '@opentelemetry/api';
import type { SpanRun } from '../span/span-run.js';
import { attributeOf } from '../span/untouched.js';

/** Writes what was recorded by hand on a run, when it ends, on top of what its model call cost. */
export function writeRecorded(run: SpanRun, usd: number): void {
  if (usd > 0) addRecorded(run.span, usd);
}

/** Adds a cost to what a span carries. Beside a model without a price the total stays unknown. */
export function addRecorded(span: Span, usd: number): void {
  const numberOf = (name: string): number => {
    const value = attributeOf(span, name);
    return typeof value === 'number' ? value : 0;
  };
  span.setAttribute(COST_OTHER_USD, numberOf(COST_OTHER_USD) + usd);
  if (attributeOf(span, COST_UNPRICED_MODEL) !== undefined) return;
  span.setAttribute(COST_TOTAL_USD, numberOf(COST_TOTAL_USD) + usd);
  if (attributeOf(span, COST_SOURCE) === undefined) span.setAttribute(COST_SOURCE, 'recorded');
}
