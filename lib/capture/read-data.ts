import { builtinModule } from '../builtin-module.js';

/** What is read where an object has no such property of its own. */
export const ABSENT = Symbol('absent');
const GETTER = Symbol('Getter');
const SETTER = Symbol('Setter');
const BOTH = Symbol('Getter/Setter');

/** What accessors are called that were read in a value's place; undefined for a value. */
export const accessorName = (read: symbol): string | undefined =>
  read === GETTER || read === SETTER || read === BOTH ? read.description : undefined;

const isProxy = builtinModule<typeof import('node:util')>('node:util')?.types?.isProxy;
const { hasOwnProperty } = Object.prototype;
const lookupGetter = (Object.prototype as { __lookupGetter__?(key: PropertyKey): unknown }).__lookupGetter__;

/** A Proxy is asked for descriptors alone: its other traps are not run. */
const isReadable = (object: object): boolean => isProxy !== undefined && lookupGetter !== undefined && !isProxy(object);

/** What reads a property of an object, without running a getter. */
export const propertyReader = (object: object): ((object: object, key: string) => unknown) =>
  isReadable(object) ? readProperty : readDescribed;

/** {@link propertyReader} for the elements of an array. */
export const elementReader = (array: readonly unknown[]): ((array: readonly unknown[], index: number) => unknown) =>
  isReadable(array) ? readElement : readDescribed;

// V8 makes two objects for each descriptor (of a small value, half the memory that writing it takes), and an element's in its slow way:
// four times as long. Two functions, since it reads names and indexes in different ways.

function readProperty(object: object, key: string): unknown {
  const value =
    hasOwnProperty.call(object, key) && lookupGetter?.call(object, key) === undefined
      ? (object as Readonly<Record<string, unknown>>)[key]
      : undefined;
  return value === undefined ? readDescribed(object, key) : value;
}

function readElement(array: readonly unknown[], index: number): unknown {
  const value = lookupGetter?.call(array, index) === undefined ? array[index] : undefined;
  return value === undefined ? readDescribed(array, index) : value;
}

function readDescribed(object: object, key: PropertyKey): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return ABSENT;
  if (descriptor.get !== undefined) return descriptor.set === undefined ? GETTER : BOTH;
  return descriptor.set === undefined ? descriptor.value : SETTER;
}
