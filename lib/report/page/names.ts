import { formatCount, oneLine } from '../../tree/format.js';

/** A text of a span as it is shown; without characters that turn the writing direction or break the line. */
export const shown = (text: string, none = '(none)', limit = 300): string =>
  text === '' ? none : oneLine(text, limit);

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const HOUR_AND_MINUTE = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY_OF_MONTH = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** Times are the reader's own; a broken one stays a word. */
export function dateTime(ms: number): string {
  return isTime(ms) ? `${DAY.format(ms)}, ${CLOCK.format(ms)}` : 'no time';
}

export const clock = (ms: number): string => (isTime(ms) ? CLOCK.format(ms) : 'no time');
export const shortDate = (ms: number): string =>
  isTime(ms) ? `${DAY_OF_MONTH.format(ms)}, ${CLOCK.format(ms)}` : 'no time';

/** From when to when. */
export function timeRange(from: number, to: number): string {
  if (!isTime(from) || !isTime(to)) return 'no time';
  const sameDay = DAY.format(from) === DAY.format(to);
  return sameDay ? `${DAY.format(from)}, ${CLOCK.format(from)} – ${CLOCK.format(to)}` : `${dateTime(from)} – ${dateTime(to)}`; // prettier-ignore
}

const isTime = (ms: number) => Math.abs(ms) <= 8.64e15;

/** The marks of a time axis, in seconds since the epoch, `step` apart: the day where it changes, else the time of day. */
export function timeLabels(seconds: readonly number[], step: number): string[] {
  let day = '';
  return seconds.map((second) => {
    const ms = second * 1000;
    const date = DAY_OF_MONTH.format(ms);
    if (step >= 86_400) return date;
    const time = step < 1 ? milliseconds(ms) : (step < 60 ? CLOCK : HOUR_AND_MINUTE).format(ms);
    if (date === day) return time;
    day = date;
    return `${time}\n${date}`;
  });
}

const milliseconds = (ms: number) => `${CLOCK.format(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`;

/** `1 call`, `2 calls`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`; // prettier-ignore
