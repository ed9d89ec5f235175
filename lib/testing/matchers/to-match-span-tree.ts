import type { TestTracing } from '../test-tracing.js';
import { outcome, type Outcome } from './outcome.js';
import { checkTracing } from './received.js';

/**
 * Whether the spans are this tree, as `tracing.tree()` draws it: no ids, no times, concurrent siblings in one order. The text may be
 * indented as the code around it is.
 */
export function toMatchSpanTree(tracing: TestTracing, expected: string): Outcome {
  checkTracing('toMatchSpanTree', tracing);
  if (typeof expected !== 'string')
    throw new TypeError('toMatchSpanTree: expected the tree as text; without it, a file snapshot, use jest or Vitest.');
  const actual = tracing.tree();
  const wanted = undented(expected);
  return outcome(actual === wanted, 'tracing', 'match the span tree', () =>
    actual === wanted ? actual : `${lineDiff(wanted, actual)}\n\nThe tree is:\n${actual || '(no spans)'}`,
  );
}

/** Without the empty first and last lines and the indentation of a template literal. */
export function undented(text: string): string {
  const lines = text.replace(/^[ \t]*\n|\n[ \t]*$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 1_000);
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

/** Lines that are missing with `-`, lines that are new with `+`, by their longest common subsequence. */
function lineDiff(expected: string, actual: string): string {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  const lengths = a.map(() => new Array<number>(b.length).fill(0));
  const common = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const length = a[i] === b[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
      (lengths[i] as number[])[j] = length;
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i]}`);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common(i + 1, j) >= common(i, j + 1))) lines.push(`- ${a[i++]}`);
    else lines.push(`+ ${b[j++]}`);
  }
  return lines.join('\n');
}
