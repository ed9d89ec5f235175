import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { settleData } from './data.js';
import { overlay, unwatchable } from './methods.js';
import { isPromisePrototype, type PromisePrototype } from './promise-prototype.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * A promise of a subclass that inherits `then`, so it is under way already. Deriving may lose its class and does lose its
 * fields; it is listened to on the side, and keeps its own rejection as unhandled as it was: the listener's promise rejects
 * too, and is marked as handled by the first use of the original. That use is seen: `await` calls the `then` of a subclass.
 */
export const promiseSubclass: Shape = (value, run) => {
  const prototype = promisePrototypeOf(value);
  if (!prototype || Reflect.get(value, 'then') !== prototype.then) return NOT_THIS_SHAPE;
  const then = prototype.then;
  let side: Promise<unknown> | undefined;

  const watched = overlay(value, {
    then: function (this: Promise<unknown>, ...handlers: Parameters<typeof then>) {
      if (side) void then.call(side, undefined, ignore);
      side = undefined;
      return then.apply(this, handlers);
    },
  });
  const watch = new Watch(run);
  side = watched ? listen(value, then, watch) : undefined;
  if (!side) return unwatchable('promise', value, run);
  remember(value, watch);
  return value;
};

/** Listens without the subclass's constructor, which `then` calls for its own result: a promise without a `constructor` gives a plain one. */
function listen(value: object, then: PromisePrototype['then'], run: Run): Promise<unknown> | undefined {
  const own = Reflect.getOwnPropertyDescriptor(value, 'constructor');
  if (!Reflect.defineProperty(value, 'constructor', { value: undefined, configurable: true, writable: true }))
    return undefined;
  try {
    return then.call(
      value,
      (result: unknown) => settleData(result, run),
      (error: unknown) => {
        run.fail(error);
        throw error;
      },
    );
  } finally {
    if (own) Reflect.defineProperty(value, 'constructor', own);
    else Reflect.deleteProperty(value, 'constructor');
  }
}

function promisePrototypeOf(value: object): PromisePrototype | undefined {
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === 'object' && prototype !== null) {
    if (isPromisePrototype(prototype)) return prototype;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

function ignore(): void {}
