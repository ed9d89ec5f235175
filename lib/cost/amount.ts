/** Whether a value is an amount of money: a number, not negative, not infinite. */
export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Infinity;
