import { equal, same } from '../harness/expect.mjs';

const group = 'Faults';
const boom = () => {
  throw new Error('boom');
};
const quiet = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };

/** Under such a condition a call gives what it gives, in every shape. */
const unaffected = (what, broken, needs, condition, options = {}) => ({
  ...{ group, broken, needs },
  name: what,
  async run(t) {
    condition?.(t);
    const self = { n: 2 };
    let runs = 0;
    const add = t.wrap(function add(x) {
      runs += 1;
      return this.n + x;
    }, options);
    equal([add.call(self, 3), runs], [5, 1]);
    equal([await t.wrap(async () => ((runs += 1), 7), options)(), runs], [7, 2]);
    equal([...t.wrap(function* () { yield 1; yield 2; }, options)()], [1, 2]); // prettier-ignore
    const error = new Error('its own');
    const failing = t.wrap(async () => {
      throw error;
    }, options);
    same(await failing().catch((reason) => reason), error);
  },
});

export default [
  unaffected('a processor that throws on start', 'ends when settled', ['spans'], (t) =>
    t.sdk({ processors: [{ ...quiet, onStart: boom }] }),
  ),
  unaffected('a processor that throws at the end', 'ends when settled', ['spans'], (t) =>
    t.sdk({ processors: [{ ...quiet, onEnd: boom }] }),
  ),
  unaffected('a processor that throws while ending', 'ends when settled', ['spans'], (t) =>
    t.sdk({ processors: [{ ...quiet, onEnding: boom }] }),
  ),
  unaffected('an exporter that throws', 'ends when settled', ['spans'], (t) =>
    t.sdk({
      processors: [{ ...quiet, onEnd: (span) => ({ export: boom }).export([span]) }],
    }),
  ),
  unaffected('a sampler that throws', 'ends when settled', ['spans'], (t) =>
    t.sdk({ sampler: { shouldSample: boom, toString: () => 'broken' } }),
  ),
  unaffected('a hook on the arguments that throws: the call runs', 'trusts hooks', ['spans', 'hooks'], undefined, {
    hooks: { input: boom },
  }),
  unaffected('a hook on the result that throws: the result arrives', 'trusts hooks', ['spans', 'hooks'], undefined, {
    hooks: { output: boom },
  }),
  unaffected('a mask that throws: the call runs', 'trusts hooks', ['spans', 'capture', 'mask'], undefined, {
    mask: boom,
  }),
  {
    ...{ group, needs: ['spans', 'hooks'] },
    name: 'a hook that throws does not make a good call a failed one',
    broken: 'blames the call for its hooks',
    async run(t) {
      await t
        .wrap(async () => 1, { hooks: { output: boom } })()
        .catch(() => undefined);
      same(t.failed(), false);
    },
  },
  {
    ...{ group, needs: ['spans', 'hooks'] },
    name: 'a hook that throws does not keep the span open',
    broken: 'never ends',
    async run(t) {
      const options = { hooks: { input: boom, output: boom } };
      await t.wrap(async () => 1, options)().catch(() => undefined); // prettier-ignore
      await t.settled();
      equal([t.spans.length, t.open.length], [1, 0]);
    },
  },
  {
    group,
    name: 'arguments and results that cannot be serialised: the call runs',
    broken: 'JSON.stringify',
    async run(t) {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      const circular = {};
      circular.self = circular;
      const bad = [{ toJSON: boom }, { get x() { return boom(); } }, 10n, circular, proxy, Symbol('s')]; // prettier-ignore
      for (const value of bad) same(t.wrap((given) => given)(value), value);
      for (const value of bad.filter((one) => one !== proxy)) same(await t.wrap(async (given) => given)(value), value);
    },
  },
];
