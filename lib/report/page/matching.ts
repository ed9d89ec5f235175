import type { Contents } from './read-data.js';
import { DIMENSIONS, type Dimension, type Filter } from './state.js';
import type { Spans, TextColumn } from './spans.js';

const COLUMNS: Readonly<Record<Dimension, readonly TextColumn[]>> = {
  ...{ kind: ['kind'], name: ['name'], model: ['model'], prompt: ['prompt'], session: ['session'], user: ['user'] },
  ...{ agent: ['agent', 'callingAgent'], tag: [] },
};
const SEARCHED: readonly TextColumn[] = [
  ...(['name', 'kind', 'model', 'agent', 'callingAgent', 'session', 'user', 'prompt', 'error'] as const),
];

/** The rows for which the filter holds. `found` are those whose contents hold its text. */
export function matchingRows(spans: Spans, filter: Filter, found: ReadonlySet<number>): number[] {
  const tests = [...dimensionTests(spans, filter), ...otherTests(spans, filter, found)];
  const rows: number[] = [];
  for (let row = 0; row < spans.count; row++) if (tests.every((test) => test(row))) rows.push(row);
  return rows;
}

type Test = (row: number) => boolean;

function dimensionTests(spans: Spans, filter: Filter): Test[] {
  return DIMENSIONS.flatMap((dimension): Test[] => {
    const wanted = filter[dimension];
    if (wanted === undefined) return [];
    const number = spans.facts.texts.indexOf(wanted);
    if (dimension === 'tag') return [(row) => spans.tags(row).includes(number)];
    return [(row) => COLUMNS[dimension].some((column) => spans.textNumber(column, row) === number)];
  });
}

function otherTests(spans: Spans, { errors, from, to, text }: Filter, found: ReadonlySet<number>): Test[] {
  const tests: Test[] = [];
  if (errors) tests.push((row) => spans.isError(row));
  if (from !== undefined) tests.push((row) => spans.time(row) >= from);
  if (to !== undefined) tests.push((row) => spans.time(row) < to);
  if (text) {
    const wanted = text.toLowerCase();
    const holds = spans.facts.texts.map((candidate) => candidate.toLowerCase().includes(wanted));
    const traces = spans.facts.traceIds.map((id) => id.toLowerCase().startsWith(wanted));
    tests.push((row) => SEARCHED.some((column) => holds[spans.textNumber(column, row)]) || traces[spans.trace(row).index] === true || found.has(row)); // prettier-ignore
  }
  return tests;
}

/** Looks through the contents of all spans, block by block; says after each how far it is. Ends early when `signal` is aborted. */
export async function searchContents(
  contents: Contents,
  text: string,
  signal: AbortSignal,
  progress: (found: ReadonlySet<number>, share: number) => void,
): Promise<void> {
  const wanted = JSON.stringify(text).slice(1, -1).toLowerCase(); // as it stands inside JSON
  const found = new Set<number>();
  for (let index = contents.blockCount - 1; index >= 0; index--) {
    const block = await contents.block(index);
    if (signal.aborted) return;
    block.forEach((content, i) => {
      if (content && JSON.stringify(content).toLowerCase().includes(wanted)) found.add(contents.firstRow(index) + i);
    });
    progress(found, 1 - index / contents.blockCount);
  }
}
