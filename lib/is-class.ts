/**
 * Whether a function is a class: the `prototype` of classes alone cannot be written. The source would not tell: methods may be
 * called `classify`, and it costs more to read.
 */
export function isClass(fn: object): boolean {
  return Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false;
}
