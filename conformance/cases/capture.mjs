import { excludes, equal, includes, match, ok, same, validJson } from '../harness/expect.mjs';
import { Feed, webStream } from '../fixtures/shapes.mjs';

const group = 'What is captured';
const needs = ['spans', 'capture'];

/** Calls a function with these arguments, or one that returns the value; gives what was recorded. */
const inputOf = (t, ...args) => {
  t.wrap(function take(first, second) {})(...args);
  return t.input();
};
const outputOf = (t, value) => {
  t.wrap(function give() {
    return value;
  })();
  return t.output();
};

/** What is recorded of such an argument is valid JSON, and says these parts. */
const says = (what, broken, make, ...parts) => ({
  ...{ group, needs, broken },
  name: `${what}: recorded, as valid JSON`,
  async run(t) {
    const text = inputOf(t, make(), 'beside');
    validJson(text);
    for (const part of [...parts, 'beside']) includes(text, part);
  },
});

/** A falsy or unusual result is recorded. */
const results = [
  [0, /^0$/],
  ['', /^(?:"")?$/], // as text or as JSON
  [false, /^false$/],
  [null, /^null$/],
];

export default [
  {
    ...{ group, needs },
    name: 'arguments and result are recorded',
    broken: 'captures nothing',
    async run(t) {
      await t.wrap(async function ask(question, { depth }) {
        return { answer: 42 };
      })('why', { depth: 3 });
      includes(t.input(), 'why');
      includes(t.input(), '"depth":3');
      equal(validJson(t.output()), { answer: 42 });
    },
  },
  {
    ...{ group, needs },
    name: 'the input is what it was before the body changed it',
    broken: 'captures afterwards',
    async run(t) {
      await t.wrap(async function change(state) {
        state.step = 'changed';
        await null;
        state.step = 'again';
      })({ step: 'original' });
      includes(t.input(), 'original');
      excludes(t.input(), 'changed');
    },
  },
  {
    ...{ group, needs },
    name: '`0`, the empty string, `false` and `null` are recorded as results',
    broken: 'drops falsy values',
    async run(t) {
      for (const [value] of results)
        t.wrap(function give() {
          return value;
        })();
      for (const [i, [, form]] of results.entries()) match(t.output(t.spans[i]) ?? 'nothing', form);
    },
  },
  {
    ...{ group, needs },
    name: 'the output of a stream is what it delivered',
    broken: 'JSON.stringify',
    async run(t) {
      const steps = t.wrap(async function* tell() {
        yield 'once upon';
        yield ' a time';
      })();
      for await (const value of steps) void value;
      includes(t.output(), 'once upon');
      includes(t.output(), ' a time');
    },
  },
  {
    ...{ group, needs },
    name: 'the output of an openai stream is its text',
    broken: 'JSON.stringify',
    async run(t) {
      const { openai } = await import('../fixtures/model-api.mjs');
      for await (const chunk of await t.wrap(openai().stream)()) void chunk;
      await t.settled();
      includes(t.output(), 'Hello there');
    },
  },
  says(
    'a circular object',
    'JSON.stringify in a try',
    () => {
      const node = { label: 'loop' };
      node.self = node;
      return node;
    },
    'loop',
  ),
  {
    ...{ group, needs },
    name: 'an object that is shared, not circular, is recorded in both places',
    broken: 'String()',
    async run(t) {
      const shared = { v: 'both' };
      const text = inputOf(t, { a: shared, b: shared });
      same(text.match(/"v":"both"/g)?.length, 2);
    },
  },
  says('a BigInt', 'JSON.stringify in a try', () => ({ big: 12345678901234567890n }), '12345678901234567890'),
  says('a Map', 'JSON.stringify in a try', () => new Map([['key-1', 'value-1']]), 'key-1', 'value-1'),
  says('a Set', 'JSON.stringify in a try', () => new Set(['member-1']), 'member-1'),
  says(
    'an Error and its cause',
    'JSON.stringify in a try',
    () => new RangeError('too far', { cause: new Error('the wheel') }),
    'too far',
    'the wheel',
  ),
  says('a Date', 'String()', () => ({ at: new Date(Date.UTC(2026, 0, 2)) }), '2026-01-02T00:00:00.000Z'),
  says('NaN and the infinities', 'JSON.stringify', () => ({ a: NaN, b: -Infinity }), 'NaN', '-Infinity'),
  says(
    'a RegExp and a URL',
    'JSON.stringify',
    () => ({ re: /ab+c/, url: new URL('https://example.org/x') }),
    'ab+c',
    'example.org/x',
  ),
  says(
    'a symbol and a function',
    'JSON.stringify',
    () => ({ s: Symbol('mark'), f: function helper() {} }),
    'mark',
    'helper',
  ),
  says('an instance of a class', 'String()', () => new (class Point { x = 'east'; })(), 'east'), // prettier-ignore
  says(
    'a `toJSON` that throws, beside what does not',
    'JSON.stringify in a try',
    () => ({
      good: 'kept',
      bad: {
        toJSON() {
          throw new Error('no');
        },
      },
    }),
    'kept',
  ),
  says(
    'a getter that throws, beside what does not',
    'JSON.stringify in a try',
    () => ({
      good: 'kept',
      get bad() {
        throw new Error('no');
      },
    }),
    'kept',
  ),
  says(
    'a revoked Proxy, beside what is not',
    'JSON.stringify in a try',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return { good: 'kept', proxy };
    },
    'kept',
  ),
  says(
    '20,000 levels',
    'JSON.stringify in a try',
    () => {
      let deep = { bottom: 1 };
      for (let i = 0; i < 20_000; i++) deep = { level: deep };
      return { good: 'kept', deep };
    },
    'kept',
  ),
  says(
    'a lone surrogate and control characters',
    'String()',
    () => ({ odd: '\ud800\u0000\u2028', good: 'kept' }),
    'kept',
  ),
  {
    ...{ group, needs },
    name: 'a getter is not run, in arguments nor in results',
    broken: 'JSON.stringify',
    async run(t) {
      let runs = 0;
      const value = {
        get costly() {
          return (runs += 1);
        },
      };
      inputOf(t, value);
      t.wrap(() => value)();
      same(runs, 0);
    },
  },
  {
    ...{ group, needs },
    name: 'iterators, promises and streams among the arguments are not touched',
    broken: 'looks into everything',
    async run(t) {
      const steps = (function* () {
        yield 'first';
      })();
      const stream = webStream([1]);
      let asked = 0;
      const lazy = { then: () => (asked += 1), catch: () => (asked += 1) };
      t.wrap(function take(...all) {})(steps, stream, lazy, new Feed([1]));
      await t.settled();
      equal([steps.next().value, stream.locked, asked], ['first', false, 0]);
    },
  },
  {
    ...{ group, needs },
    name: 'a string of 20 MB is bounded, as valid JSON',
    broken: 'JSON.stringify',
    async run(t) {
      const text = inputOf(t, { text: 'x'.repeat(20_000_000) }, 'beside');
      ok(text.length < 200_000, `${text.length} characters`);
      validJson(text);
    },
  },
  {
    ...{ group, needs },
    name: 'a string of 20 MB as the result is bounded',
    broken: 'JSON.stringify',
    async run(t) {
      const text = outputOf(t, 'y'.repeat(20_000_000));
      ok(text !== undefined && text.length < 200_000, `${text?.length} characters`);
    },
  },
  {
    ...{ group, needs },
    name: 'a list of 1,000,000 objects is bounded, as valid JSON, and most of it not looked at',
    broken: 'JSON.stringify',
    async run(t) {
      let looks = 0;
      const one = { toJSON: () => ((looks += 1), 'one') };
      const text = inputOf(t, Array(1_000_000).fill(one), 'beside');
      ok(text.length < 200_000, `${text.length} characters`);
      ok(looks < 20_000, `${looks} looks`);
      validJson(text);
    },
  },
  {
    ...{ group, needs },
    name: 'what is cut is still valid JSON, and says that it was cut',
    broken: 'cuts JSON',
    async run(t) {
      const rows = Array.from({ length: 5_000 }, (_, i) => ({ i, text: 'long enough "quoted" text '.repeat(8) }));
      const text = inputOf(t, rows, 'beside');
      ok(text.length < 400_000, `${text.length} characters`);
      validJson(text);
      ok(/…|\.\.\.|trunc/i.test(text), 'nothing says that it was cut');
    },
  },
  {
    ...{ group, needs },
    name: 'a Buffer of 1 MB is summarised',
    broken: 'JSON.stringify',
    async run(t) {
      const text = inputOf(t, { image: Buffer.alloc(1_000_000, 7) }, 'beside');
      ok(text.length < 200_000, `${text.length} characters`);
      validJson(text);
    },
  },
  {
    ...{ group, needs },
    name: 'the chunks of an endless stream are bounded',
    broken: 'JSON.stringify',
    async run(t) {
      let left = 20_000;
      for (const value of t.wrap(function* () {
        for (;;) yield 'z'.repeat(100);
      })()) {
        if ((left -= 1) === 0) break;
        void value;
      }
      await t.settled();
      const text = t.output();
      ok(text !== undefined && text.includes('zzz') && text.length < 400_000, `${text?.length} characters`);
    },
  },
];
