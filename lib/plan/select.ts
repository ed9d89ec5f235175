import { reportOnce, safely } from '../safely.js';
import type { Call, Selected } from '../span/call.js';

/** The value of an option that may be a selector; undefined, reported once, when the selector throws or gives a promise. */
export function select<T>(name: string, selected: Selected<T> | undefined, call: Call): T | undefined {
  return typeof selected === 'function'
    ? ask(`the selector of ${name}`, selected as (call: Call) => T, call)
    : selected;
}

/** What a function of the user's gives; undefined, reported once, when it throws or gives a promise: nobody would wait for it. */
export function ask<A extends readonly unknown[], R>(what: string, hook: (...args: A) => R, ...args: A): R | undefined {
  const given = safely(`${what} failed`, hook, ...args);
  if (!(given instanceof Promise)) return given;
  reportOnce(`${what} gave a promise: it must give its value at once`);
  void Promise.prototype.then.call(given, undefined, () => {}); // its rejection is nobody else's either
  return undefined;
}
