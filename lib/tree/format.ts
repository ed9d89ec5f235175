const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,000` */
export const formatCount = (value: number): string => count.format(value);

/** Dollars to six decimals, so that a call for a fraction of a cent is seen; trailing zeros are cut down to cents: `$0.000875`, `$1.20`. */
export function formatUsd(usd: number): string {
  if (usd !== 0 && Math.abs(usd) < 5e-7) return `${usd < 0 ? '-' : ''}<$0.000001`;
  const [whole, decimals = ''] = Math.abs(usd).toFixed(6).split('.');
  return `${usd < 0 ? '-' : ''}$${count.format(Number(whole))}.${decimals.replace(/0{1,4}$/, '')}`;
}

/** A duration for people: `0.4 ms`, `812 ms`, `1.53 s`, `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${count.format(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** One line, without control characters: what a span says must not move the cursor of the terminal that shows it. */
export function oneLine(text: string, limit = 120): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return plain.length > limit ? `${plain.slice(0, limit - 1)}…` : plain;
}
