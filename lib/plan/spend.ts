import type { Span } from '@opentelemetry/api';
import { budgetAttributes } from '../attributes/budget-attributes.js';
import { BUDGET_EXCEEDED_EVENT } from '../conventions/cost.js';
import type { OpenBudget } from '../cost/budget.js';

/** Counts a cost in a budget and in those around it. The span whose cost went beyond a limit says so by an event. */
export function spendIn(budget: OpenBudget | undefined, usd: number, span: Span | undefined): void {
  for (const crossed of budget?.spend(usd) ?? []) span?.addEvent(BUDGET_EXCEEDED_EVENT, budgetAttributes(crossed));
}
