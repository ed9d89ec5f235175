import { MATCHERS } from './matchers/all.js';
import { toMatchSpanTree } from './matchers/to-match-span-tree.js';
import type { Outcome } from './matchers/outcome.js';
import type { TestTracing } from './test-tracing.js';

/** What jest and Vitest share of `expect`. */
interface Expect {
  (value: unknown): { toMatchSnapshot(): void };
  extend(matchers: Record<string, (...args: never[]) => Outcome>): void;
}

/** Adds the matchers to `expect`. A tree without a text is compared with the file snapshot of the test that runs. */
export function register(expect: Expect): void {
  const matchers = { ...MATCHERS, toMatchSpanTree: treeOrSnapshot };
  expect.extend(matchers);

  function treeOrSnapshot(tracing: TestTracing, expected?: string): Outcome {
    if (expected !== undefined) return toMatchSpanTree(tracing, expected);
    expect(tracing.tree()).toMatchSnapshot(); // throws, with the difference, where it is another
    return { pass: true, message: () => 'toMatchSpanTree with a file snapshot has no opposite: write the tree down.' };
  }
}
