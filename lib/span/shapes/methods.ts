import { reportOnce } from '../../safely.js';
import type { Run } from '../run.js';

/** A method of somebody else's object, which alone knows what its `this` is. */
export type Method = (this: any, ...args: readonly unknown[]) => unknown;

/** The arguments of a call without any: one array for all of them. */
export const NO_ARGUMENTS: readonly never[] = Object.freeze([]);

/** The method `key` of a foreign object; `in` is asked first, since most objects lack it and no getter needs to run to tell. */
export function methodOf(object: object, key: PropertyKey): Method | undefined {
  const method: unknown = key in object ? Reflect.get(object, key) : undefined;
  return isMethod(method) ? method : undefined;
}

/** Can this be called? */
export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

/**
 * Puts own methods over those of an object, so that it keeps its identity, class and private fields: all of them or none.
 * They stay out of `Object.keys`, unless they replace an own property that was in it. Gives whether they took: an object
 * may be frozen, and a Proxy may accept a property and go on answering with another.
 */
export function overlay(object: object, methods: Readonly<Record<PropertyKey, unknown>>): boolean {
  const before: [PropertyKey, PropertyDescriptor | undefined][] = [];
  try {
    for (const key of Reflect.ownKeys(methods)) {
      const own = Reflect.getOwnPropertyDescriptor(object, key);
      const value = methods[key];
      const defined = Reflect.defineProperty(object, key, {
        value,
        enumerable: own?.enumerable ?? false,
        configurable: true,
        writable: true,
      });
      if (defined) before.push([key, own]);
      if (!defined || Reflect.get(object, key) !== value) return restore(object, before);
    }
    return true;
  } catch {
    return restore(object, before);
  }
}

function restore(object: object, before: readonly [PropertyKey, PropertyDescriptor | undefined][]): false {
  try {
    for (const [key, own] of before) {
      if (own) Reflect.defineProperty(object, key, own);
      else Reflect.deleteProperty(object, key);
    }
  } catch {
    // a Proxy that throws: what it did not let us take back does no harm
  }
  return false;
}

/** Ends the run of a value that cannot be watched (frozen, or a Proxy of its own mind) at the return; the caller gets it as it is. */
export function unwatchable(what: string, value: object, run: Run): object {
  reportOnce(`a returned ${what} cannot be watched (frozen, or a Proxy): its span ends at the return`);
  run.succeed(value);
  return value;
}
