import { reportOnce } from '../safely.js';
import { isAsyncFunction } from './async-function.js';
import type { AnyFn } from './call.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from './run.js';
import { isObject, settleData } from './shapes/data.js';
import { lazyThenable } from './shapes/lazy-thenable.js';
import { nativePromise, newPromise } from './shapes/native-promise.js';
import { promiseSubclass } from './shapes/promise-subclass.js';
import { sdkPromise } from './shapes/sdk-promise.js';
import { returnedFor, watchOf } from './shapes/watched.js';

const promises: readonly Shape[] = [nativePromise, sdkPromise, promiseSubclass, lazyThenable];

/**
 * Ends `run` when what a call of `called` returned is over: now for a value that is complete, at its settlement for a promise, at its end
 * for a stream of any shape, also one that a promise gives. Call it once, and return what it gives to the caller: the same
 * object, except for a native promise, which cannot be watched in place. Never throws.
 */
export function settle(result: unknown, run: Run, called?: AnyFn): unknown {
  return isObject(result) ? settleObject(result, run, called) : settleNow(result, run);
}

function settleNow(result: unknown, run: Run): unknown {
  run.succeed(result);
  return result;
}

function settleObject(result: object, run: Run, called: AnyFn | undefined): unknown {
  try {
    if ('then' in result) {
      if (called && isAsyncFunction(called)) return newPromise(result as Promise<unknown>, run);
      const known = watchOf(result);
      if (known) {
        known.join(run);
        return returnedFor(result);
      }
      for (const promise of promises) {
        const returned = promise(result, run);
        if (returned !== NOT_THIS_SHAPE) return returned;
      }
    }
  } catch (fault) {
    reportOnce('a returned promise could not be watched', fault);
    return settleNow(result, run);
  }
  settleData(result, run);
  return result;
}
