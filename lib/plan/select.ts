import { safely } from '../safely.js';
import type { Call, Selected } from '../span/call.js';

/** The value of an option that may be a selector; undefined, reported once, when the selector throws. */
export function select<T>(name: string, selected: Selected<T> | undefined, call: Call): T | undefined {
  return typeof selected === 'function'
    ? safely(`the selector of ${name} failed`, selected as (call: Call) => T, call)
    : selected;
}
