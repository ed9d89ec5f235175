import { isGeneratorObject } from 'node:util/types';
import { Readable } from 'node:stream';
import { ok, same } from '../harness/expect.mjs';

const group = 'Async generators';
const tick = () => new Promise((done) => setImmediate(done));

export default [
  {
    group,
    name: 'values and the returned value arrive',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            yield 1;
            await tick();
            yield 2;
            return 'end';
          },
        async (fn, log) => {
          const steps = fn();
          for (let i = 0; i < 4; i++) log(await steps.next());
        },
      ),
  },
  {
    group,
    name: '`next(value)` and `throw` reach the body',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        (log) =>
          async function* () {
            try {
              log('got', yield 'a');
              yield 'b';
            } catch (error) {
              log('caught', error);
              yield 'c';
            }
          },
        async (fn, log) => {
          const steps = fn();
          log(await steps.next(), await steps.next(1), await steps.throw('oops'), await steps.next());
        },
      ),
  },
  {
    group,
    name: '`break` runs `finally` to its end before the loop is left',
    broken: 'never returns to the source',
    run: (t) =>
      t.alike(
        (log) =>
          async function* () {
            try {
              for (let i = 0; ; i++) yield i;
            } finally {
              await tick();
              log('closed');
            }
          },
        async (fn, log) => {
          for await (const i of fn()) if (i === 2) break;
          log('left');
          log(await fn().return('early'));
        },
      ),
  },
  {
    group,
    name: '`yield*` delegates and gets the returned value',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            yield 1;
            return 'result';
          },
        async (fn, log) => {
          const outer = (async function* () {
            log('result', yield* fn());
          })();
          for await (const value of outer) log(value);
        },
      ),
  },
  {
    group,
    name: 'several `next()` at once are answered in order',
    broken: 'one step at a time',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            for (let i = 0; i < 3; i++) {
              await tick();
              yield i;
            }
          },
        async (fn, log) => {
          const steps = fn();
          log(await Promise.all([steps.next(), steps.next(), steps.next(), steps.next(), steps.next()]));
        },
      ),
  },
  {
    group,
    name: 'the body does not start before the first `next`, nor run ahead',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          async function* () {
            log('started');
            yield 1;
            log('ahead');
            yield 2;
          },
        async (fn, log) => {
          const steps = fn();
          await tick();
          log('called');
          log(await steps.next());
          await tick();
          log('waited');
          await steps.return();
        },
      ),
  },
  {
    group,
    name: 'it is a real generator object of its function',
    broken: 'is an iterator of its own',
    async run(t) {
      const wrapped = t.wrap(async function* () {
        yield 1;
      });
      const steps = wrapped();
      ok(isGeneratorObject(steps));
      same(steps[Symbol.asyncIterator](), steps);
      same(Object.prototype.toString.call(steps), '[object AsyncGenerator]');
    },
  },
  {
    group,
    name: 'what the body throws arrives, and the generator is over',
    broken: 'wraps iterables',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            yield 1;
            throw undefined;
          },
        async (fn, log) => {
          const steps = fn();
          log(isGeneratorObject(steps), await steps.next('x'));
          await steps.next().catch((error) => log('threw', error));
          log(await steps.next());
          log(await fn().throw('before').catch(String));
          log(Object.getPrototypeOf(steps) === fn.prototype);
        },
      ),
  },
  {
    group,
    name: 'an ignored rejection of `next()` is unhandled exactly once',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        () =>
          async function* () {
            yield 1;
            throw new Error('ignored');
          },
        async (fn, log) => {
          const steps = fn();
          log(await steps.next());
          void steps.next();
        },
      ),
  },
  {
    group,
    name: '`Readable.from` and a pipeline of it work',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          async function* () {
            try {
              yield 'a';
              yield 'b';
            } finally {
              log('closed');
            }
          },
        async (fn, log) => {
          for await (const chunk of Readable.from(fn())) log(chunk);
          for await (const chunk of Readable.from(fn())) {
            log('first', chunk);
            break;
          }
        },
      ),
  },
];
