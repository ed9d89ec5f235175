/**
 * Whether a function is a class: the `prototype` of classes alone cannot be written, but for a function that was frozen. Only there the
 * source is asked, which costs more to read (`class` alone begins a class: a method called so has no prototype).
 */
export function isClass(fn: object): boolean {
  if (Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable !== false) return false;
  return !Object.isFrozen(fn) || /^class(?![\w$])/.test(Function.prototype.toString.call(fn));
}
