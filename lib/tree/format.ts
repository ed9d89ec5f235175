const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const HUGE = 1e15; // no count of anything: a broken file, which must not fill the screen with digits

/** `1,000` */
export const formatCount = (value: number): string =>
  Math.abs(value) < HUGE ? count.format(value) : value.toExponential(2);

/** Dollars to six decimals, so that a call for a fraction of a cent is seen; trailing zeros are cut down to cents: `$0.000875`, `$1.20`. */
export function formatUsd(usd: number): string {
  const sign = usd < 0 ? '-' : '';
  const amount = Math.abs(usd);
  if (amount !== 0 && amount < 5e-7) return `${sign}<$0.000001`;
  if (amount >= HUGE) return `${sign}$${amount.toExponential(2)}`;
  const [whole, decimals = ''] = amount.toFixed(6).split('.');
  return `${sign}$${count.format(Number(whole))}.${decimals.replace(/0{1,4}$/, '')}`;
}

/** A duration for people: `0.4 ms`, `812 ms`, `1.53 s`, `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${formatCount(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A time in UTC. What is beyond a Date's range is said as such. */
export function isoTime(ns: bigint): string {
  const date = new Date(Number(ns / 1_000_000n));
  return Number.isNaN(date.getTime()) ? 'no time' : date.toISOString();
}

/**
 * One line, without control characters: what a span says must not move the cursor, or turn the writing direction, of the
 * terminal that shows it.
 */
export function oneLine(text: string, limit = 120): string {
  const start = text.slice(0, 8 * limit); // a name of megabytes is not read to its end
  const plain = start.replace(CONTROL, ' ').trim();
  return plain.length > limit || start.length < text.length ? `${cut(plain, limit - 1)}…` : plain;
}

// C0, DEL and C1, line separators, and what changes the writing direction.
const CONTROL =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Never in the middle of a surrogate pair. */
const cut = (text: string, length: number) => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
