import fc from 'fast-check';
import { traced, type AnyFn } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { propertyRuns } from '../support/property-runs.js';

const RUNS = propertyRuns(1_000);
const tracing = testTracing();
afterAll(() => tracing.shutdown());

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  maxDepth: 3,
});
const end = fc.record({ fails: fc.boolean(), value: anything });

/** Functions of every kind that give or throw the very values they are told, and what a caller sees of them. */
const kinds: Record<
  string,
  { make: (values: unknown[], end: { fails: boolean; value: unknown }) => AnyFn; use: (given: any) => unknown }
> = {
  sync: {
    make: (_, { fails, value }) =>
      function (this: unknown, ...args: unknown[]) {
        if (fails) throw value;
        return [this, args, value];
      },
    use: (given) => given,
  },
  async: {
    make: (_, { fails, value }) =>
      async function (this: unknown, ...args: unknown[]) {
        await null;
        if (fails) throw value;
        return [this, args, value];
      },
    use: (given) => given,
  },
  generator: {
    make: (values, { fails, value }) =>
      function* () {
        const sent: unknown[] = [];
        for (const one of values) sent.push(yield one);
        if (fails) throw value;
        return [sent, value];
      },
    use: (given: Generator<unknown, unknown, unknown>) => {
      const seen: unknown[] = [];
      for (let step = given.next('first'), i = 0; ; step = given.next(i++)) {
        seen.push(step.value, step.done);
        if (step.done) return seen;
      }
    },
  },
  'async generator': {
    make: (values, { fails, value }) =>
      async function* () {
        for (const one of values) yield one;
        if (fails) throw value;
      },
    use: async (given: AsyncGenerator) => {
      const seen: unknown[] = [];
      try {
        for await (const one of given) seen.push(one);
      } catch (error) {
        seen.push('thrown', error);
      }
      return seen;
    },
  },
};

type Seen = { readonly gave: unknown } | { readonly threw: unknown };

async function outcome(fn: AnyFn, use: (given: any) => unknown, self: unknown, args: unknown[]): Promise<Seen> {
  let given: unknown;
  try {
    given = use(fn.apply(self, args));
  } catch (threw) {
    return { threw };
  }
  return Promise.resolve(given).then(
    (gave): Seen => ({ gave }),
    (threw: unknown): Seen => ({ threw }),
  );
}

/** Equal down to the identity of what the function was told to give. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
}

it.each(Object.keys(kinds))('an arbitrary %s function, traced, does what the bare one does', async (kind) => {
  const { make, use } = kinds[kind]!;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anything, { maxLength: 4 }),
      fc.array(anything, { maxLength: 4 }),
      end,
      async (args, values, how) => {
        runs++;
        const self = { self: true };
        const bare = await outcome(make(values, how), use, self, args);
        const wrapped = await outcome(traced(make(values, how), { spanName: 'call' }), use, self, args);
        const [[was, a], [is, b]] = [Object.entries(bare)[0]!, Object.entries(wrapped)[0]!];
        expect(is).toBe(was);
        expect(same(a, b)).toBe(true);
        expect(tracing.open()).toEqual([]);
        const [span] = tracing.spans;
        expect(span?.status.code).toBe(how.fails ? 2 : 1);
        for (const name of ['input', 'output'])
          if (span?.attributes[`${name}.mime_type`] === 'application/json')
            JSON.parse(String(span.attributes[`${name}.value`]));
        tracing.reset();
      },
    ),
    RUNS,
  );
  process.stdout.write(`${runs} runs of ${kind} functions, seed ${RUNS.seed}\n`);
});
