import { PassThrough, Readable } from 'node:stream';

const isIterator = (value) => typeof value?.next === 'function';
const isAsyncIterable = (value) => typeof value?.[Symbol.asyncIterator] === 'function';

/** Applies `change` to what a function gives, or to what its promise does. */
const changing = (change) => (fn) =>
  function (...args) {
    const result = fn.apply(this, args);
    return result instanceof Promise ? result.then(change) : change(result);
  };

/** Mistakes with data that comes in parts. */
export const streaming = {
  'drains at once': changing((result) => {
    if (isIterator(result) && result[Symbol.iterator]) {
      const values = [];
      for (let i = 0; i < 1_000; i++) {
        const { done, value } = result.next();
        if (done) break;
        values.push(value);
      }
      return values[Symbol.iterator]();
    }
    if (isIterator(result)) {
      const values = (async () => {
        const all = [];
        for await (const value of result) all.push(value);
        return all;
      })();
      values.catch(() => undefined);
      return (async function* () {
        yield* await values;
      })();
    }
    return result;
  }),
  'generates anew': changing((result) => {
    if (!isIterator(result)) return result;
    return result[Symbol.iterator]
      ? (function* () {
          for (let step = result.next(); !step.done; step = result.next()) yield step.value;
        })()
      : (async function* () {
          for (let step = await result.next(); !step.done; step = await result.next()) yield step.value;
        })();
  }),
  'is an iterator of its own': changing((result) =>
    isIterator(result)
      ? {
          next: (...args) => result.next(...args),
          return: (...args) => result.return(...args),
          throw: (...args) => result.throw(...args),
          [Symbol.iterator]() {
            return this;
          },
          [Symbol.asyncIterator]() {
            return this;
          },
        }
      : result,
  ),
  'one step at a time': changing((result) => {
    if (!isIterator(result)) return result;
    const next = result.next.bind(result);
    let busy = false;
    result.next = (...args) => {
      if (busy) throw new Error('busy');
      busy = true;
      return next(...args).finally(() => (busy = false));
    };
    return result;
  }),
  'wraps iterables': changing((result) =>
    isAsyncIterable(result)
      ? (async function* () {
          yield* result;
        })()
      : result,
  ),
  'pipes streams': changing((result) => {
    if (result instanceof ReadableStream) return result.pipeThrough(new TransformStream());
    if (result instanceof Readable) return result.pipe(new PassThrough({ objectMode: result.readableObjectMode }));
    return result;
  }),
  'reads streams': changing((result) => {
    if (result instanceof ReadableStream) {
      const [mine, yours] = result.tee();
      void (async () => {
        for await (const chunk of mine) void chunk;
      })().catch(() => undefined);
      return yours;
    }
    if (result instanceof Readable) result.on('data', () => undefined);
    return result;
  }),
  'locks streams': changing((result) => {
    if (result instanceof ReadableStream) result.getReader();
    return result;
  }),
  'listens for errors': changing((result) => {
    if (typeof result?.on === 'function') result.on('error', () => undefined);
    return result;
  }),
  'subscribes for itself': changing((result) => {
    if (typeof result?.subscribe === 'function') result.subscribe({ error: () => undefined });
    return result;
  }),
  'hides the end of subscriptions': changing((result) => {
    if (typeof result?.subscribe !== 'function') return result;
    return new (Object.getPrototypeOf(result).constructor)(
      (observer) => void result.subscribe({ next: (v) => observer.next(v) }),
    );
  }),
};

/** Answers a second iteration from memory. */
streaming['reads again'] = changing((result) => {
  if (!isAsyncIterable(result)) return result;
  const read = result[Symbol.asyncIterator].bind(result);
  let memory;
  result[Symbol.asyncIterator] = async function* () {
    if (memory) return yield* memory;
    memory = [];
    for await (const value of { [Symbol.asyncIterator]: read }) yield (memory.push(value), value);
  };
  return result;
});

/** Ends a stream that fails as if it were over. */
streaming['swallows stream errors'] = changing((result) => {
  if (!(result instanceof ReadableStream)) return result;
  const reader = result.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => ({ done: true }));
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
});

/** Reads a response for its own ends. */
streaming['parses the response'] = changing((result) => {
  if (result instanceof Response) void result.text();
  return result;
});

/** Gives an Observable of a class of its own. */
streaming['proxies observables'] = changing((result) =>
  typeof result?.subscribe === 'function' ? { subscribe: result.subscribe.bind(result) } : result,
);

/** Reads on by hand, so that a `break` stays here. */
streaming['never returns to the source'] = changing((result) => {
  if (!isAsyncIterable(result)) return result;
  const read = result[Symbol.asyncIterator].bind(result);
  result[Symbol.asyncIterator] = () => {
    const steps = read();
    return { next: () => steps.next() };
  };
  return result;
});

/** Wraps a stream and does not hand on that it is cancelled. */
streaming['swallows cancellation'] = changing((result) => {
  if (!(result instanceof ReadableStream)) return result;
  const reader = result.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
});

/** Subscribes with a listener for errors of its own, which they do not pass. */
streaming['swallows errors of subscriptions'] = changing((result) => {
  if (typeof result?.subscribe !== 'function') return result;
  const subscribe = result.subscribe.bind(result);
  result.subscribe = (observer) =>
    subscribe({ next: typeof observer === 'function' ? observer : observer?.next, error: () => undefined });
  return result;
});

/** Takes every option of a pipe for the default. */
streaming['pipes and cancels'] = changing((result) => {
  if (!(result instanceof ReadableStream)) return result;
  const pipe = result.pipeTo.bind(result);
  result.pipeTo = (sink) => pipe(sink);
  return result;
});
