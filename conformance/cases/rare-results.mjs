import { Job, webStream } from '../fixtures/shapes.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Rarer functions and results';

export default [
  {
    group,
    name: 'a frozen function, and a frozen generator function',
    broken: 'always async',
    async run(t) {
      same(t.wrap(Object.freeze(function (a) { return a; }))(1), 1); // prettier-ignore
      equal([...t.wrap(Object.freeze(function* (a) { yield a; }))(1)], [1]); // prettier-ignore
    },
  },
  {
    group,
    name: 'native and bound functions, and proxies of functions',
    broken: 'always async',
    run: (t) =>
      t.alike(
        () => [
          Math.max,
          Array.of.bind(Array, 1),
          new Proxy(function f() {}, { apply: (_f, _self, args) => args.length }),
        ],
        (fns, log) => {
          for (const fn of fns) log(fn(2, 3), fn.length);
        },
        (fns) => fns.map((fn) => t.wrap(fn)),
      ),
  },
  {
    group,
    name: 'a result whose `then` cannot be read, and one whose every trap throws',
    broken: 'derives promises',
    run: (t) =>
      t.alike(
        () => (i) => {
          const boom = () => {
            throw new Error('do not touch');
          };
          if (i === 0) return { get then() { return boom(); }, a: 1 }; // prettier-ignore
          return new Proxy(function trap() {}, new Proxy({}, { get: () => boom }));
        },
        (fn, log) => log(fn(0).a, typeof fn(1)),
      ),
  },
  {
    group,
    name: 'a frozen thenable, and a function that is one',
    broken: 'derives promises',
    run: (t) =>
      t.alike(
        () => (i) =>
          i === 0
            ? Object.freeze({ then: (done) => void done(1) })
            : Object.assign(() => 'called', { then: (done) => void done(2) }),
        async (fn, log) => log(await fn(0), fn(1)(), await fn(1)),
      ),
  },
  {
    group,
    name: 'a thenable that settles at once, or twice, or throws in `then`',
    broken: 'swallows rejections',
    run: (t) =>
      t.alike(
        () => (i) => ({
          then(done, failed) {
            if (i === 0) return void done('at once');
            if (i === 2) throw new Error('in then');
            failed('first');
            done('second');
          },
        }),
        async (fn, log) => {
          log(await fn(0));
          for (const i of [1, 2]) log(await Promise.resolve(fn(i)).catch((error) => String(error)));
          try {
            fn(2).then();
          } catch (error) {
            log(error.message);
          }
        },
      ),
  },
  {
    group,
    name: 'a promise subclass in `all`, `race`, `any` and chains of its own class',
    broken: 'derives promises',
    run: (t) =>
      t.alike(
        () => (n) => new Job((done, failed) => (n ? done(n) : failed(new Error('zero')))),
        async (fn, log) => {
          log(await Promise.all([fn(1), fn(2)]), await Promise.race([fn(3)]), await Promise.any([fn(0), fn(4)]));
          const next = fn(5).then((n) => n + 1);
          log(next instanceof Job, next.state, await next, await fn(0).catch(() => 'caught'));
        },
      ),
  },
  {
    group,
    name: 'a promise subclass that is caught a microtask later is not unhandled',
    broken: 'reports a rejection twice',
    run: (t) =>
      t.alike(
        () => () => new Job((_done, failed) => failed(new Error('soon'))),
        async (fn, log) => {
          const job = fn();
          await null;
          job.catch((error) => log(error.message));
        },
      ),
  },
  {
    group,
    name: 'a generator that is called back from its own body',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) => {
          function* steps(box) {
            try {
              box.self.next();
            } catch (error) {
              log(error.message);
            }
            yield 1;
          }
          return steps;
        },
        (fn, log) => {
          const box = {};
          box.self = fn(box);
          log(box.self.next(), box.self.next());
        },
      ),
  },
  {
    group,
    name: 'a `finally` that yields, or throws, when the loop is left',
    broken: 'never returns to the source',
    run: (t) =>
      t.alike(
        () =>
          async function* (how) {
            try {
              yield 1;
            } finally {
              if (how === 'throw') throw new Error('in finally');
              yield 'cleanup';
            }
          },
        async (fn, log) => {
          const steps = fn('yield');
          log(await steps.next(), await steps.return('r'), await steps.next());
          try {
            for await (const value of fn('throw')) {
              log(value);
              break;
            }
          } catch (error) {
            log(error.message);
          }
        },
      ),
  },
  {
    group,
    name: '`return()` while `next()` is pending',
    broken: 'one step at a time',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            await new Promise((done) => setImmediate(done));
            yield 1;
          },
        async (fn, log) => {
          const steps = fn();
          log(await Promise.all([steps.next(), steps.return('r'), steps.next()]));
        },
      ),
  },
  {
    group,
    name: 'a generator that yields promises, read by `for await`',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            try {
              yield Promise.resolve(1);
              log('went on');
              yield Promise.reject(new Error('rejected'));
            } finally {
              log('finally');
            }
          },
        async (fn, log) => {
          try {
            for await (const value of fn()) log(value);
          } catch (error) {
            log(error.message);
          }
        },
      ),
  },
  {
    group,
    name: 'iterators of arrays, maps and strings, and one written by hand',
    broken: 'copies results',
    run: (t) =>
      t.alike(
        () => (i) =>
          [
            [1, 2][Symbol.iterator](),
            new Map([[1, 2]]).entries(),
            'ab'[Symbol.iterator](),
            { n: 0, next() { return { done: (this.n += 1) > 2, value: this.n }; }, [Symbol.iterator]() { return this; } }, // prettier-ignore
          ][i],
        (fn, log) => {
          for (const i of [0, 1, 2, 3]) log([...fn(i)]);
        },
      ),
  },
  {
    group,
    name: 'a web stream read through the constructor of its reader',
    broken: 'locks streams',
    run: (t) =>
      t.alike(
        () => () => webStream([1]),
        async (fn, log) => {
          const reader = new ReadableStreamDefaultReader(fn());
          log(await reader.read(), await reader.read());
        },
      ),
  },
  {
    group,
    name: 'a web stream used wrongly gives the same errors',
    broken: 'locks streams',
    run: (t) =>
      t.alike(
        () => () => webStream([1]),
        async (fn, log) => {
          for (const use of [
            (s) => s.pipeThrough({}),
            (s) => s.getReader({ mode: 'x' }),
            (s) => s.getReader() && s.tee(),
          ]) {
            try {
              use(fn());
            } catch (error) {
              log(error.constructor.name);
            }
          }
          const piped = fn();
          const done = piped.pipeTo(new WritableStream());
          log(piped.locked, await piped.cancel().catch((error) => error.constructor.name));
          await done;
          log(piped.locked);
        },
      ),
  },
  {
    group,
    name: 'a web stream piped with `preventCancel` can be read on',
    broken: 'pipes and cancels',
    run: (t) =>
      t.alike(
        (log) => () => webStream([1, 2, 3], (what) => what === 'cancel' && log('cancelled')),
        async (fn, log) => {
          const stream = fn();
          const failing = new WritableStream({ write: () => Promise.reject(new Error('full')) });
          await stream.pipeTo(failing, { preventCancel: true }).catch((error) => log(error.message));
          log(stream.locked);
          log((await stream.getReader().read()).done);
        },
      ),
  },
  {
    group,
    name: 'a subclass of a web stream keeps its methods',
    broken: 'pipes streams',
    run: (t) =>
      t.alike(
        () => () => {
          class Tokens extends ReadableStream {
            count() {
              return 2;
            }
          }
          return new Tokens({ pull: (controller) => (controller.enqueue('a'), controller.close()) });
        },
        async (fn, log) => {
          const tokens = fn();
          log(tokens.constructor.name, tokens.count?.());
          for await (const token of tokens) log(token);
        },
      ),
  },
  {
    group,
    name: 'something that is no data: an event target, a class, a Response',
    broken: 'copies results',
    async run(t) {
      for (const value of [new EventTarget(), class A {}, new Response('x'), new AbortController(), new WeakMap()]) {
        same(t.wrap(() => value)(), value);
      }
      const response = new Response('body');
      same(await (await t.wrap(async () => response)()).text(), 'body');
      ok(response.bodyUsed);
    },
  },
];
