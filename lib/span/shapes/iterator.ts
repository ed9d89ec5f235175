import { withContext } from '../../context/active.js';
import type { Run } from '../run.js';
import { methodOf, NO_ARGUMENTS, overlay, type Method } from './methods.js';
import { isNativePromise } from './promise-prototype.js';

/**
 * Watches an iterator of either kind, generator objects among them, in place: the object keeps its prototype, and everything
 * that reads its `next` is seen (`for`, `yield*`, spread, Readable.from). Each step runs in the run's context, since a
 * generator's body takes the context of whoever calls `next`. Gives whether the object let itself be watched.
 */
export function watchIterator(iterator: object, run: Run, missing?: { return: Method }): boolean {
  const next = methodOf(iterator, 'next');
  if (!next) return false;
  const leave = methodOf(iterator, 'return') ?? missing?.return;
  const raise = methodOf(iterator, 'throw');
  const step = stepsOf(run);
  return overlay(iterator, {
    next: function (_value?: unknown) {
      return step(next, this, arguments.length === 0 ? NO_ARGUMENTS : [...arguments], false);
    },
    ...(leave && {
      return: function (_value?: unknown) {
        return step(leave, this, [...arguments], true);
      },
    }),
    ...(raise && {
      throw: function (_error?: unknown) {
        return step(raise, this, [...arguments], false);
      },
    }),
  });
}

/** One step: its result is noted and handed on, a promise of it as a derived promise, so that a rejection stays as unhandled as it was. */
function stepsOf(run: Run): (method: Method, self: unknown, args: readonly unknown[], leaving: boolean) => unknown {
  const { context } = run;
  let begun = false;
  let running = false;

  const stepped = (result: unknown): unknown => {
    note(result, run, false);
    return result;
  };
  const left = (result: unknown): unknown => {
    note(result, run, true);
    return result;
  };
  const failed = (error: unknown): never => {
    run.fail(error);
    throw error;
  };

  return (method, self, args, leaving) => {
    if (!begun) run.begin?.();
    begun = true;
    const reentered = running; // "Generator is already running" is the inner caller's mistake, not the generator's end
    running = true;
    let result: unknown;
    try {
      result = withContext(context, method, self, args);
    } catch (error) {
      if (!reentered) run.fail(error);
      throw error;
    } finally {
      running = reentered;
    }
    if (isPromiseLike(result)) return promiseOf(result).then(leaving ? left : stepped, failed);
    return leaving ? left(result) : stepped(result);
  };
}

function note(result: unknown, run: Run, leaving: boolean): void {
  let done: boolean;
  let value: unknown;
  try {
    if (typeof result !== 'object' || result === null) {
      if (leaving) run.cancel();
      return; // no iterator result: a `next` that means something else, or a mistake that the consumer is told of
    }
    const step: IteratorResult<unknown, unknown> = result as IteratorResult<unknown, unknown>;
    done = Boolean(step.done);
    value = step.value;
  } catch {
    return; // getters that throw: the consumer meets them too
  }
  if (!done)
    run.chunk(value); // also from `return`: a `finally` may yield
  else if (leaving) run.cancel();
  else run.succeed(value);
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  );
}

/** A thenable of another kind may answer nothing when its `then` is called. */
function promiseOf(value: PromiseLike<unknown>): PromiseLike<unknown> {
  return value instanceof Promise || isNativePromise(value) ? value : Promise.resolve(value);
}
