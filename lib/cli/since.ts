import { tryDurationMs } from '../where/literal.js';
import { tryIsoTime } from '../where/when.js';
import { CliError } from './command.js';

/** `1h`, `30m`, `2d` before `now`, or an ISO date, in nanoseconds since the epoch. */
export function sinceNs(text: string, now: number): bigint {
  const durationMs = tryDurationMs(text);
  const ms = durationMs === undefined ? tryIsoTime(text) : now - durationMs;
  if (ms === undefined || (durationMs ?? 0) < 0)
    throw new CliError(`--since takes a time span such as 30m, 1h or 2d, or a date such as 2026-11-22 or 2026-11-22T09:30 (UTC), not "${text}".`, 2); // prettier-ignore
  return BigInt(Math.round(ms)) * 1_000_000n;
}
