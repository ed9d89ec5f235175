import type { Attributes } from '@opentelemetry/api';
import { BUDGET_LIMIT_USD, BUDGET_SPENT_USD } from '../conventions/cost.js';

/** A budget's limit, and what was spent in it, in USD. */
export function budgetAttributes({ maxUsd, spentUsd }: { maxUsd: number; spentUsd: number }): Attributes {
  // an unlimited budget only counts
  return { ...(maxUsd < Infinity && { [BUDGET_LIMIT_USD]: maxUsd }), [BUDGET_SPENT_USD]: spentUsd };
}
