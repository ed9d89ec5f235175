import { isDeepStrictEqual } from 'node:util';
import vm from 'node:vm';
import { equal, ok, same } from '../harness/expect.mjs';
import { Job } from '../fixtures/shapes.mjs';

const group = 'Promises';

const rejectsSame = (what, reason, broken) => ({
  ...{ group, broken },
  name: `rejects with ${what} as it is`,
  async run(t) {
    const results = await Promise.allSettled([
      t.wrap(async () => {
        throw reason;
      })(),
      t.wrap(() => new Promise((_done, fail) => setImmediate(fail, reason)))(),
    ]);
    for (const result of results) {
      same(result.status, 'rejected');
      ok(Object.is(result.reason, reason), 'rejected with something else');
    }
  },
});

export default [
  {
    group,
    name: 'a promise fulfils with the same value',
    broken: 'copies results',
    async run(t) {
      const value = { a: 1 };
      same(await t.wrap(async () => value)(), value);
      same(await t.wrap(() => Promise.resolve(value))(), value);
    },
  },
  {
    group,
    name: 'an async function gives a native promise',
    broken: 'proxies results',
    async run(t) {
      const promise = t.wrap(async () => 1)();
      same(Object.getPrototypeOf(promise), Promise.prototype);
      same(await Promise.prototype.then.call(promise, (n) => n + 1), 2);
    },
  },
  rejectsSame('an Error', new Error('no'), 'wraps errors'),
  rejectsSame('`null`', null, 'reads the message'),
  rejectsSame('`undefined`', undefined, 'reads the message'),
  rejectsSame('a plain object', { status: 500 }, 'wraps errors'),
  {
    group,
    name: 'an ignored rejection is unhandled exactly once, with its reason',
    broken: 'swallows rejections',
    run: (t) =>
      t.alike(
        () => async (n) => {
          throw new Error(`ignored ${n}`);
        },
        (fn) => {
          fn(1);
          fn(2);
        },
      ),
  },
  {
    group,
    name: 'a handled rejection is not unhandled anywhere else',
    broken: 'reports a rejection twice',
    run: (t) =>
      t.alike(
        () => async () => {
          throw new Error('handled');
        },
        async (fn, log) => {
          await fn().catch((error) => log(error.message));
          await fn().then(
            () => log('fulfilled'),
            () => log('rejected'),
          );
          log(await Promise.allSettled([fn(), fn()]).then((all) => all.map(({ status }) => status)));
        },
      ),
  },
  {
    group,
    name: 'a rejection is handled by `finally` and the handler after it, once',
    broken: 'reports a rejection twice',
    run: (t) =>
      t.alike(
        () => () => Promise.reject(new Error('late')),
        (fn, log) => {
          void fn().finally(() => log('finally'));
        },
      ),
  },
  {
    group,
    name: 'own properties of a promise are kept',
    broken: 'derives promises',
    async run(t) {
      const cancel = () => 'cancelled';
      const promise = t.wrap(() => Object.assign(Promise.resolve(1), { cancel }))();
      same(promise.cancel, cancel);
      same(await promise, 1);
    },
  },
  {
    group,
    name: 'a promise subclass keeps its methods and private fields',
    broken: 'proxies results',
    async run(t) {
      const job = t.wrap(() => new Job((done) => setImmediate(done, 5)))();
      ok(job instanceof Job);
      same(job.state, 'running');
      same(job.cancel().state, 'cancelled');
      same(await job, 5);
    },
  },
  {
    group,
    name: 'a promise subclass is the same object',
    broken: 'derives promises',
    async run(t) {
      const job = new Job((done) => done(1));
      same(t.wrap(() => job)(), job);
    },
  },
  {
    group,
    name: 'an ignored rejection of a promise subclass is unhandled exactly once',
    broken: 'swallows rejections',
    run: (t) =>
      t.alike(
        () => () => new Job((_done, fail) => setImmediate(fail, new Error('job'))),
        (fn) => void fn(),
      ),
  },
  {
    group,
    name: 'a promise of another realm settles as it does',
    broken: 'copies results',
    async run(t) {
      const value = { a: 1 };
      const make = vm.runInThisContext('(value) => value');
      const Foreign = vm.runInNewContext('Promise');
      same(await t.wrap(() => Foreign.resolve(make(value)))(), value);
    },
  },
  {
    group,
    name: 'a memoised promise returned by two calls is one promise',
    broken: 'derives promises',
    async run(t) {
      const promise = Promise.resolve({ a: 1 });
      const wrapped = t.wrap(() => promise);
      const [first, second] = [wrapped(), wrapped()];
      same(first, second);
      same(await first, await promise);
    },
  },
  {
    group,
    name: 'a memoised rejected promise, ignored by two callers, is unhandled once',
    broken: 'reports a rejection twice',
    run: (t) =>
      t.alike(
        () => {
          let promise;
          return () => (promise ??= Promise.reject(new Error('memoised')));
        },
        (fn) => {
          void fn();
          void fn();
        },
      ),
  },
  {
    group,
    name: 'a frozen promise settles as it does',
    broken: 'patches then',
    async run(t) {
      same(await t.wrap(() => Object.freeze(Promise.resolve(3)))(), 3);
      const job = t.wrap(() => Object.freeze(new Job((done) => done(4))))();
      same(await job, 4);
      ok(job instanceof Job);
    },
  },
  {
    group,
    name: 'a promise that is settled already, and one that is settled much later',
    broken: 'copies results',
    async run(t) {
      const value = { late: true };
      const later = t.wrap(() => new Promise((done) => setTimeout(done, 20, value)));
      const now = t.wrap(() => Promise.resolve(value));
      equal(
        (await Promise.all([later(), now(), later()])).map((one) => one === value),
        [true, true, true],
      );
      ok(isDeepStrictEqual(value, { late: true }));
    },
  },
];
