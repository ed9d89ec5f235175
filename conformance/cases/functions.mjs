import 'reflect-metadata';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Functions';
const caught = (call) => {
  try {
    return { value: call() };
  } catch (thrown) {
    return { thrown };
  }
};

/** Throws `value` sync from the wrapped function: the very value must arrive. */
const throwsSame = (what, value, broken) => ({
  ...{ group, broken },
  name: `throws ${what} as it is`,
  async run(t) {
    const result = caught(
      t.wrap(function fail() {
        throw value;
      }),
    );
    ok('thrown' in result, 'nothing was thrown');
    ok(Object.is(result.thrown, value), 'something else was thrown');
  },
});

export default [
  {
    group,
    name: '`this` and all arguments arrive',
    broken: 'loses this',
    run: (t) =>
      t.alike(
        () =>
          function join(a, b) {
            return [this?.tag, a, b, arguments.length, [...arguments]];
          },
        (fn, log) => {
          log(fn.call({ tag: 'x' }, 1, 2, 3));
          log(fn.call({ tag: 'y' }));
          log(fn.call({ tag: 'z' }, undefined));
        },
      ),
  },
  {
    group,
    name: 'the number of arguments is not changed, so that defaults and `arguments` work',
    broken: 'pads arguments',
    run: (t) =>
      t.alike(
        () =>
          function count(a, b, c) {
            return [arguments.length, a, b, c];
          },
        (fn, log) => log(fn(1), fn(1, undefined), fn()),
      ),
  },
  {
    group,
    name: 'the returned object is the same object',
    broken: 'copies results',
    async run(t) {
      const results = [{ a: 1 }, [1], new Map(), new Date(0), Object.freeze({}), Symbol.iterator, () => 1];
      const give = t.wrap(function give(i) {
        return results[i];
      });
      for (const [i, result] of results.entries()) same(give(i), result);
    },
  },
  {
    group,
    name: 'a synchronous function stays synchronous',
    broken: 'always async',
    async run(t) {
      const add = t.wrap((a, b) => a + b);
      same(add(1, 2), 3);
      same(t.wrap(() => undefined)(), undefined);
      same(t.wrap(() => null)(), null);
    },
  },
  {
    group,
    name: 'the body runs exactly once a call',
    broken: 'calls twice',
    async run(t) {
      let calls = 0;
      const wrapped = t.wrap(() => (calls += 1));
      wrapped();
      wrapped();
      same(calls, 2);
    },
  },
  throwsSame('an Error', Object.assign(new RangeError('no'), { code: 'E_NO' }), 'wraps errors'),
  throwsSame('`null`', null, 'reads the message'),
  throwsSame('`undefined`', undefined, 'reads the message'),
  throwsSame('a plain object', { code: 42 }, 'wraps errors'),
  throwsSame('a string', 'broken', 'wraps errors'),
  throwsSame('a symbol', Symbol('no'), 'wraps errors'),
  throwsSame('a frozen Error', Object.freeze(new Error('frozen')), 'marks errors'),
  throwsSame(
    'an Error whose properties throw',
    Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('do not look');
      },
    }),
    'reads the message',
  ),
  {
    group,
    name: 'a thrown Error is not changed: same keys, message and stack',
    broken: 'marks errors',
    async run(t) {
      const error = new TypeError('as it was');
      const before = [Reflect.ownKeys(error), error.message, error.stack];
      caught(
        t.wrap(() => {
          throw error;
        }),
      );
      equal([Reflect.ownKeys(error), error.message, error.stack], before);
    },
  },
  {
    group,
    name: '`name` is kept',
    broken: 'is a plain function',
    run: (t) =>
      t.alike(
        () => function classify() {},
        (fn, log) => log(fn.name),
      ),
  },
  {
    group,
    name: '`length` is kept',
    broken: 'is a plain function',
    run: (t) =>
      t.alike(
        () => function classify(a, b, c = 1) {},
        (fn, log) => log(fn.length),
      ),
  },
  {
    group,
    name: 'own properties are kept: symbols and not enumerable ones too',
    broken: 'is a plain function',
    run: (t) =>
      t.alike(
        () =>
          Object.defineProperties(
            Object.assign(function tool() {}, { schema: { a: 1 }, [Symbol.for('tag')]: 2 }),
            {
              hidden: { value: 3, enumerable: false, configurable: true, writable: true },
            },
          ),
        (fn, log) => log(fn.schema, fn[Symbol.for('tag')], fn.hidden, Object.keys(fn)),
      ),
  },
  {
    group,
    name: 'Reflect metadata is kept (NestJS, tsyringe)',
    broken: 'is a plain function',
    run: (t) =>
      t.alike(
        () => {
          function route() {}
          Reflect.defineMetadata('path', '/cats', route);
          return route;
        },
        (fn, log) => log(Reflect.getMetadata('path', fn), Reflect.getOwnMetadataKeys(fn)),
      ),
  },
  {
    group,
    name: "the prototype of a generator function's objects is the function's",
    broken: 'is a plain function',
    async run(t) {
      const wrapped = t.wrap(function* steps() {
        yield 1;
      });
      ok(wrapped() instanceof wrapped, 'not an instance of the function');
    },
  },
  {
    group,
    name: 'calls inside calls, and a call that calls itself',
    broken: 'always async',
    async run(t) {
      const factorial = t.wrap(function factorial(n) {
        return n <= 1 ? 1 : n * self.factorial(n - 1);
      });
      const self = { factorial };
      same(factorial(6), 720);
    },
  },
];
