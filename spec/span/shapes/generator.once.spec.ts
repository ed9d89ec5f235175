import { Readable } from 'node:stream';
import { types } from 'node:util';
import { settle } from '../../../lib/span/settle.js';
import { RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

function* counting(log: unknown[] = []): Generator<number, string, unknown> {
  try {
    log.push(where());
    const sent = yield 1;
    log.push(sent, where());
    yield 2;
    return 'done';
  } finally {
    log.push('finally', where());
  }
}

async function* countingAsync(log: unknown[] = []): AsyncGenerator<number, string, unknown> {
  try {
    log.push(where());
    const sent = yield 1;
    await null;
    log.push(sent, where());
    yield 2;
    return 'done';
  } finally {
    await null;
    log.push('finally', where());
  }
}

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  const given = settle(value, run);
  expect(given).toBe(value);
  return { value, run };
};

describe('a sync generator object', () => {
  test('runs its body inside the run and ends it with the returned value', () => {
    const log: unknown[] = [];
    const { value, run } = watch(counting(log));
    expect(run.log).toEqual([]);
    expect([value.next('ignored'), value.next('sent'), value.next(), value.next()]).toEqual([
      { value: 1, done: false },
      { value: 2, done: false },
      { value: 'done', done: true },
      { value: undefined, done: true },
    ]);
    expect(log).toEqual(['run', 'sent', 'run', 'finally', 'run']);
    expect(run.log).toEqual([
      ['chunk', 1],
      ['chunk', 2],
      ['succeed', 'done'],
    ]);
    expect(where()).toBe('consumer');
  });

  test('is cancelled by a break, and its finally runs inside the run', () => {
    const log: unknown[] = [];
    const { value, run } = watch(counting(log));
    for (const item of value) if (item === 1) break;
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
    expect(log).toEqual(['run', 'finally', 'run']);
  });

  test('stays the object it was', () => {
    const { value } = watch(counting());
    expect(value instanceof counting).toBe(true);
    expect(types.isGeneratorObject(value)).toBe(true);
    expect(value[Symbol.iterator]()).toBe(value);
    expect(Object.keys(value)).toEqual([]);
    expect([value.next.name, value.next.length]).toEqual(['next', 1]);
    expect([value.return.length, value.throw.length]).toEqual([1, 1]);
  });

  test.each<[string, (g: Generator<number, string, unknown>) => unknown, unknown[][]]>([
    [
      'spread',
      (g) => [...g],
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
    [
      'destructuring',
      (g) => {
        const [a] = g;
        return a;
      },
      [['chunk', 1], ['cancel']],
    ],
    [
      'yield*',
      (g) => [
        ...(function* () {
          yield* g;
        })(),
      ],
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
    ['return() before the start', (g) => g.return('x'), [['cancel']]],
    [
      'throw() before the start',
      (g) => {
        try {
          g.throw(null);
        } catch (e) {
          return e;
        }
        return 'no';
      },
      [['fail', null]],
    ],
    [
      'Array.from',
      (g) => Array.from(g),
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
    [
      'new Map-like constructors',
      (g) => new Set(g).size,
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
  ])('gives the same by %s', (_, use, events) => {
    const { value, run } = watch(counting());
    expect(use(value)).toEqual(use(counting()));
    expect(run.log).toEqual(events);
  });

  test('passes on the error of its body, whatever it is, and records it once', () => {
    function* failing(): Generator<number> {
      yield 1;
      throw null;
    }
    const { value, run } = watch(failing());
    value.next();
    let thrown: unknown = 'nothing';
    try {
      value.next();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeNull();
    expect(value.next()).toEqual({ value: undefined, done: true });
    expect(run.log).toEqual([
      ['chunk', 1],
      ['fail', null],
    ]);
  });

  test('that catches throw() and is over has succeeded', () => {
    function* content(): Generator<string, string> {
      try {
        yield 'a';
      } catch (error) {
        return `caught ${String(error)}`;
      }
      return 'end';
    }
    const { value, run } = watch(content());
    value.next();
    expect(value.throw('x')).toEqual({ value: 'caught x', done: true });
    expect(run.log).toEqual([
      ['chunk', 'a'],
      ['succeed', 'caught x'],
    ]);
  });

  test('that catches throw() goes on', () => {
    function* stubborn(): Generator<string, string> {
      try {
        yield 'a';
      } catch (error) {
        yield `caught ${String(error)}`;
      }
      return 'end';
    }
    const { value, run } = watch(stubborn());
    value.next();
    expect(value.throw('x')).toEqual({ value: 'caught x', done: false });
    value.next();
    expect(run.log).toEqual([
      ['chunk', 'a'],
      ['chunk', 'caught x'],
      ['succeed', 'end'],
    ]);
  });

  test('whose finally yields is not over at return()', () => {
    function* slow(): Generator<string, string> {
      try {
        yield 'a';
      } finally {
        yield 'cleaning';
      }
      return 'never';
    }
    const { value, run } = watch(slow());
    value.next();
    expect(value.return('r')).toEqual({ value: 'cleaning', done: false });
    expect(run.ends).toEqual([]);
    expect(value.next()).toEqual({ value: 'r', done: true });
    expect(run.log).toEqual([
      ['chunk', 'a'],
      ['chunk', 'cleaning'],
      ['succeed', 'r'],
    ]);
  });

  test('that throws in its finally on return() fails', () => {
    const error = new Error('in finally');
    function* bad(): Generator<number> {
      try {
        yield 1;
      } finally {
        // eslint-disable-next-line no-unsafe-finally
        throw error;
      }
    }
    const { value, run } = watch(bad());
    value.next();
    expect(() => value.return(1)).toThrow(error);
    expect(run.log).toEqual([
      ['chunk', 1],
      ['fail', error],
    ]);
  });

  test('that is entered again by its own body does not fail for it', () => {
    const again: { gen?: Generator<string, string> } = {};
    const gen = (again.gen = (function* (): Generator<string, string> {
      try {
        again.gen?.next();
      } catch (error) {
        yield (error as Error).message;
      }
      return 'end';
    })());
    const { run } = watch(gen);
    expect([...gen]).toEqual(['Generator is already running']);
    expect(run.log).toEqual([
      ['chunk', 'Generator is already running'],
      ['succeed', 'end'],
    ]);
  });

  test('that was started or finished before it is returned ends at its own end', () => {
    const started = counting();
    started.next();
    const first = watch(started);
    expect([...first.value]).toEqual([2]);
    expect(first.run.log).toEqual([
      ['chunk', 2],
      ['succeed', 'done'],
    ]);
    const second = watch(started);
    expect(second.run.ends).toEqual([['succeed', 'done']]);
  });

  test('returned by two calls tells both, inside the first', () => {
    const log: unknown[] = [];
    const value = counting(log);
    const inner = new RecordingRun('inner');
    const outer = new RecordingRun('outer');
    expect(settle(settle(value, inner), outer)).toBe(value);
    expect([...value]).toEqual([1, 2]);
    expect(inner.log).toEqual([
      ['chunk', 1],
      ['chunk', 2],
      ['succeed', 'done'],
    ]);
    expect(outer.log).toEqual(inner.log);
    expect(log[0]).toBe('inner');
    const late = new RecordingRun('late');
    expect(settle(value, late)).toBe(value);
    expect(late.log).toEqual([['succeed', 'done']]);
  });

  const CLOSE = {
    freeze: <T>(o: T): T => Object.freeze(o),
    seal: <T>(o: T): T => Object.seal(o),
    preventExtensions: <T>(o: T): T => Object.preventExtensions(o),
  };
  test.each(['freeze', 'seal', 'preventExtensions'] as const)(
    'under Object.%s works as before and ends at the return',
    (close) => {
      const { value, run } = watch(CLOSE[close](counting()));
      expect(run.log.map(([what, it]) => [what, it === value])).toEqual([['succeed', true]]);
      expect([...value]).toEqual([1, 2]);
    },
  );

  test('behind a Proxy that goes its own way works as before and ends at the return', () => {
    const target = counting();
    const proxy = new Proxy(target, {
      get: (object, key) => {
        const member: unknown = Reflect.get(object, key);
        return typeof member === 'function' ? (member.bind(object) as unknown) : member;
      },
    });
    const { value, run } = watch(proxy);
    expect(run.log.map(([what, it]) => [what, it === proxy])).toEqual([['succeed', true]]);
    expect([...value]).toEqual([1, 2]);
    expect(Reflect.ownKeys(target)).toEqual([]);
  });

  test('keeps [Symbol.dispose], where there is one', () => {
    const dispose = (Symbol as { dispose?: symbol }).dispose;
    if (!dispose || !(dispose in counting())) return;
    const { value, run } = watch(counting());
    value.next();
    (value as unknown as Record<symbol, () => void>)[dispose]?.();
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
  });
});

describe('another iterator', () => {
  test.each<[string, () => Iterator<unknown>]>([
    ['of an array', () => [1, 2].values()],
    [
      'of a map',
      () =>
        new Map([
          [1, 2],
          [3, 4],
        ]).entries(),
    ],
    ['of matches', () => 'aXbX'.matchAll(/X/g)],
    [
      'made by hand',
      () => {
        let n = 0;
        return {
          next: () => ({ done: ++n > 2, value: n }),
          [Symbol.iterator]() {
            return this;
          },
        } as IterableIterator<number>;
      },
    ],
  ])('%s is watched to its end', (_, make) => {
    const { value, run } = watch(make());
    const items = [...(value as IterableIterator<unknown>)];
    expect(items).toEqual([...(make() as IterableIterator<unknown>)]);
    expect(run.chunks).toEqual(items);
    expect(run.ends).toHaveLength(1);
    expect(run.ends[0]?.[0]).toBe('succeed');
  });

  test.each([[7], [null], [undefined]])(
    'whose methods give %p goes on at next() and is left at return()',
    (nothing) => {
      const { value, run } = watch({
        next: () => nothing,
        return: () => nothing,
        [Symbol.iterator]() {
          return this;
        },
      });
      expect(value.next()).toBe(nothing);
      expect(run.log).toEqual([]);
      expect(value.return()).toBe(nothing);
      expect(run.log).toEqual([['cancel']]);
    },
  );

  test.each<[string, unknown]>([
    ['array', [1, 2]],
    ['map', new Map()],
    ['set', new Set([1])],
    ['typed array', new Uint8Array(2)],
    ['string', 'text'],
    ['String object', new String('text')],
    [
      'iterable collection',
      {
        *[Symbol.iterator]() {
          yield 1;
        },
      },
    ],
    ['node of a list', { next: { next: null } }],
    ['cursor that nothing can loop over', { next: () => 1 }],
    ['task with a done and no next', { done: false, *[Symbol.iterator]() {} }],
    ['function', () => 1],
    ['generator function', counting],
    ['class', class {}],
    ['null', null],
    ['undefined', undefined],
    ['zero', 0],
  ])('a %s is a plain value', (_, plain) => {
    const run = new RecordingRun();
    const before = plain !== null && typeof plain === 'object' ? Reflect.ownKeys(plain) : [];
    expect(settle(plain, run)).toBe(plain);
    expect(run.log.map(([what, it]) => [what, it === plain])).toEqual([['succeed', true]]);
    if (plain !== null && typeof plain === 'object') expect(Reflect.ownKeys(plain)).toEqual(before);
  });
});

describe('an async generator object', () => {
  test('runs its body inside the run, after awaits too, while the consumer stays where it was', async () => {
    const log: unknown[] = [];
    const { value, run } = watch(countingAsync(log));
    const seen: unknown[] = [];
    for await (const item of value) seen.push(item, where());
    expect(seen).toEqual([1, 'consumer', 2, 'consumer']);
    expect(log).toEqual(['run', undefined, 'run', 'finally', 'run']);
    expect(run.log).toEqual([
      ['chunk', 1],
      ['chunk', 2],
      ['succeed', 'done'],
    ]);
  });

  test('is cancelled by a break after its finally has run', async () => {
    const log: unknown[] = [];
    const { value, run } = watch(countingAsync(log));
    for await (const _ of value) break;
    expect(log.slice(-2)).toEqual(['finally', 'run']);
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
  });

  test('answers concurrent calls of next() in order', async () => {
    const { value, run } = watch(countingAsync());
    const results = await Promise.all([value.next('a'), value.next('b'), value.next(), value.next()]);
    expect(results.map((r) => r.value as unknown)).toEqual([1, 2, 'done', undefined]);
    expect(run.log).toEqual([
      ['chunk', 1],
      ['chunk', 2],
      ['succeed', 'done'],
    ]);
  });

  test('stays the object it was', () => {
    const { value } = watch(countingAsync());
    expect(value instanceof countingAsync).toBe(true);
    expect(types.isGeneratorObject(value)).toBe(true);
    expect(value[Symbol.asyncIterator]()).toBe(value);
    expect(Object.keys(value)).toEqual([]);
  });

  test.each<[string, (g: AsyncGenerator<number, string, unknown>) => Promise<unknown>, unknown[][]]>([
    [
      'yield*',
      async (g) => {
        const all = [];
        for await (const x of (async function* () {
          yield* g;
        })())
          all.push(x);
        return all;
      },
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
    [
      'yield* and break',
      async (g) => {
        for await (const x of (async function* () {
          yield* g;
        })())
          return x;
        return 0;
      },
      [['chunk', 1], ['cancel']],
    ],
    [
      'Readable.from',
      async (g) => Readable.from(g).toArray(),
      [
        ['chunk', 1],
        ['chunk', 2],
        ['succeed', 'done'],
      ],
    ],
    ['return() before the start', (g) => g.return('x'), [['cancel']]],
    ['throw() before the start', (g) => g.throw('x').catch((e: unknown) => e), [['fail', 'x']]],
    ['return() of a promise', (g) => g.return(Promise.resolve('later')), [['cancel']]],
    [
      'break inside a finally',
      async (g) => {
        for (;;) {
          try {
            await g.next();
          } finally {
            await g.return('r');
          }
          break;
        }
        return 'out';
      },
      [['chunk', 1], ['cancel']],
    ],
  ])('gives the same by %s', async (_, use, events) => {
    const { value, run } = watch(countingAsync());
    expect(await use(value)).toEqual(await use(countingAsync()));
    expect(run.log).toEqual(events);
  });

  test('rejects with the very error, and ends once', async () => {
    const error = { code: 42 };
    const { value, run } = watch(
      (async function* () {
        yield 1;
        throw error;
      })(),
    );
    const read = async (): Promise<unknown> => {
      for await (const _ of value);
      return 'no error';
    };
    await expect(read()).rejects.toBe(error);
    expect(run.log).toEqual([
      ['chunk', 1],
      ['fail', error],
    ]);
  });

  test('keeps [Symbol.asyncDispose], where there is one', async () => {
    const dispose = (Symbol as { asyncDispose?: symbol }).asyncDispose;
    if (!dispose || !(dispose in countingAsync())) return;
    const { value, run } = watch(countingAsync());
    await value.next();
    await (value as unknown as Record<symbol, () => Promise<void>>)[dispose]?.();
    expect(run.log).toEqual([['chunk', 1], ['cancel']]);
  });

  test('that a promise gives keeps the run open until it ends', async () => {
    const run = new RecordingRun();
    const inner = countingAsync();
    const value = await (settle(Promise.resolve(inner), run) as Promise<typeof inner>);
    expect(value).toBe(inner);
    expect(run.log).toEqual([]);
    for await (const _ of value);
    expect(run.ends).toEqual([['succeed', 'done']]);
  });
});
