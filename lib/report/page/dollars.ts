import { formatUsd } from '../../tree/format.js';

/** Dollars for a glance: cents from a dollar up, four digits that count below; the exact number is a title away. */
export function dollars(usd: number): string {
  const short = Math.abs(usd) >= 1 ? Number(usd.toFixed(2)) : Number(usd.toPrecision(4));
  return formatUsd(short);
}
