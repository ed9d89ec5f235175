import type { Context } from '@opentelemetry/api';
import { withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { watchIterator } from './iterator.js';
import { methodOf, overlay, unwatchable, type Method } from './methods.js';
import { Watch } from './watch.js';
import { remember, watchOf } from './watched.js';

/** An async generator object, or another object that `for await` reads: the stream of a model's SDK, a cursor, a queue. */
export const asyncIterable: Shape = (value, run) => {
  if (!methodOf(value, Symbol.asyncIterator) || isPage(value)) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  if (!watchIterations(value, watch)) return unwatchable('async iterable', value, run);
  remember(value, watch);
  return value;
};

/** Watches each iteration of an object that can be iterated, maybe beside other uses: a list request can be awaited instead. */
export function watchIterations(source: object, watch: Watch): boolean {
  const iterates = Boolean(methodOf(source, 'next')) && watchIterator(source, watch);
  // The streams of openai's SDK iterate and `tee()` through their own `iterator`; other objects through the protocol.
  const key = Object.hasOwn(source, 'iterator') && methodOf(source, 'iterator') ? 'iterator' : Symbol.asyncIterator;
  const begin = methodOf(source, key);
  if (!begin) return iterates;
  const watched = overlay(source, { [key]: beginning(begin, watch), ...disposing(source, watch) });
  if (watched || iterates) watch.abandonWithout(source);
  if (watched) cancelOnAbort(source, watch);
  return watched || iterates;
}

/** An SDK's list page can be iterated over all pages, but is itself a complete answer, and is mostly read as that. */
function isPage(value: object): boolean {
  return Boolean(methodOf(value, 'iterPages') && methodOf(value, 'getPaginatedItems'));
}

function beginning(begin: Method, watch: Watch): Method {
  return function (...args) {
    const iterator = withContext(watch.context, begin, this, args);
    if (typeof iterator === 'object' && iterator !== null && iterator !== this) watchTurn(iterator, watch);
    return iterator;
  };
}

function watchTurn(iterator: object, watch: Watch): void {
  const turn = new Turn(watch);
  const known = watchOf(iterator); // asked for again, or a generator that a traced method below has returned
  if (known) return known.join(turn);
  const turnWatch = new Watch(turn);
  if (!watchIterator(iterator, turnWatch, NO_RETURN)) return;
  remember(iterator, turnWatch);
  watch.abandonWithout(iterator); // an iterator may outlive its stream: `tee()` keeps no more than that
}

/** An iterator made for one loop, without `return`: a `break` would go unseen. */
const NO_RETURN = {
  return: (value?: unknown): unknown => Promise.resolve({ done: true, value }),
};

/** One of several iterations of a source: the first that reads owns the chunks and the end. */
class Turn implements Run {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  get context(): Context {
    return this.#watch.context;
  }

  begin(): void {
    this.#watch.claim(this);
  }

  chunk(value: unknown): void {
    if (this.#watch.claim(this)) this.#watch.chunk(value);
  }

  succeed(value?: unknown): void {
    if (this.#watch.claim(this)) this.#watch.succeed(value);
  }

  fail(error: unknown): void {
    if (this.#watch.claim(this)) this.#watch.fail(error);
  }

  cancel(): void {
    if (this.#watch.claim(this)) this.#watch.cancel();
  }

  abandon(): void {
    if (this.#watch.claim(this)) this.#watch.abandon();
  }
}

/** `await using` on a stream object that was not iterated to its end. (A generator's dispose goes through its `return`.) */
function disposing(source: object, watch: Watch): Record<PropertyKey, Method> {
  const key: symbol | undefined = Symbol.asyncDispose;
  const dispose = key && !methodOf(source, 'return') ? methodOf(source, key) : undefined;
  if (!dispose) return {};
  return {
    [key]: function (...args) {
      const result = withContext(watch.context, dispose, this, args);
      watch.cancel();
      return result;
    },
  };
}

/** An SDK stream that is aborted before anybody iterates it gives no sign of its own. */
function cancelOnAbort(source: object, watch: Watch): void {
  const controller: unknown = 'controller' in source ? source.controller : undefined;
  const signal: unknown =
    typeof controller === 'object' && controller !== null && 'signal' in controller ? controller.signal : undefined;
  if (signal instanceof EventTarget) signal.addEventListener('abort', cancelling(watch), { once: true });
}

function cancelling(watch: Watch): () => void {
  return () => {
    if (!watch.claimed) watch.cancel();
  };
}
