import { settle } from '../../../lib/span/settle.js';
import { RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};
const collect = async (items: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
};

class Cursor {
  #rows = [1, 2];
  readonly contexts: unknown[] = [];
  returned = 0;
  get name(): string {
    return `cursor of ${String(this.#rows.length)}`;
  }
  [Symbol.asyncIterator](): AsyncIterator<number> {
    let at = 0;
    return {
      next: async () => {
        this.contexts.push(where());
        const row = this.#rows[at++];
        return row === undefined ? { done: true, value: undefined } : { done: false, value: row };
      },
      return: async () => {
        this.returned += 1;
        return { done: true, value: undefined };
      },
    };
  }
}

describe('an async iterable of its own class', () => {
  test('stays itself, and is read inside the run', async () => {
    const { value, run } = watch(new Cursor());
    expect([value.name, Object.keys(value)]).toEqual(['cursor of 2', ['contexts', 'returned']]);
    for await (const _ of value) expect(where()).toBe('consumer');
    expect(value.contexts).toEqual(['run', 'run', 'run']);
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test('is cancelled by a break, which reaches the source', async () => {
    const { value, run } = watch(new Cursor());
    for await (const _ of value) break;
    expect(value.returned).toBe(1);
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
  });

  test('read twice counts the first reading', async () => {
    const { value, run } = watch(new Cursor());
    expect(await Promise.all([collect(value), collect(value)])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(await collect(value)).toEqual([1, 2]);
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test("gives an iterator that is never used to nobody's harm", async () => {
    const { value, run } = watch(new Cursor());
    value[Symbol.asyncIterator]();
    expect(await collect(value)).toEqual([1, 2]);
    expect(run.ends).toEqual([['succeed']]);
  });

  test.each<[string, () => AsyncIterator<number>]>([
    [
      'returns plain results, no promises',
      () => {
        let n = 0;
        return { next: () => ({ done: ++n > 2, value: n }) as never };
      },
    ],
    [
      'has no return()',
      () => {
        let n = 0;
        return { next: async () => (++n > 2 ? { done: true, value: undefined } : { done: false, value: n }) };
      },
    ],
    [
      'gives thenables that answer nothing',
      () => {
        let n = 0;
        return {
          next: () =>
            ({
              then: (done: (r: unknown) => void) => {
                done({ done: ++n > 2, value: n });
              },
            }) as never,
        };
      },
    ],
    [
      'is an async generator',
      () =>
        (async function* () {
          yield 1;
          yield 2;
        })(),
    ],
    [
      'is frozen',
      () => {
        let n = 0;
        return Object.freeze({
          next: async () => (++n > 2 ? { done: true as const, value: undefined } : { done: false as const, value: n }),
        });
      },
    ],
  ])('may have an iterator that %s', async (name, make) => {
    const { value, run } = watch({ [Symbol.asyncIterator]: make });
    expect(await collect(value)).toEqual([1, 2]);
    if (name === 'is frozen') return; // its end is not seen
    expect(run.chunks).toEqual([1, 2]);
    expect(run.ends).toHaveLength(1);
    const broken = watch({ [Symbol.asyncIterator]: make });
    for await (const _ of broken.value) break;
    expect(broken.run.log).toEqual([['chunk', 1], ['cancel']]);
  });

  test.each<[string, AsyncIterator<number>]>([
    ['next() rejects', { next: () => Promise.reject(new RangeError('x')) }],
    [
      'next() throws',
      {
        next: () => {
          throw new RangeError('x');
        },
      },
    ],
    [
      'return() rejects',
      { next: async () => ({ done: false, value: 1 }), return: () => Promise.reject(new RangeError('x')) },
    ],
  ])('whose %s fails with that error', async (_, iterator) => {
    const { value, run } = watch({ [Symbol.asyncIterator]: () => iterator });
    const error: unknown = await (async () => {
      for await (const _ of value) break;
    })().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RangeError);
    expect(run.ends).toEqual([['fail', error]]);
  });

  test('whose iteration cannot begin throws as before', async () => {
    const error = new Error('busy');
    const { value } = watch({
      [Symbol.asyncIterator](): AsyncIterator<number> {
        throw error;
      },
    });
    await expect(collect(value)).rejects.toBe(error);
  });

  test('that is its own iterator is watched, and may be a thenable no consumer awaits', async () => {
    let n = 0;
    const queue = {
      next: async () => ({ done: ++n > 2, value: n }),
      size: 2,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const { value, run } = watch(queue);
    expect(await collect(value)).toEqual([1, 2]);
    expect(run.chunks).toEqual([1, 2]);
    expect(run.ends).toEqual([['succeed', 3]]);
  });

  test('that is disposed of without being read is cancelled', async () => {
    const dispose = (Symbol as { asyncDispose?: symbol }).asyncDispose;
    if (!dispose) return;
    const source = Object.assign(new Cursor(), { [dispose]: async () => 'disposed' });
    const { value, run } = watch(source);
    expect(await (value as unknown as Record<symbol, () => Promise<string>>)[dispose]?.()).toBe('disposed');
    expect(run.log).toEqual([['cancel']]);
  });

  const CLOSE = { freeze: <T>(o: T): T => Object.freeze(o), seal: <T>(o: T): T => Object.seal(o) };
  test.each(['freeze', 'seal'] as const)('under Object.%s ends at the return', async (close) => {
    const { value, run } = watch(CLOSE[close](new Cursor()));
    expect(run.log.map(([what]) => what)).toEqual(['succeed']);
    expect(await collect(value)).toEqual([1, 2]);
  });

  test('that gives what a traced call below returned tells both', async () => {
    const inner = new RecordingRun('inner');
    const { value, run } = watch({
      [Symbol.asyncIterator]: () =>
        settle(
          (async function* () {
            yield where();
          })(),
          inner,
        ) as AsyncGenerator,
    });
    expect(await collect(value)).toEqual(['inner']);
    expect(inner.log).toEqual([['chunk', 'inner'], ['succeed']]);
    expect(run.log).toEqual([['chunk', 'inner'], ['succeed']]);
  });

  test('that is a list page is a complete value', async () => {
    const page = {
      data: [1],
      iterPages: () => [],
      getPaginatedItems: () => [1],
      async *[Symbol.asyncIterator]() {
        yield 1;
      },
    };
    expect(watch(page).run.log).toEqual([['succeed', page]]);
  });
});

describe('the stream of a model’s SDK', () => {
  /** As openai and Anthropic make it: what iterates it, and `tee()`, ask its own `iterator`. */
  class Stream {
    readonly controller: unknown;
    iterator: () => AsyncIterator<number>;
    constructor(iterator: () => AsyncIterator<number>, controller: unknown = new AbortController()) {
      this.iterator = iterator;
      this.controller = controller;
    }
    [Symbol.asyncIterator](): AsyncIterator<number> {
      return this.iterator();
    }
    tee(): [Stream, Stream] {
      const source = this.iterator();
      const queues: Promise<IteratorResult<number>>[][] = [[], []];
      const branch = (own: number) => new Stream(() => ({
        next: () => {
          if (queues[own]?.length === 0) {
            const next = source.next();
            for (const queue of queues) queue.push(next);
          }
          return queues[own]?.shift() as Promise<IteratorResult<number>>;
        },
      }));
      return [branch(0), branch(1)];
    } // prettier-ignore
  }
  const stream = (controller?: unknown) => new Stream(() => new Cursor()[Symbol.asyncIterator](), controller);
  const both = [['chunk', 1], ['chunk', 2], ['succeed']];

  test('counts each chunk once, iterated or forked', async () => {
    const iterated = watch(stream());
    expect(await collect(iterated.value)).toEqual([1, 2]);
    const forked = watch(stream());
    expect(await Promise.all(forked.value.tee().map(collect))).toEqual([[1, 2], [1, 2]]); // prettier-ignore
    for (const { run } of [iterated, forked]) expect(run.log).toEqual(both);
  });

  test('aborted before anybody reads it is cancelled, once', () => {
    const controller = new AbortController();
    const { run } = watch(stream(controller));
    expect(run.log).toEqual([]);
    controller.abort();
    expect(run.log).toEqual([['cancel']]);
  });

  test('aborted while it is read ends as the reader sees it', async () => {
    const controller = new AbortController();
    const { value, run } = watch(stream(controller));
    const iterator = value[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort();
    expect(run.log).toEqual([['chunk', 1]]);
    await iterator.next();
    await iterator.next();
    expect(run.log).toEqual(both);
  });

  test.each([undefined, null, 'text', {}, { signal: null }, { signal: {} }])(
    'may have %p for a controller',
    async (controller) => {
      const { value, run } = watch(stream(controller));
      expect(await collect(value)).toEqual([1, 2]);
      expect(run.log).toEqual(both);
    },
  );

  test('whose `iterator` is its class’s, or no method, is read by the protocol', async () => {
    class Other extends Cursor {
      iterator(): never {
        throw new Error('not asked');
      }
    }
    for (const source of [new Other(), Object.assign(new Cursor(), { iterator: 'a name' })]) {
      const { value, run } = watch(source);
      expect(await collect(value)).toEqual([1, 2]);
      expect(run.log).toEqual(both);
    }
  });
});

describe('an iteration', () => {
  test('that the source gives again is the same one', async () => {
    const iterator = new Cursor()[Symbol.asyncIterator]();
    const { value, run } = watch({ [Symbol.asyncIterator]: () => iterator });
    for await (const _ of value) { await value[Symbol.asyncIterator]().next(); } // prettier-ignore
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test('beside the first neither adds to the call nor ends it', async () => {
    const { value, run } = watch(new Cursor());
    const first = value[Symbol.asyncIterator]();
    await first.next();
    for await (const _ of value) break;
    const error = new Error('second');
    const second = value[Symbol.asyncIterator]();
    await second.next();
    await (second.throw?.(error) ?? Promise.resolve()).catch(() => {});
    expect(await collect(value)).toEqual([1, 2]);
    expect(run.log).toEqual([['chunk', 1]]);
    await first.next();
    await first.next();
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test('beside the first that fails does not fail the call', async () => {
    let begun = 0;
    const { value, run } = watch({
      [Symbol.asyncIterator]: () =>
        begun++ === 0 ? new Cursor()[Symbol.asyncIterator]() : { next: () => Promise.reject(new Error('second')) },
    });
    const first = value[Symbol.asyncIterator]();
    await first.next();
    await expect(collect(value)).rejects.toThrow('second');
    expect(run.ends).toEqual([]);
  });

  test('without return() can be left, with the value it is left with', async () => {
    const { value, run } = watch({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }) }) as never });
    const iterator = value[Symbol.asyncIterator]() as AsyncIterator<number>;
    await iterator.next();
    expect(await iterator.return?.('left')).toEqual({ done: true, value: 'left' });
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
  });
});

test.each(['iterPages', 'getPaginatedItems'])('an iterable with %s() alone is no list page', async (name) => {
  const { value, run } = watch(Object.assign(new Cursor(), { [name]: () => [] }));
  expect(await collect(value)).toEqual([1, 2]);
  expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
});

describe('a dispose', () => {
  const dispose: symbol | undefined = Symbol.asyncDispose;
  const disposable = <T extends object>(source: T) => Object.assign(source, { [dispose]: async () => 'disposed' });

  test('after the end changes nothing', async () => {
    const { value, run } = watch(disposable(new Cursor()));
    await collect(value);
    expect(await value[dispose]?.()).toBe('disposed');
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test('of what has a return() of its own is left to that', async () => {
    const source = {
      ...new Cursor()[Symbol.asyncIterator](),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const { value, run } = watch(disposable(source));
    await value.next();
    await value[dispose]?.();
    expect(run.log).toEqual([['chunk', 1]]);
  });
});
