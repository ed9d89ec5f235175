/** Is this a promise that no subclass made? */
export function isNativePromise(value: object): value is Promise<unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Promise.prototype || isPromisePrototype(prototype);
}

/**
 * Is this the Promise.prototype of a realm (another `vm` context, a frame, the host's own)? Its promises may not be
 * `instanceof Promise` here, while their `then` derives a promise of the same realm.
 */
export function isPromisePrototype(value: unknown): value is PromisePrototype {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'then') || !Object.hasOwn(value, 'finally'))
    return false;
  if (value === Promise.prototype || foreign.has(value)) return true;
  const then: unknown = Reflect.get(value, 'then');
  const native = typeof then === 'function' && NATIVE_THEN.test(Function.prototype.toString.call(then));
  if (native) foreign.add(value);
  return native;
}

/** `%Promise.prototype%` of any realm. */
export interface PromisePrototype {
  readonly then: Promise<unknown>['then'];
}

/** Those of other realms that were met. */
const foreign = new WeakSet();

const NATIVE_THEN = /^function then\(\)\s*\{\s*\[native code\]\s*\}$/;
