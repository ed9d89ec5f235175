import { SamplingDecision } from '@opentelemetry/api';
import { SamplingDecision as Decision } from '@opentelemetry/sdk-trace';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Nobody looks, or a sampler does';
const never = {
  shouldSample: () => ({ decision: (Decision ?? SamplingDecision).NOT_RECORD }),
  toString: () => 'Never',
};

function counted() {
  const counts = { looks: 0 };
  const value = { toJSON: () => ((counts.looks += 1), 'looked') };
  return { counts, value };
}

/** The same calls, looked at by nobody: nothing is serialised. */
const nothingSerialised = (what, sdk, needs) => ({
  ...{ group, needs },
  name: what,
  sdk: sdk !== undefined,
  broken: 'JSON.stringify',
  async run(t) {
    if (sdk) t.sdk(sdk);
    const { counts, value } = counted();
    same(t.wrap((given) => given)(value), value);
    same(await t.wrap(async (given) => given)(value), value);
    equal([...t.wrap(function* (given) { yield given; })(value)], [value]); // prettier-ignore
    same(counts.looks, 0);
  },
});

export default [
  nothingSerialised('without a provider nothing is serialised', undefined, []),
  nothingSerialised('of a call that is not sampled nothing is serialised', { sampler: never }, ['spans']),
  {
    group,
    sdk: false,
    name: 'without a provider every shape behaves as the bare one',
    broken: 'always async',
    async run(t) {
      await t.alike(
        () =>
          function add(x) {
            return this.n + x;
          },
        (fn, log) => log(fn.call({ n: 1 }, 2), fn.name, fn.length),
      );
      await t.alike(
        () => async () => {
          throw new Error('ignored');
        },
        (fn) => void fn(),
      );
      await t.alike(
        () =>
          async function* () {
            const got = yield 1;
            return got;
          },
        async (fn, log) => {
          const steps = fn();
          log(await steps.next(), await steps.next('x'));
        },
      );
    },
  },
  {
    ...{ group, needs: ['spans'] },
    name: 'a call that is not sampled behaves as the bare one, and exports nothing',
    broken: 'always async',
    async run(t) {
      t.sdk({ sampler: never });
      same(t.wrap((a) => a + 1)(1), 2);
      same(await t.wrap(async (a) => a + 1)(1), 2);
      equal([...t.wrap(function* () { yield 1; })()], [1]); // prettier-ignore
      equal([t.spans.length, t.open.length], [0, 0]);
    },
  },
  {
    ...{ group, needs: ['spans', 'start attributes'] },
    name: 'a sampler sees the kind of the span',
    broken: 'tells the sampler nothing',
    async run(t) {
      const seen = [];
      const sampler = {
        shouldSample(_ctx, _trace, _name, _kind, attributes) {
          seen.push({ ...attributes });
          return { decision: Decision.RECORD_AND_SAMPLED };
        },
        toString: () => 'Looking',
      };
      t.sdk({ sampler });
      t.wrap(() => 1, { kind: 'LLM' })();
      ok(['LLM', 'generation'].includes(seen[0]?.[t.attributeNames.kind]), JSON.stringify(seen));
    },
  },
  {
    ...{ group, needs: ['spans', 'scopes', 'start attributes'] },
    name: 'a sampler sees the session of the surrounding scope',
    broken: 'tells the sampler nothing',
    async run(t) {
      const seen = [];
      const sampler = {
        shouldSample(_ctx, _trace, _name, _kind, attributes) {
          seen.push({ ...attributes });
          return { decision: Decision.RECORD_AND_SAMPLED };
        },
        toString: () => 'Looking',
      };
      t.sdk({ sampler });
      t.scope({ sessionId: 's-1' }, () => t.wrap(() => 1)());
      same(seen[0]?.[t.attributeNames.session], 's-1');
    },
  },
];
