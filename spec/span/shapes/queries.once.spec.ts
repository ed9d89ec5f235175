import { settle } from '../../../lib/span/settle.js';
import { inside, RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

// Query builders of many libraries: each starts its work by some method of its own, and not before.

useContexts();

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};

class Job<T> extends Promise<T> {}

/** The promise of a library that brings its own. */
class Deferred<T> {
  readonly #promise: Promise<T>;
  constructor(promise: Promise<T>) {
    this.#promise = promise;
  }
  then(resolved?: (value: T) => unknown, rejected?: (error: unknown) => unknown): Deferred<unknown> {
    return new Deferred(this.#promise.then(resolved, rejected));
  }
  /** As Bluebird has it: classes of errors may stand before the handler. */
  catch(...args: ((error: any) => unknown)[]): Deferred<unknown> {
    const classes = args.slice(0, -1) as unknown as (new () => Error)[];
    return this.then(undefined, (error) => {
      if (classes.length > 0 && !classes.some((one) => error instanceof one)) throw error;
      return args.at(-1)?.(error);
    });
  }
}

const promises: [string, <T>(promise: Promise<T>) => PromiseLike<T>][] = [
  ['a native promise', (promise) => promise],
  ['a promise of a subclass', (promise) => Job.resolve(promise)],
  ['a promise of its own kind', (promise) => new Deferred(promise) as never],
];

describe.each(['exec', 'execute'] as const)('a query that %s() starts', (method) => {
  const query = (promise: (work: Promise<unknown>) => PromiseLike<unknown>, work: () => Promise<unknown>) => {
    const places: unknown[] = [];
    const start = () => (places.push(where()), work());
    const builder = {
      [method]: (..._: unknown[]) => promise(start()),
      then: (...handlers: Parameters<Promise<unknown>['then']>) => start().then(...handlers),
    };
    return { places, builder: builder as typeof builder & Record<typeof method, (...args: unknown[]) => any> };
  };

  test.each(promises)('and that gives %s ends with its rows, run once, inside the run', async (_, promise) => {
    const { builder, places } = query(promise, async () => ['row']);
    const { value, run } = watch(builder);
    const rows = inside('reader', () => value[method]() as PromiseLike<unknown>);
    expect(Object.getPrototypeOf(rows)).toBe(Object.getPrototypeOf(promise(Promise.resolve())));
    expect(await rows).toEqual(['row']);
    expect([places, run.log]).toEqual([['run'], [['succeed', ['row']]]]);
  });

  test.each(promises)('and that gives %s fails with its error', async (_, promise) => {
    const error = new Error('no such table');
    const { value, run } = watch(query(promise, () => Promise.reject(error)).builder);
    await expect((async () => await (value[method]() as PromiseLike<unknown>))()).rejects.toBe(error);
    expect(run.log).toEqual([['fail', error]]);
  });

  test.each(promises)('and that gives %s to a reader who goes on without await', async (_, promise) => {
    const { value, run } = watch(query(promise, async () => ['row']).builder);
    const length = (value[method]() as Promise<unknown[]>).then((rows) => rows.length);
    expect(await length).toBe(1);
    expect(run.log).toEqual([['succeed', ['row']]]);
  });

  test('and that throws fails', () => {
    const error = new Error('not connected');
    const { value, run } = watch({
      then() {},
      [method]: () => {
        throw error;
      },
    });
    expect(() => (value as unknown as Record<string, () => void>)[method]?.()).toThrow(error);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('counts the first use', async () => {
    let n = 0;
    const { value, run } = watch(query(promises[0]![1], async () => (n += 1)).builder);
    expect([await value[method](), await value, await value[method]()]).toEqual([1, 2, 3]);
    expect(run.log).toEqual([['succeed', 1]]);
  });

  test('and that takes a callback, and gives nothing, is open until it is awaited', async () => {
    const { value, run } = watch({
      [method]: (done: (rows: unknown) => void) => done(['row']),
      then: (resolved: (rows: unknown) => unknown) => Promise.resolve(['row']).then(resolved),
    });
    const rows = await new Promise((done) =>
      (value as unknown as Record<string, (d: unknown) => void>)[method]?.(done),
    );
    expect([rows, run.log]).toEqual([['row'], []]);
    expect(await value).toEqual(['row']);
    expect(run.log).toEqual([['succeed', ['row']]]);
  });
});

describe('the handlers of a query', () => {
  const error = new RangeError('limit');
  const failing = () => new Deferred<string>(Promise.reject(error));

  test('are called in the place of their caller, with what they are for', async () => {
    const { value } = watch(new Deferred(Promise.resolve('rows')));
    const seen = inside('reader', () => value.then((rows) => [rows, where()]));
    expect(await seen).toEqual(['rows', 'reader']);
    const { value: broken } = watch(failing());
    const caught = inside('reader', () => broken.then(undefined, (reason) => [reason, where()]));
    expect(await caught).toEqual([error, 'reader']);
  });

  test('may be for one class of errors', async () => {
    const { value, run } = watch(failing());
    const classes: any[] = [TypeError, RangeError];
    expect(await value.catch(...classes, (reason: unknown) => ['caught', reason])).toEqual(['caught', error]);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('may be missing, or more than two', async () => {
    const given: unknown[][] = [];
    const thenable = { then: (...args: unknown[]) => (given.push(args), (args[0] as (v: string) => unknown)('rows')) };
    const { value, run } = watch(thenable);
    expect([value.then(), value.then(null, null, 'progress')]).toEqual(['rows', 'rows']);
    expect(given.map((args) => args.slice(2))).toEqual([[], ['progress']]);
    expect(run.log).toEqual([['succeed', 'rows']]);
    const { value: broken } = watch(failing());
    await expect((async () => await (broken.then() as unknown as Promise<unknown>))()).rejects.toBe(error);
  });

  test('of finally() are called without a value, and the failure goes on', async () => {
    const seen: unknown[][] = [];
    const work = () => Promise.reject<string>(error);
    const { value, run } = watch({
      then: (...handlers: Parameters<Promise<string>['then']>) => work().then(...handlers),
      finally: (done: () => void) => work().finally(done),
    });
    const last = inside('reader', () => value.finally((...args: unknown[]) => void seen.push([...args, where()])));
    await expect(last).rejects.toBe(error);
    expect([seen, run.log]).toEqual([[['reader']], [['fail', error]]]);
  });
});

test('a query that is also iterated is counted by what came first', async () => {
  const query = () => ({
    then: (resolved: (rows: number[]) => unknown) => Promise.resolve([1, 2]).then(resolved),
    async *[Symbol.asyncIterator]() {
      yield 1;
      yield 2;
    },
  });
  const awaited = watch(query());
  expect(await awaited.value).toEqual([1, 2]);
  for await (const _ of awaited.value);
  expect(awaited.run.log).toEqual([['succeed', [1, 2]]]);
  const iterated = watch(query());
  for await (const _ of iterated.value);
  expect(await iterated.value).toEqual([1, 2]);
  expect(iterated.run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]); // prettier-ignore
});

test('a query that is frozen ends at the return', async () => {
  const { value, run } = watch(Object.freeze({ then: (resolved: (rows: string) => void) => resolved('rows') }));
  expect(run.log).toEqual([['succeed', value]]);
  expect(await value).toBe('rows');
});

it('calls the handlers of its promise as a promise does: with no this', async () => {
  const seen: unknown[] = [];
  const handler = (name: string) =>
    function (this: unknown): void {
      seen.push([name, this]);
    };
  const failing = (): Promise<never> => Promise.reject(new Error('no rows'));
  const builder = (work: () => Promise<unknown>) => {
    const exec = () => work();
    return { exec, then: (...handlers: Parameters<Promise<unknown>['then']>) => exec().then(...handlers) };
  };
  await watch(builder(async () => ['row'])).value.then(handler('then'));
  await watch(builder(failing)).value.then(undefined, handler('rejected'));
  await watch(builder(async () => ['row']))
    .value.exec()
    .then(handler('exec'));
  expect(seen).toEqual([
    ['then', undefined],
    ['rejected', undefined],
    ['exec', undefined],
  ]);
});
