import { budgetOf, contextWithBudget, OpenBudget, type OnExceeded } from '../cost/budget.js';
import { checkOptions } from '../options.js';
import { reportOnce } from '../safely.js';
import type { AnyFn, Call, Selected } from '../span/call.js';
import type { Scope } from '../span/plan.js';
import { select } from './select.js';

/** Options of `@CostBudget`. */
export interface CostBudgetOptions<F extends AnyFn = AnyFn> {
  /** The most that everything below may cost, in USD; 0 allows nothing. */
  readonly maxUsd: Selected<number, F>;
  /**
   * `warn` (default): one warning. `throw`: calls that spend (LLM, EMBEDDING, `spends: true`) are refused once nothing is left, before
   * their body runs, and the budget's signal is aborted once the limit is exceeded. A function: called once with the budget.
   */
  readonly onExceeded?: OnExceeded | undefined;
}

/** The scope of a budget: a new one for each call. Throws a TypeError for an option that does not fit. */
export function budgetScope(where: string, options: CostBudgetOptions): Scope {
  const onExceeded = checkBudget(where, options);
  const { maxUsd } = options;
  return (active, call) => {
    const limit = select('maxUsd', maxUsd, call);
    if (isLimit(limit))
      return contextWithBudget(active, new OpenBudget(nameOf(where, call), limit, onExceeded, budgetOf(active)));
    reportOnce(`${nameOf(where, call)}: maxUsd gave ${shown(limit)}, not an amount in USD, so there is no budget`);
    return active;
  };
}

/** Throws a TypeError for a budget's option that does not fit; gives what is to happen when it is exceeded. */
export function checkBudget(where: string, options: CostBudgetOptions): OnExceeded {
  checkOptions(where, options, ['maxUsd', 'onExceeded']);
  const { maxUsd, onExceeded = 'warn' } = options;
  if (typeof maxUsd !== 'function' && !isLimit(maxUsd))
    throw new TypeError(`${where}: expected maxUsd to be an amount in USD, 0 or more, got ${shown(maxUsd)}.`);
  if (typeof onExceeded !== 'function' && onExceeded !== 'warn' && onExceeded !== 'throw')
    throw new TypeError(`${where}: expected onExceeded to be "warn", "throw" or a function, got ${shown(onExceeded)}.`);
  return onExceeded;
}

const isLimit = (value: unknown): value is number => typeof value === 'number' && value >= 0;

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

const nameOf = (where: string, { className, methodName }: Call): string =>
  className === undefined ? where : `${where} on ${className}.${methodName}`;
