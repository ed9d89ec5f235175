import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { settleData } from './data.js';
import { isNativePromise, type PromisePrototype } from './promise-prototype.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * A native promise, of this realm or another. `await` does not call the `then` of one, so it cannot be watched in place; a
 * listener on the side would turn a rejection that nobody handles into silence. The caller gets the promise of that
 * listener: settled with the same value or reason, and rejected unheard exactly when the original would be.
 */
export const nativePromise: Shape = (value, run) => {
  if (!isNativePromise(value)) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  const derived = watched(value, watch);
  copyOwn(value, derived);
  remember(value, watch, derived);
  return derived;
};

/** {@link nativePromise} for one that was made just now: it has nothing of its own, and no call will return it again. */
export const newPromise = (promise: Promise<unknown>, run: Run): Promise<unknown> => watched(promise, new Watch(run));

function watched(promise: Promise<unknown>, watch: Watch): Promise<unknown> {
  const derived = derive(
    promise,
    (result) => {
      settleData(result, watch);
      return result;
    },
    (error) => {
      watch.fail(error);
      throw error;
    },
  );
  remember(derived, watch);
  return derived;
}

/** The promise derived from a native one, with what the original has of its own; the listeners hand on the value or the error they are given. */
export function follow(
  promise: Promise<unknown>,
  resolved: (value: unknown) => unknown,
  rejected: (error: unknown) => never,
): Promise<unknown> {
  const derived = derive(promise, resolved, rejected);
  copyOwn(promise, derived);
  return derived;
}

function derive(
  promise: Promise<unknown>,
  resolved: (value: unknown) => unknown,
  rejected: (error: unknown) => never,
): Promise<unknown> {
  const { then } = Object.getPrototypeOf(promise) as PromisePrototype; // a promise may have an own `then`, which `await` would not call either
  return then.call(promise, resolved, rejected);
}

/** What Node 20 puts on every promise while an AsyncLocalStorage is in use: the original's own affair. */
const ASYNC_HOOKS = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore']);
/** Those of them that were seen: to ask a symbol for its description takes longer than all else here. */
const seen = new Set<PropertyKey>();

function isAsyncHook(key: PropertyKey): boolean {
  if (seen.has(key)) return true;
  if (typeof key !== 'symbol' || !ASYNC_HOOKS.has(key.description ?? '')) return false;
  seen.add(key);
  return true;
}

/** `promise.cancel` and the like belong to what the caller gets. */
function copyOwn(source: object, derived: object): void {
  for (const key of Reflect.ownKeys(source)) {
    if (isAsyncHook(key)) continue;
    const property = Reflect.getOwnPropertyDescriptor(source, key);
    if (property) Reflect.defineProperty(derived, key, property);
  }
  if (Object.isExtensible(source)) return;
  if (Object.isFrozen(source)) Object.freeze(derived);
  else if (Object.isSealed(source)) Object.seal(derived);
  else Object.preventExtensions(derived);
}
