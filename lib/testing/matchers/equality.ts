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
  if (value instanceof RegExp || typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (isAsymmetric(value)) return nameOf(value);
  const text = JSON.stringify(value, (_, inner: unknown) =>
    isAsymmetric(inner) ? nameOf(inner) : inner instanceof RegExp ? String(inner) : inner,
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 300;

function nameOf(matcher: Asymmetric): string {
  const { toAsymmetricMatcher } = matcher as { toAsymmetricMatcher?: () => string };
  try {
    return toAsymmetricMatcher?.call(matcher) ?? 'an asymmetric matcher';
  } catch {
    return 'an asymmetric matcher';
  }
}
