import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { configure, traced } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { propertyRuns } from '../support/property-runs.js';
import '../../lib/testing/jest.js';

const tracing = testTracing();
beforeAll(() => configure({ modelCosts: { m: { input: 1, output: 0 } } }));
afterAll(async () => {
  await tracing.shutdown();
  resetConfiguration();
});

/** A call: a chain of others, or a model call, which may make others too. */
interface Node {
  readonly form: 'chain' | 'model' | 'stream';
  /** Thousands of tokens; a dollar is a million. */
  readonly tokens: number;
  readonly turns: number;
  readonly fails: boolean;
  /** Nobody waits for it. */
  readonly left: boolean;
  readonly children: readonly Node[];
}

const DEEPEST = 4;
const trees = (left: fc.Arbitrary<boolean>, depth = DEEPEST): fc.Arbitrary<Node> =>
  fc.record({
    form: fc.constantFrom('chain' as const, 'model' as const, 'stream' as const),
    tokens: fc.integer({ min: 0, max: 5 }),
    turns: fc.integer({ min: 0, max: 3 }),
    fails: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    left,
    children: depth === 0 ? fc.constant([]) : fc.array(trees(left, depth - 1), { maxLength: 3 }),
  });

let ids = 0;
const response = ({ tokens }: Node) => ({
  id: `r${ids++}`,
  object: 'chat.completion',
  model: 'm',
  choices: [],
  usage: { prompt_tokens: tokens * 1_000, completion_tokens: 0, total_tokens: tokens * 1_000 },
});

/** What each call may have cost by itself, by its span's name. */
const own = new Map<string, number>();
const below = new Map<string, string[]>();

/** Runs a tree as traced calls; resolves when what is waited for is over. `pending` gathers the rest. */
async function run(node: Node, path: string, pending: Promise<unknown>[]): Promise<void> {
  const names = node.children.map((_, i) => `${path}.${i}`);
  below.set(path, names);
  own.set(path, node.form === 'chain' || node.fails ? 0 : (node.tokens * 1_000) / 1e6);
  const inside = async () => {
    const waited: Promise<unknown>[] = [];
    node.children.forEach((child, i) => {
      const call = run(child, names[i]!, pending).catch(() => {});
      (child.left ? pending : waited).push(call);
    });
    for (let i = 0; i < node.turns; i++) await turn();
    await Promise.all(waited);
    if (node.fails) throw new Error('fails');
  };
  if (node.form === 'chain') return traced(inside, { spanName: path })();
  if (node.form === 'model')
    return void (await traced(async () => (await inside(), response(node)), { spanName: path, spanKind: 'LLM' })());
  const stream = traced(
    async function* () {
      await inside();
      yield { ...response(node), object: 'chat.completion.chunk' };
    },
    { spanName: path, spanKind: 'LLM' },
  );
  for await (const chunk of stream()) expect(chunk).toBeDefined();
}

const sumBelow = (path: string): number => (below.get(path) ?? []).reduce((sum, child) => sum + (own.get(child) ?? 0) + sumBelow(child), 0); // prettier-ignore

async function check(tree: Node, exact: boolean): Promise<void> {
  tracing.reset();
  own.clear();
  below.clear();
  const pending: Promise<unknown>[] = [];
  await run(tree, 'root', pending).catch(() => {});
  while (pending.length > 0) await Promise.all(pending.splice(0));
  expect(tracing).toHaveNoOpenSpans();
  let dollars = 0;
  for (const { name, attributes } of tracing.spans) {
    const rolledUp = Number(attributes['cost.rollup.total_usd'] ?? 0);
    if (exact) expect(rolledUp).toBeCloseTo(sumBelow(name), 12);
    else expect(rolledUp).toBeLessThanOrEqual(sumBelow(name) + 1e-12);
    if (exact) expect(attributes).not.toHaveProperty(['cost.rollup.incomplete']);
    dollars += Number(attributes['cost.total_usd'] ?? 0);
  }
  // what is summed over spans counts every call once, whatever the order they end in
  expect(dollars).toBeCloseTo(
    [...own.values()].reduce((sum, usd) => sum + usd, 0),
    12,
  );
}

it('trees of concurrent calls whose children end first: a roll-up is the sum of what is below', async () => {
  await fc.assert(
    fc.asyncProperty(trees(fc.constant(false)), (tree) => check(tree, true)),
    propertyRuns(150),
  );
});

it('trees in which some calls are waited for by nobody: a roll-up is never more', async () => {
  await fc.assert(
    fc.asyncProperty(trees(fc.boolean()), (tree) => check(tree, false)),
    propertyRuns(150),
  );
});
