import { captureValue } from '../../capture/capture-value.js';
import { DEFAULT_LIMITS } from '../../capture/limits.js';
import { Redaction } from '../../capture/redaction.js';

/** A matcher inside a value: `expect.any(String)` and the like, of jest and of Vitest. */
interface Asymmetric {
  asymmetricMatch(actual: unknown): boolean;
}

const isAsymmetric = (value: unknown): value is Asymmetric =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Asymmetric>).asymmetricMatch === 'function';

/** Whether a value is as expected: equal, matched by a pattern, or accepted by an asymmetric matcher. Numbers within 1e-9: dollars are sums. */
export function isAs(actual: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (expected instanceof RegExp) return typeof actual === 'string' && actual.search(expected) !== -1;
  if (typeof expected === 'number' && typeof actual === 'number')
    return Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-9;
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => isAs((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]))
  );
}

/** A value as a message shows it, in one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value instanceof RegExp || typeof value === 'symbol') return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (isAsymmetric(value)) return nameOf(value);
  if (typeof value === 'number') return String(value);
  const text = jsonOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 300;

/** What JSON has no form for is shown as text; of what is circular, what can be shown. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_, inner: unknown) => {
      if (isAsymmetric(inner)) return nameOf(inner);
      const isText = inner instanceof RegExp || typeof inner === 'bigint' || (typeof inner === 'number' && !isFinite(inner)); // prettier-ignore
      return isText ? String(inner) : inner;
    });
  } catch {
    return captureValue(value, DEFAULT_LIMITS, Redaction.standard).text;
  }
}

function nameOf(matcher: Asymmetric): string {
  const { toAsymmetricMatcher } = matcher as { toAsymmetricMatcher?: () => string };
  try {
    return toAsymmetricMatcher?.call(matcher) ?? 'an asymmetric matcher';
  } catch {
    return 'an asymmetric matcher';
  }
}
