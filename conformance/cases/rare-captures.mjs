import { diag } from '@opentelemetry/api';
import { equal, excludes, includes, ok, same, validJson } from '../harness/expect.mjs';

const group = 'Rarer values and secrets';
const needs = ['spans', 'capture'];
const KEY = `sk-proj-${'aB3dE6gH9jK2mN5pQ8sT1vW4'.repeat(2)}`;

/** Recorded beside another argument, bounded and valid. */
const bounded = (what, broken, make, ...parts) => ({
  ...{ group, needs, broken },
  name: `${what}: bounded, valid JSON`,
  async run(t) {
    t.wrap(function take(first, second) {})(make(), 'beside');
    const text = t.input();
    validJson(text);
    ok(text.length < 200_000, `${text.length} characters`);
    for (const part of [...parts, 'beside']) includes(text, part);
  },
});

/** None of the secrets `v-1`… is said, and `fine` is. */
const withheld = (what, make, count) => ({
  ...{ group, needs },
  name: `${what}: withheld`,
  broken: 'JSON.stringify in a try',
  async run(t) {
    t.wrap(function take(first, second) {})(make(), { note: 'fine' });
    for (let i = 1; i <= count; i++) excludes(t.said(), `v-${i}`);
    includes(t.input(), 'fine');
    ok(t.input().includes('shown'), 'what is no secret is not shown');
  },
});

export default [
  bounded('an object of 100,000 keys', 'JSON.stringify', () =>
    Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key ${i}`, i])),
  ),
  bounded(
    'a Map of 100,000 entries',
    'JSON.stringify in a try',
    () => new Map(Array.from({ length: 100_000 }, (_, i) => [i, i])),
    '0',
  ),
  bounded('a sparse array of a thousand million', 'captures nothing', () => new Array(1e9)),
  bounded('a key of a million characters', 'JSON.stringify', () => ({ ['k'.repeat(1_000_000)]: 1 })),
  bounded('a `toJSON` that gives itself for ever', 'captures nothing', () => {
    const self = { toJSON: () => ({ toJSON: () => self }) };
    return self;
  }), // prettier-ignore
  bounded('a `toJSON` that gives a BigInt', 'JSON.stringify in a try', () => ({ toJSON: () => 10n }), '10'),
  bounded('an object without a prototype, and a key `__proto__`', 'String()', () => [
    Object.assign(Object.create(null), { a: 'bare' }),
    JSON.parse('{"__proto__":{"x":"own"}}'),
  ], 'bare', 'own'), // prettier-ignore
  bounded('a Proxy whose keys or length cannot be read', 'JSON.stringify in a try', () => {
    const boom = () => {
      throw new Error('no');
    };
    return [new Proxy({}, { ownKeys: boom }), new Proxy([], { get: (list, key) => (key === 'length' ? boom() : list[key]) })];
  }), // prettier-ignore
  bounded(
    'errors of an AggregateError',
    'JSON.stringify in a try',
    () => new AggregateError([new Error('the first')], 'several'),
    'several',
    'the first',
  ),
  bounded(
    'an invalid Date and boxed values',
    'String()',
    () => ({ at: new Date(NaN), text: new String('boxed') }),
    'boxed',
  ),
  bounded(
    'an image as a data URL',
    'JSON.stringify',
    () => `data:image/png;base64,${'A'.repeat(400_000)}`,
    'image/png',
  ),
  {
    ...{ group, needs },
    name: 'chunks of a buffer that is used again: each as it was',
    broken: 'JSON.stringify',
    async run(t) {
      const steps = t.wrap(function* () {
        const reused = { n: 0 };
        for (reused.n = 1; reused.n < 4; reused.n++) yield reused;
      })();
      for (const value of steps) void value;
      await t.settled();
      equal(validJson(t.output()), [{ n: 1 }, { n: 2 }, { n: 3 }]);
    },
  },
  {
    ...{ group, needs },
    name: 'a result that is changed afterwards: as it was returned',
    broken: 'captures nothing',
    async run(t) {
      const result = { state: 'returned' };
      t.wrap(() => result)();
      result.state = 'changed';
      includes(t.output(), 'returned');
    },
  },
  {
    ...{ group, needs },
    name: 'a positional argument whose parameter is called `password`: withheld',
    broken: 'JSON.stringify',
    async run(t) {
      t.wrap(function login(user, password) {})('ann', 'hunter2');
      excludes(t.said(), 'hunter2');
      includes(t.input(), 'ann');
    },
  },
  withheld(
    'values under keys in other spellings',
    () => ({
      'X-API-Key': 'v-1',
      client_secret: 'v-2',
      'Set-Cookie': 'v-3',
      refreshToken: 'v-4',
      PRIVATE_KEY: 'v-5',
      passwd: 'v-6',
      a: 'shown',
    }),
    6,
  ),
  withheld(
    'secrets in a Map, in headers, and in what `toJSON` gives',
    () => [
      new Map([
        ['password', 'v-1'],
        ['a', 'shown'],
      ]),
      { headers: Object.fromEntries(new Headers({ authorization: 'Basic v-2' })) },
      { toJSON: () => ({ password: 'v-3', b: 'shown' }) },
    ],
    3,
  ),
  {
    ...{ group, needs: ['spans'] },
    name: 'a secret in the cause of an error, in one of several, in a thrown text or object: withheld',
    broken: 'ends when settled',
    async run(t) {
      const thrown = [
        new AggregateError([new Error(`in ${KEY}`)], 'several', { cause: new Error(`for ${KEY}`) }),
        `bad ${KEY}`,
        { message: `no ${KEY}` },
      ];
      for (const value of thrown) {
        await t
          .wrap(async () => {
            throw value;
          })()
          .catch(() => undefined);
      }
      equal(
        t.spans.map((span) => t.failed(span)),
        [true, true, true],
      );
      excludes(t.said(), KEY);
    },
  },
  {
    ...{ group, needs: ['spans'] },
    name: 'an error that is its own cause, or whose stack cannot be read: recorded, and thrown as it is',
    broken: 'knows no errors',
    async run(t) {
      const circular = new Error('circular');
      circular.cause = circular;
      const opaque = new Error('opaque');
      Object.defineProperty(opaque, 'stack', {
        get() {
          throw new Error('do not look');
        },
      });
      for (const error of [circular, opaque]) {
        const fail = t.wrap(async () => {
          throw error;
        });
        same(await fail().catch((reason) => reason), error);
      }
      equal(
        t.spans.map((span) => t.failed(span)),
        [true, true],
      );
    },
  },
  {
    ...{ group, needs: ['spans', 'hooks'] },
    name: 'a diagnostic logger that throws while a hook’s fault is reported: the call runs',
    broken: 'trusts hooks',
    async run(t) {
      const boom = () => {
        throw new Error('boom');
      };
      diag.setLogger(new Proxy({}, { get: () => boom }));
      try {
        same(t.wrap((n) => n + 1, { hooks: { input: boom, output: boom } })(1), 2);
        same(await t.wrap(async (n) => n + 1, { hooks: { output: boom } })(1), 2);
      } finally {
        diag.disable();
      }
    },
  },
];
