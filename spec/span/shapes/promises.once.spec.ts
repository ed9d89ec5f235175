import { types } from 'node:util';
import { runInNewContext } from 'node:vm';
import { settle } from '../../../lib/span/settle.js';
import { runInProcess } from '../../support/shapes-child.js';
import { inside, RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

const watch = <T>(value: T): { given: T; run: RecordingRun } => {
  const run = new RecordingRun();
  return { given: settle(value, run) as T, run };
};

describe('a native promise', () => {
  test.each<[string, unknown]>([
    ['value', { a: 1 }],
    ['undefined', undefined],
    ['null', null],
    ['zero', 0],
  ])('gives its %s', async (_, value) => {
    const { given, run } = watch(Promise.resolve(value));
    expect(Object.getPrototypeOf(given)).toBe(Promise.prototype);
    expect(await given).toBe(value);
    expect(run.log).toEqual([value === undefined ? ['succeed'] : ['succeed', value]]);
  });

  test.each<[string, unknown]>([
    ['error', new Error('x')],
    ['null', null],
    ['undefined', undefined],
  ])('rejects with its %s', async (_, reason) => {
    const { given, run } = watch(Promise.reject(reason));
    await given.then(
      () => fail('resolved'),
      (error: unknown) => expect(error).toBe(reason),
    );
    expect(run.log).toEqual([['fail', reason]]);
  });

  test('returned by two calls is one promise for both', async () => {
    const memo = Promise.resolve('v');
    const a = watch(memo);
    const b = watch(memo);
    const c = watch(a.given); // a traced method that hands on what another returned
    expect(b.given).toBe(a.given);
    expect(c.given).toBe(a.given);
    await a.given;
    const late = watch(memo);
    expect(late.given).toBe(a.given);
    for (const { run } of [a, b, c, late]) expect(run.log).toEqual([['succeed', 'v']]);
  });

  test('of an async function is watched as any other, and joined where it is handed on', async () => {
    const called = async (): Promise<string> => Promise.resolve('v');
    const run = new RecordingRun();
    const given = settle(called(), run, called) as Promise<string>;
    const outer = watch(given);
    expect(outer.given).toBe(given);
    expect(await given).toBe('v');
    for (const { log } of [run, outer.run]) expect(log).toEqual([['succeed', 'v']]);
  });

  test('keeps its own properties where its function only looks like an async one', async () => {
    const called = (): unknown => Object.assign(Promise.resolve(1), { cancel: () => 'cancelled' });
    Object.setPrototypeOf(called, Object.getPrototypeOf(async () => {}) as object);
    const given = settle(called(), new RecordingRun(), called) as Promise<number> & { cancel(): string };
    expect(given.cancel()).toBe('cancelled');
    expect(await given).toBe(1);
  });

  test('keeps its own properties, a `then` that await does not call among them', async () => {
    const called: string[] = [];
    const promise = Object.assign(Promise.resolve(1), { cancel: () => 'cancelled', then: () => called.push('then') });
    const { given, run } = watch(promise);
    expect(given.cancel()).toBe('cancelled');
    expect(Object.keys(given)).toEqual(['cancel', 'then']);
    expect(await given).toBe(1);
    expect(called).toEqual([]);
    expect(run.log).toEqual([['succeed', 1]]);
  });

  test('keeps a property of its own whose name is a symbol, however it was defined', async () => {
    const mine = Symbol('mine');
    const promise = Object.defineProperty(Promise.resolve(1), mine, { get: () => 'live', enumerable: false });
    const { given } = watch(promise);
    expect(Object.getOwnPropertyDescriptor(given, mine)).toEqual(Object.getOwnPropertyDescriptor(promise, mine));
    expect(await given).toBe(1);
  });

  test.each(['seal', 'preventExtensions'] as const)('under Object.%s is derived and no less closed', async (close) => {
    const promise = Object[close](Object.assign(Promise.resolve(1), { id: 1 }));
    const { given } = watch(promise);
    for (const is of [Object.isExtensible, Object.isSealed, Object.isFrozen]) expect(is(given)).toBe(is(promise));
    expect(Object.isExtensible(watch(Promise.resolve(1)).given)).toBe(true);
    expect(await given).toBe(1);
  });

  test('that is frozen is derived and frozen', async () => {
    const { given, run } = watch(Object.freeze(Promise.resolve(1)));
    expect(Object.isFrozen(given)).toBe(true);
    expect(watch(given).given).toBe(given);
    expect(await given).toBe(1);
    expect(run.log).toEqual([['succeed', 1]]);
  });

  test('of another realm stays one of that realm', async () => {
    const foreign = runInNewContext('Promise.resolve(7)') as Promise<number>;
    const { given, run } = watch(foreign);
    expect(Object.getPrototypeOf(given)).toBe(Object.getPrototypeOf(foreign));
    expect(types.isPromise(given)).toBe(true);
    expect(await given).toBe(7);
    expect(run.log).toEqual([['succeed', 7]]);
  });

  test('that is none, for all its prototype, is left alone', () => {
    const fake = Object.create(Promise.prototype) as object;
    const { given, run } = watch(fake);
    expect(given).toBe(fake);
    expect(run.ends).toHaveLength(1);
    const proxy = new Proxy(Promise.resolve(1), {});
    expect(watch(proxy).given).toBe(proxy);
  });
});

describe('a promise of a subclass', () => {
  let made = 0;
  class Job<T> extends Promise<T> {
    #id = 'job-1';
    constructor(executor: ConstructorParameters<typeof Promise<T>>[0]) {
      super(executor);
      made += 1;
    }
    get id(): string {
      return this.#id;
    }
  }

  test('keeps identity, class and private fields, and is told of without another of its kind being made', async () => {
    const job = new Job<number>((done) => done(1));
    made = 0;
    const { given, run } = watch(job);
    expect(given).toBe(job);
    expect(given.id).toBe('job-1');
    expect(Object.keys(given)).toEqual([]);
    expect(Object.hasOwn(given, 'constructor')).toBe(false);
    await null;
    expect(run.log).toEqual([['succeed', 1]]); // nobody awaited it
    expect(made).toBe(0);
    expect(given.then(String)).toBeInstanceOf(Job);
    expect(await given).toBe(1);
  });

  test('keeps a `constructor` of its own, and is listened to beside it', async () => {
    const own = Object.assign(new Job<number>((done) => done(1)), { constructor: Job });
    const { given, run } = watch(own);
    expect(Object.getOwnPropertyDescriptor(given, 'constructor')).toMatchObject({ value: Job, enumerable: true });
    expect(await given).toBe(1);
    expect(run.log).toEqual([['succeed', 1]]);
  });

  test('whose `constructor` cannot be set aside ends at the return', async () => {
    const fixed = Object.defineProperty(new Job<number>((done) => done(1)), 'constructor', { value: 7 });
    const { given, run } = watch(fixed);
    expect(run.log).toEqual([['succeed', given]]);
    expect(given.constructor).toBe(7);
  });

  test('of a subclass of a subclass is told of as well, and fails with its error', async () => {
    class Special<T> extends Job<T> {}
    const error = new Error('x');
    const { given, run } = watch(new Special((_, no) => no(error)));
    await expect(given).rejects.toBe(error);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('that is frozen ends at the return', async () => {
    const job = Object.freeze(new Job<number>((done) => done(1)));
    const { given, run } = watch(job);
    expect(given).toBe(job);
    expect(run.log.map(([what]) => what)).toEqual(['succeed']);
    expect(await given).toBe(1);
  });
});

describe('a lazy thenable', () => {
  class Query {
    runs = 0;
    #limit = 10;
    limit(n: number): this {
      this.#limit = n;
      return this;
    }
    then<A, B>(resolved?: (rows: number[]) => A, rejected?: (error: unknown) => B): Promise<A | B> {
      this.runs += 1;
      started.push(where());
      const work = this.#limit < 0 ? Promise.reject<number[]>(new RangeError('limit')) : Promise.resolve([this.#limit]);
      return work.then(resolved, rejected);
    }
    catch<B>(rejected: (error: unknown) => B): Promise<number[] | B> {
      return this.then<number[], B>(undefined, rejected);
    }
  }
  let started: unknown[] = [];
  beforeEach(() => (started = []));

  test('runs when it is awaited, once, inside the run; its handlers belong to the consumer', async () => {
    const query = new Query();
    const { given, run } = watch(query);
    expect(given).toBe(query);
    expect(Object.keys(given)).toEqual(['runs']);
    expect([query.runs, run.log]).toEqual([0, []]);
    let handled: unknown;
    const rows = await inside('reader', () => given.limit(3).then((found) => ((handled = where()), found)));
    expect(rows).toEqual([3]);
    expect(handled).toBe('reader');
    expect(started).toEqual(['run']);
    expect(await given).toEqual([3]);
    expect([query.runs, run.log]).toEqual([2, [['succeed', [3]]]]); // the second await is the user's second run
  });

  test('fails with the very error', async () => {
    const { given, run } = watch(new Query().limit(-1));
    const error = await given.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RangeError);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('may be a function', async () => {
    const chain = Object.assign(() => 'called', { then: (resolved: (v: string) => void) => resolved('value') });
    const { given, run } = watch(chain);
    expect(given).toBe(chain);
    expect(given()).toBe('called');
    expect(await given).toBe('value');
    expect(run.log).toEqual([['succeed', 'value']]);
  });

  // As Prisma does it: one promise behind, made at the first use of any of its methods.
  const prismaLike = (
    work: () => Promise<number>,
  ): Promise<number> & { requestTransaction(id: number): Promise<string> } => {
    let promise: Promise<number> | undefined;
    const start = (): Promise<number> => (promise ??= work());
    return {
      then: (resolved, rejected) => start().then(resolved, rejected),
      catch: (rejected) => start().catch(rejected),
      finally: (done) => start().finally(done),
      requestTransaction: async (id) => `transaction ${id}`,
      [Symbol.toStringTag]: 'PrismaPromise',
    };
  };

  test.each<[string, (p: ReturnType<typeof prismaLike>) => Promise<unknown>, unknown[][]]>([
    ['await', async (p) => await p, [['succeed', 5]]],
    ['catch', (p) => p.catch(() => 'no'), [['succeed', 5]]],
    ['finally', (p) => p.finally(() => {}), [['succeed', 5]]],
    ['a method of its own that starts it', (p) => p.requestTransaction(1), [['succeed', 'transaction 1']]],
  ])('is told of by %s', async (_, use, events) => {
    let works = 0;
    const { given, run } = watch(prismaLike(async () => ((works += 1), 5)));
    expect(works).toBe(0);
    expect(await use(given)).toEqual(await use(prismaLike(async () => 5)));
    expect(works).toBeLessThan(2);
    expect(run.log).toEqual(events);
  });

  test('whose catch() starts it fails and goes on with the handler', async () => {
    const error = new Error('db');
    const { given, run } = watch(prismaLike(() => Promise.reject(error)));
    expect(await given.catch((e: unknown) => ['handled', e])).toEqual(['handled', error]);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('as a Promise subclass of its own `then` stays lazy', async () => {
    let executed = 0;
    class Lazy<T> extends Promise<T> {
      #executor: () => T;
      constructor(executor: () => T) {
        super(() => {});
        this.#executor = executor;
      }
      static override get [Symbol.species](): PromiseConstructor {
        return Promise;
      }
      override then<A = T, B = never>(
        r?: ((v: T) => A | PromiseLike<A>) | null,
        e?: ((x: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        executed += 1;
        return Promise.resolve(this.#executor()).then(r, e);
      }
    }
    const { given, run } = watch(new Lazy(() => 9));
    await null;
    expect([executed, run.log]).toEqual([0, []]);
    expect(await given).toBe(9);
    expect([executed, run.log]).toEqual([1, [['succeed', 9]]]);
  });

  test('that gives a stream each time is that stream once', async () => {
    const stream = (async function* () {
      yield 1;
    })();
    const { given, run } = watch({ then: (resolved: (v: { stream: unknown }) => void) => resolved(stream as never) });
    const [a, b] = (await Promise.all([given, given])) as unknown as (typeof stream)[];
    expect([a === stream, b === stream]).toEqual([true, true]);
    for await (const _ of stream);
    expect(run.log).toEqual([['chunk', 1], ['succeed']]);
  });

  test('that answers every name by a Proxy is left alone', async () => {
    const proxy: unknown = new Proxy(() => {}, { get: (_, key) => (key === Symbol.toPrimitive ? undefined : proxy) });
    const { given, run } = watch(proxy);
    expect(given === proxy).toBe(true);
    expect(run.ends).toHaveLength(1);
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('get');
        },
        has: () => {
          throw new Error('has');
        },
        defineProperty: () => {
          throw new Error('define');
        },
      },
    );
    expect(settle(throwing, new RecordingRun()) === throwing).toBe(true);
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(settle(revoked, new RecordingRun()) === revoked).toBe(true);
  });

  test("with a `then` that throws when read or called is the consumer's affair", async () => {
    const reading = {
      get then(): unknown {
        throw new Error('read');
      },
    };
    expect(settle(reading, new RecordingRun())).toBe(reading);
    const error = new Error('called');
    const { given, run } = watch({
      then: () => {
        throw error;
      },
    });
    await expect((async () => await (given as unknown as Promise<void>))()).rejects.toBe(error);
    expect(run.log).toEqual([['fail', error]]);
  });
});

describe('a rejection that nobody handles', () => {
  const script = `
    import { settle } from './lib/span/settle.ts';
    const run = { chunk() {}, succeed() {}, fail() { failures++ }, cancel() {}, abandon() {} };
    let unhandled = 0, late = 0, failures = 0;
    process.on('unhandledRejection', () => unhandled++);
    process.on('rejectionHandled', () => late++);
    class Job extends Promise {}
    const E = new Error('x');
    const sources = {
      native: () => Promise.reject(E),
      async: () => (async () => { await null; throw E; })(),
      own: () => Object.assign(Promise.reject(E), { cancel() {} }),
      subclass: () => Job.reject(E),
      laterSubclass: () => new Job((_, no) => setTimeout(no, 1, E)),
      lazy: () => ({ then(a, b) { return Promise.reject(E).then(a, b); } }),
      generator: () => (async function* () { throw E; })(),
    };
    const uses = {
      ignore() {},
      await: async (p) => { try { await p } catch {} },
      then: (p) => { p.then?.(() => {}) },
      both: (p) => { p.then?.(() => {}, () => {}) },
      catch: (p) => { p.catch?.(() => {}) },
      finally: (p) => { p.finally?.(() => {}) },
      allSettled: (p) => { Promise.allSettled([p]) },
      all: (p) => { Promise.all([p, p]).catch(() => {}) },
      race: (p) => { Promise.race([p]) },
      late: (p) => { setTimeout(() => p.catch?.(() => {}), 3) },
      next: (p) => { p.next?.() },
      nextCaught: (p) => { p.next?.().catch(() => {}) },
      twice: (p) => { p.then?.(() => {}); p.then?.(() => {}, () => {}) },
    };
    const tick = () => new Promise((done) => setTimeout(done, 8));
    const count = async (source, use, wrap) => {
      unhandled = late = failures = 0;
      use(wrap(source()));
      await tick();
      return [unhandled, late];
    };
    (async () => {
      const rows = [];
      for (const [s, source] of Object.entries(sources)) for (const [u, use] of Object.entries(uses)) {
        const bare = await count(source, use, (p) => p);
        const once = await count(source, use, (p) => settle(p, run));
        const ended = failures;
        const memo = await count(source, use, (p) => { settle(p, run); return settle(p, run); });
        const nested = await count(source, use, (p) => settle(settle(p, run), run));
        rows.push([s + ' ' + u, bare, once, memo, nested, ended]);
      }
      console.log(JSON.stringify(rows));
    })();`;

  test('is as unhandled as that of the bare function, in every use', async () => {
    const rows = (await runInProcess(script)) as [string, number[], number[], number[], number[], number][];
    expect(rows).toHaveLength(7 * 13);
    for (const [name, bare, once, memo, nested] of rows)
      expect([name, once, memo, nested]).toEqual([name, bare, bare, bare]);
    expect(
      rows.filter(([name]) => /^(native|async|own|subclass|laterSubclass) /.test(name)).every((row) => row[5] === 1),
    ).toBe(true);
  });
});
