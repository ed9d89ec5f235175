import { createContextKey, type Context } from '@opentelemetry/api';
import { carryContexts } from '../context/active.js';
import { reportOnce, safely, warn } from '../safely.js';
import { shared } from '../shared-state.js';
import { isAmount } from './amount.js';
import { catalogue } from './catalogue.js';

/** What was spent inside a budget so far. */
export interface Budget {
  /** The limit, in USD. */
  readonly maxUsd: number;
  /** What the calls inside it have cost so far, in USD, those of budgets inside it included; calls without a known price cost nothing here. */
  readonly spentUsd: number;
  /** What is left, in USD; 0 when it is exceeded. */
  readonly remainingUsd: number;
  /** Whether more was spent than the limit allows. */
  readonly exceeded: boolean;
  /** Aborted when a budget that throws is exceeded, this one or one around it: hand it to the provider's client to stop calls under way. */
  readonly signal: AbortSignal;
}

/** What happens when a budget is exceeded: a warning, calls that spend are refused, or a function of yours, called once. */
export type OnExceeded = 'warn' | 'throw' | ((budget: Budget) => void);

/** Refuses a call that would spend inside a budget that has nothing left. */
export class CostBudgetExceededError extends Error {
  override readonly name = 'CostBudgetExceededError';
  /** The limit, in USD. */
  readonly maxUsd: number;
  /** What had been spent when the call was refused, in USD. */
  readonly spentUsd: number;

  constructor(maxUsd: number, spentUsd: number) {
    super(`the cost budget of $${shown(maxUsd)} is spent: $${shown(spentUsd)} so far`);
    this.maxUsd = maxUsd;
    this.spentUsd = spentUsd;
  }
}

/** Calls the user's function; what a promise of its fails with is nobody's. */
function callback(hook: (budget: Budget) => unknown, budget: Budget): void {
  const given = hook(budget);
  if (given instanceof Promise) given.catch((error: unknown) => reportOnce('onExceeded failed', error));
}

const shown = (usd: number): string => String(Number(usd.toPrecision(12)));

/** A budget that is open for a call, within the one around it. */
export class OpenBudget implements Budget {
  readonly maxUsd: number;
  readonly outer: OpenBudget | undefined;
  readonly #onExceeded: OnExceeded;
  readonly #name: string;
  readonly #controller = new AbortController();
  #signal: AbortSignal | undefined;
  #spentUsd = 0;
  #said = false;

  /** `name`: whose budget it is, for the warning. */
  constructor(name: string, maxUsd: number, onExceeded: OnExceeded, outer: OpenBudget | undefined) {
    this.#name = name;
    this.maxUsd = maxUsd;
    this.outer = outer;
    this.#onExceeded = onExceeded;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  get remainingUsd(): number {
    return Math.max(0, this.maxUsd - this.#spentUsd);
  }

  get exceeded(): boolean {
    // three times $0.10 is $0.30, whatever floating-point numbers say
    return this.#spentUsd - this.maxUsd > 1e-9 * this.maxUsd;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.outer
      ? AbortSignal.any([this.#controller.signal, this.outer.signal])
      : this.#controller.signal);
  }

  /** Counts a cost here and in the budgets around; gives those that it took beyond their limit. */
  spend(usd: number): OpenBudget[] {
    if (!isAmount(usd)) return [];
    return this.#chain.filter((budget) => budget.#count(usd));
  }

  /** Why a call that spends must not be made now: the innermost budget that throws and has nothing left. */
  refusal(): CostBudgetExceededError | undefined {
    const empty = this.#chain.find(
      (budget) => budget.#onExceeded === 'throw' && budget.#spentUsd >= budget.maxUsd * (1 - 1e-9),
    );
    return empty && new CostBudgetExceededError(empty.maxUsd, empty.#spentUsd);
  }

  /** This budget and those around it, innermost first. */
  get #chain(): OpenBudget[] {
    return [this, ...(this.outer ? this.outer.#chain : [])];
  }

  #count(usd: number): boolean {
    this.#spentUsd += usd;
    if (this.#said || !this.exceeded) return false;
    this.#said = true;
    if (this.#onExceeded === 'throw') this.#controller.abort(new CostBudgetExceededError(this.maxUsd, this.#spentUsd));
    else if (this.#onExceeded === 'warn') warn(`${this.#name}: the cost budget of $${shown(this.maxUsd)} is exceeded`);
    else safely(`${this.#name}: onExceeded failed`, callback, this.#onExceeded, this);
    return true;
  }
}

// createContextKey registers the key globally, so that copies of this package see each other's budgets
const BUDGET = createContextKey('spandrel.budget.v1');
const use = shared('budgets', () => ({ opened: false }));

/** The budget that is open in a context, if any. */
export function budgetOf(active: Context): OpenBudget | undefined {
  return use.opened ? (active.getValue(BUDGET) as OpenBudget | undefined) : undefined;
}

/** A context with a budget open in it. */
export function contextWithBudget(active: Context, budget: OpenBudget): Context {
  use.opened = true;
  carryContexts();
  // what a budget counts must be known before its next call
  if (!catalogue.ready) void catalogue.load();
  return active.setValue(BUDGET, budget);
}

/** Whether this process has ever opened a budget: as long as not, no call has to look for one. */
export const budgetsInUse = (): boolean => use.opened;
