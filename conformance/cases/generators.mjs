import { isGeneratorObject } from 'node:util/types';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Generators';

export default [
  {
    group,
    name: 'values and the returned value arrive',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        () =>
          function* () {
            yield 1;
            yield 2;
            return 'end';
          },
        (fn, log) => {
          const steps = fn();
          log(steps.next(), steps.next(), steps.next(), steps.next());
        },
      ),
  },
  {
    group,
    name: '`next(value)` reaches the body',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            log('got', yield 'a');
            log('got', yield 'b');
          },
        (fn, log) => {
          const steps = fn();
          log(steps.next('lost'), steps.next(1), steps.next(2));
        },
      ),
  },
  {
    group,
    name: '`throw` reaches the body, which may go on',
    broken: 'generates anew',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            try {
              yield 1;
            } catch (error) {
              log('caught', error);
              yield 2;
            }
          },
        (fn, log) => {
          const steps = fn();
          log(steps.next(), steps.throw('oops'), steps.next());
        },
      ),
  },
  {
    group,
    name: '`return` runs `finally`, before the start it does not',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            try {
              yield 1;
              yield 2;
            } finally {
              log('finally');
            }
          },
        (fn, log) => {
          const steps = fn();
          log(steps.next(), steps.return('r'), steps.next());
          log(fn().return('early'));
        },
      ),
  },
  {
    group,
    name: '`break` and destructuring close the generator',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            try {
              for (let i = 0; ; i++) yield i;
            } finally {
              log('closed');
            }
          },
        (fn, log) => {
          for (const i of fn()) if (i === 3) break;
          const [a, b] = fn();
          log(a, b);
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
          function* () {
            yield 1;
            return 'result';
          },
        (fn, log) => {
          const outer = (function* () {
            log('result', yield* fn());
          })();
          log([...outer]);
        },
      ),
  },
  {
    group,
    name: 'the body does not start before the first `next`',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) =>
          function* () {
            log('started');
            yield 1;
          },
        (fn, log) => {
          const steps = fn();
          log('called');
          log(steps.next());
        },
      ),
  },
  {
    group,
    name: 'it is a real generator object of its function',
    broken: 'is an iterator of its own',
    async run(t) {
      const steps = t.wrap(function* () {
        yield 1;
      })();
      ok(isGeneratorObject(steps));
      same(steps[Symbol.iterator](), steps);
      equal(Object.keys(steps), []);
      same(Object.prototype.toString.call(steps), '[object Generator]');
    },
  },
  {
    group,
    name: 'what the body throws arrives, and the generator is over',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        () =>
          function* () {
            yield 1;
            throw null;
          },
        (fn, log) => {
          const steps = fn();
          log(steps.next());
          try {
            steps.next();
          } catch (error) {
            log('threw', error);
          }
          log(steps.next());
        },
      ),
  },
  {
    group,
    name: '`this` and arguments are there in the body',
    broken: 'loses this',
    run: (t) =>
      t.alike(
        () =>
          function* (n) {
            yield this.step * n;
          },
        (fn, log) => log([...fn.call({ step: 5 }, 2)]),
      ),
  },
];
