import type { Context } from '@opentelemetry/api';
import { activeContext, withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Shape } from '../run.js';
import { watchIterations } from './async-iterable.js';
import { isObject, settleData } from './data.js';
import { isMethod, methodOf, overlay, unwatchable, type Method } from './methods.js';
import { follow } from './native-promise.js';
import { isNativePromise } from './promise-prototype.js';
import { promiseSubclass } from './promise-subclass.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * Any other object with a `then`: a query builder (knex, mongoose, Drizzle, Prisma), a lazy promise. Its work starts when
 * somebody calls `then`, so nobody here does: the user's call of it is watched, and runs inside the call's span.
 */
export const lazyThenable: Shape = (value, run) => {
  const then = methodOf(value, 'then');
  if (!then) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  const seen: Seen = { thens: 0, settled: false };
  const methods: Record<string, Method> = { then: settling(then, watch, seen) };
  for (const name of STARTERS) {
    const start = methodOf(value, name);
    if (start) methods[name] = starting(start, name, watch, seen);
  }
  if (!overlay(value, methods)) return unwatchable('thenable', value, run);
  remember(value, watch);
  if (methodOf(value, Symbol.asyncIterator)) watchIterations(value, watch);
  else watch.abandonWithout(value);
  return value;
};

/** Other methods that start the work in one library or another, and do so without `then`. */
const STARTERS = ['exec', 'execute', 'catch', 'finally', 'requestTransaction'] as const;

const SETTLEMENT = Object.freeze({});

function settling(then: Method, watch: Watch, seen: Seen): Method {
  return function (...handlers) {
    const [resolved, rejected] = handlers;
    seen.thens += 1;
    watch.started();
    watch.claim(SETTLEMENT);
    // The handlers are the consumer's: what they start does not belong below the call that made the query.
    const consumer = activeContext();
    return begin(then, this, watch, seen, [
      (value: unknown) => {
        settled(value, watch, seen);
        return isMethod(resolved) ? withContext(consumer, resolved, undefined, [value]) : value;
      },
      (error: unknown) => {
        failed(error, watch, seen);
        if (isMethod(rejected)) return withContext(consumer, rejected, undefined, [error]);
        throw error;
      },
      ...handlers.slice(2),
    ]);
  };
}

/**
 * A call of such a method: unless it went through `then`, the promise it gives tells the end. That promise is fresh, so the
 * caller may as well get one derived from it.
 */
function starting(start: Method, name: string, watch: Watch, seen: Seen): Method {
  return function (...args) {
    const before = seen.thens;
    watch.started();
    watch.claim(SETTLEMENT);
    const consumer = activeContext();
    const handlers =
      name === 'catch' || name === 'finally' ? args.map((arg) => handlerOf(arg, name, consumer, watch, seen)) : args;
    const promise = begin(start, this, watch, seen, handlers);
    if (seen.thens > before || !isObject(promise)) return promise;
    if (!isNativePromise(promise)) {
      // of a library's own kind, which is watched as what a call returns is
      if (promiseSubclass(promise, watch) === NOT_THIS_SHAPE) lazyThenable(promise, watch);
      return promise;
    }
    return follow(
      promise,
      (value) => {
        settled(value, watch, seen);
        return value;
      },
      (error) => {
        failed(error, watch, seen);
        throw error;
      },
    );
  };
}

/** A handler given to `catch` (after the classes of error it is for, in some libraries) or to `finally`. */
function handlerOf(arg: unknown, name: string, consumer: Context, watch: Watch, seen: Seen): unknown {
  if (!isMethod(arg) || arg.prototype instanceof Error) return arg;
  return (...args: readonly unknown[]) => {
    if (name === 'catch') failed(args[0], watch, seen);
    return withContext(consumer, arg, undefined, args);
  };
}

function begin(start: Method, self: unknown, watch: Watch, seen: Seen, args: readonly unknown[]): unknown {
  try {
    return withContext(watch.context, start, self, args);
  } catch (error) {
    failed(error, watch, seen);
    throw error;
  }
}

function settled(value: unknown, watch: Watch, seen: Seen): void {
  if (!seen.settled && watch.claim(SETTLEMENT)) settleData(value, watch);
  seen.settled = true;
}

function failed(error: unknown, watch: Watch, seen: Seen): void {
  if (!seen.settled && watch.claim(SETTLEMENT)) watch.fail(error);
  seen.settled = true;
}

/** What has happened to a thenable. It may be awaited many times, and mostly works each time: the first settlement counts. */
interface Seen {
  thens: number;
  settled: boolean;
}
