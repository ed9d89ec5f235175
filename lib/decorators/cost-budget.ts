import { budgetScope, type CostBudgetOptions } from '../plan/budget-scope.js';
import type { AnyFn } from '../span/call.js';
import { amending, scoping } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Gives each call a budget: counts what everything below it costs, sampled or not, with an SDK or without. Makes no span.
 *
 * ```ts
 * class Researcher {
 *   @CostBudget({ maxUsd: 0.5, onExceeded: 'throw' })
 *   async research(question: string) { … }
 * }
 * ```
 *
 * With `throw`, a call that would spend more is refused with a {@link CostBudgetExceededError} before its body runs: async functions and
 * generators reject, others throw. Throws while decorating for an option that does not fit.
 */
export function CostBudget<F extends AnyFn = AnyFn>(options: CostBudgetOptions<F>): SpandrelDecorator<F> {
  checkParentheses('CostBudget', arguments);
  const scope = budgetScope('@CostBudget', options as CostBudgetOptions);
  return amending(
    'CostBudget',
    scoping(() => scope),
  );
}
