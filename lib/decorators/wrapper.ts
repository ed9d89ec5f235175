import type { AnyFn } from '../span/call.js';
import { runInSpan } from '../span/run-in-span.js';
import type { Element } from './element.js';

/**
 * The wrappers of one element round one function. With foreign decorators between ours there are several: the outermost makes the
 * span, the others pass the call on. A method has one chain; a field has one for each instance.
 */
export interface Chain {
  outermost?: AnyFn;
}

interface Wrapped {
  readonly element: Element;
  readonly chain: Chain;
  /** What it stands for: the original, or what a foreign decorator made of it. */
  readonly inner: AnyFn;
}

const wrappers = new WeakMap<AnyFn, Wrapped>();

/** What is known of a function, if it is a wrapper of ours. */
export function wrapped(fn: unknown): Wrapped | undefined {
  return typeof fn === 'function' ? wrappers.get(fn as AnyFn) : undefined;
}

/**
 * A function that stands for `inner`: same name, length, own properties, prototype and Reflect metadata; each call runs as the
 * element's plan says.
 */
export function wrap(inner: AnyFn, element: Element, chain: Chain): AnyFn {
  const wrapper = isConstructor(inner) ? constructible(inner, element, chain) : callable(inner, element, chain);
  takeShape(wrapper, inner);
  wrappers.set(wrapper, { element, chain, inner });
  chain.outermost = wrapper;
  return wrapper;
}

/** A method's shorthand can be called and not constructed, as methods, arrows and async functions can. */
function callable(inner: AnyFn, element: Element, chain: Chain): AnyFn {
  const { method } = {
    method(this: unknown, ...args: unknown[]): unknown {
      return chain.outermost === method
        ? runInSpan(element.plan, this, args, inner)
        : (Reflect.apply(inner, this, args) as unknown);
    },
  };
  return method;
}

/** `new` on a traced function constructs as the bare one does; that is no call to trace. */
function constructible(inner: AnyFn, element: Element, chain: Chain): AnyFn {
  return function wrapper(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined)
      return chain.outermost === wrapper
        ? runInSpan(element.plan, this, args, inner)
        : (Reflect.apply(inner, this, args) as unknown);
    return Reflect.construct(inner, args, new.target === wrapper ? inner : new.target) as unknown;
  };
}

/** Whether `new` works on it: generators have a `prototype` too, but are no constructors. Runs nothing of it. */
function isConstructor(fn: AnyFn): boolean {
  if (!Object.prototype.hasOwnProperty.call(fn, 'prototype')) return false;
  try {
    Reflect.construct(Object, [], fn);
    return true;
  } catch {
    return false;
  }
}

/** Reflect metadata, where the polyfill is loaded: containers and frameworks read it from the function. */
interface ReflectMetadata {
  getOwnMetadataKeys?(target: object): unknown[];
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
}

function takeShape(wrapper: AnyFn, inner: AnyFn): void {
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(inner) as object | null);
  for (const key of Reflect.ownKeys(inner)) {
    const descriptor = Object.getOwnPropertyDescriptor(inner, key);
    if (descriptor) Object.defineProperty(wrapper, key, descriptor);
  }
  for (const key of Reflect.ownKeys(wrapper)) if (!Object.hasOwn(inner, key)) Reflect.deleteProperty(wrapper, key);
  if (!Object.isExtensible(inner)) Object.preventExtensions(wrapper);
  const reflect = Reflect as ReflectMetadata;
  if (!reflect.getOwnMetadataKeys || !reflect.getOwnMetadata || !reflect.defineMetadata) return;
  for (const key of reflect.getOwnMetadataKeys(inner))
    reflect.defineMetadata(key, reflect.getOwnMetadata(key, inner), wrapper);
}
