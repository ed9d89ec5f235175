import { activeContext } from '../context/active.js';
import { budgetOf, contextWithBudget, OpenBudget, type Budget } from '../cost/budget.js';
import { checkBudget, type CostBudgetOptions } from '../plan/budget-scope.js';
import { blockSite, checkFunction, runBlock } from './run-block.js';

/** Options of `withCostBudget`. */
export interface BudgetOptions extends Omit<CostBudgetOptions, 'maxUsd'> {
  /** The most that everything inside may cost, in USD; 0 allows nothing. */
  readonly maxUsd: number;
}

const SITE = blockSite('withCostBudget');

/**
 * Runs `fn` with a budget, and gives what `fn` gives. Makes no span.
 *
 * ```ts
 * await withCostBudget({ maxUsd: 0.1, onExceeded: 'throw' }, (budget) => agent.run(task, { signal: budget.signal }));
 * ```
 *
 * Throws a TypeError for an option that does not fit.
 */
export function withCostBudget<R>(options: BudgetOptions, fn: (budget: Budget) => R): R {
  checkFunction('withCostBudget', fn);
  const onExceeded = checkBudget('withCostBudget', options);
  if (typeof options.maxUsd !== 'number')
    throw new TypeError('withCostBudget: expected maxUsd to be an amount in USD, 0 or more, got a function.');
  const budget = new OpenBudget('withCostBudget', options.maxUsd, onExceeded, budgetOf(activeContext()));
  return runBlock(SITE, [(active) => contextWithBudget(active, budget)], undefined, () => fn(budget));
}

/** The innermost budget that is open here; undefined outside of any. */
export function currentBudget(): Budget | undefined {
  return budgetOf(activeContext());
}
