import { isAmount } from '../amount.js';
import type { TokenUsage } from '../token-usage.js';

/** A property as data. An accessor is not run: a stream's `usage` may start the stream. */
export function field(of: unknown, key: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  return Object.getOwnPropertyDescriptor(of, key)?.value;
}

/** Whether a property is there as data, `null` included. */
export function has(of: object, key: string): boolean {
  return field(of, key) !== undefined;
}

/** A property that is an object, arrays included. */
export function objectAt(of: unknown, key: string): object | undefined {
  const value = field(of, key);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** A property that is text, not empty. */
export function textAt(of: unknown, key: string): string | undefined {
  const value = field(of, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An amount of money; undefined unless it is one. */
export function usdAt(of: unknown, key: string): number | undefined {
  const value = field(of, key);
  return isAmount(value) ? value : undefined;
}

/** A count of tokens as the provider gives it; nonsense stays nonsense, so that it is reported as a fault of the usage. */
export function countAt(of: unknown, key: string): number | undefined {
  const value = field(of, key);
  return value === undefined || value === null ? undefined : (value as number);
}

/** Counts added up, those not reported left out; NaN when one is not a number, undefined when none is reported. */
export function sum(...counts: readonly (number | undefined)[]): number | undefined {
  let total: number | undefined;
  for (const count of counts) {
    if (count === undefined) continue;
    total = (total ?? 0) + (typeof count === 'number' ? count : NaN);
  }
  return total;
}

/** Without the fields that were not reported; undefined when nothing was. */
export function usageOf(counts: TokenUsage): TokenUsage | undefined {
  const reported: { -readonly [K in keyof TokenUsage]: TokenUsage[K] } = {};
  let any = false;
  for (const name in counts) {
    const count = counts[name as keyof TokenUsage];
    if (count === undefined) continue;
    reported[name as keyof TokenUsage] = count;
    any = true;
  }
  return any ? reported : undefined;
}

/**
 * The completion with its reasoning. Most providers count reasoning in; some (xAI) beside it, which shows in the total:
 * prompt + completion + reasoning, where others have prompt + completion.
 */
export function withReasoning(
  prompt: unknown,
  completion: number | undefined,
  reasoning: unknown,
  total: unknown,
): number | undefined {
  if (
    typeof prompt !== 'number' ||
    typeof completion !== 'number' ||
    typeof reasoning !== 'number' ||
    typeof total !== 'number'
  )
    return completion;
  return reasoning > 0 && prompt + completion + reasoning === total ? completion + reasoning : completion;
}
