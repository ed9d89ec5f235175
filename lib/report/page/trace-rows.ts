import type { Spans, Trace } from './spans.js';

/** A line of a waterfall. */
export interface TraceRow {
  readonly row: number;
  readonly depth: number;
  readonly children: number;
}

/** The spans of a trace in the order of its tree, siblings by start. What is below a folded row is left out. */
export function traceRows(spans: Spans, trace: Trace, folded: ReadonlySet<number>): TraceRow[] {
  const children = new Map<number, number[]>();
  const isReached = new Set<number>();
  const byStart = [...trace.rows].sort((a, b) => (spans.start[a] ?? 0) - (spans.start[b] ?? 0) || a - b);
  for (const row of byStart) {
    const siblings = children.get(spans.parent(row));
    if (siblings) siblings.push(row);
    else children.set(spans.parent(row), [row]);
  }
  const rows: TraceRow[] = [];
  const visit = (root: number) => {
    const waiting = [{ row: root, depth: 0, isShown: true }]; // not by recursion: a trace may be deeper than the call stack
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { row, depth, isShown } = next;
      if (isReached.has(row)) continue;
      isReached.add(row);
      const below = children.get(row) ?? [];
      if (isShown) rows.push({ row, depth, children: below.length });
      for (const child of [...below].reverse())
        waiting.push({ row: child, depth: depth + 1, isShown: isShown && !folded.has(row) });
    }
  };
  for (const root of children.get(-1) ?? []) visit(root);
  for (const row of byStart) if (!isReached.has(row)) visit(row); // rings of parents hang on no root
  return rows;
}
