import type { Columns, ReportFacts } from '../report-data.js';

/** Columns that hold numbers of texts. */
export type TextColumn =
  'name' | 'kind' | 'model' | 'agent' | 'callingAgent' | 'session' | 'user' | 'prompt' | 'error' | 'unpriced';

/** Whole traces, for the list: sums over all of their spans. */
export interface Trace {
  readonly index: number;
  readonly rows: number[];
  /** Row of the span that started first of those without a parent here. */
  root: number;
  /** Milliseconds since the report's epoch. */
  start: number;
  end: number;
  usd: number | undefined;
  tokens: number;
  calls: number;
  unpriced: number;
  errors: number;
}

/** All spans of the report, by row. A number that a span has not is NaN. */
export class Spans {
  readonly facts: ReportFacts;
  readonly count: number;
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly firstChunk: Float64Array;
  readonly promptTokens: Float64Array;
  readonly completionTokens: Float64Array;
  readonly usd: Float64Array;
  readonly traces: readonly Trace[];
  readonly #rows: Columns;

  constructor(facts: ReportFacts) {
    const { rows } = facts;
    this.facts = facts;
    this.#rows = rows;
    this.count = rows.trace.length;
    this.start = Float64Array.from(rows.start);
    this.duration = numbers(rows.duration);
    this.firstChunk = numbers(rows.firstChunk);
    this.promptTokens = numbers(rows.promptTokens);
    this.completionTokens = numbers(rows.completionTokens);
    this.usd = numbers(rows.usd);
    this.traces = this.#readTraces();
  }

  /** The text's number; 0 is none. */
  textNumber(column: TextColumn, row: number): number {
    return this.#rows[column][row] ?? 0;
  }

  text(column: TextColumn, row: number): string {
    return this.facts.texts[this.textNumber(column, row)] ?? '';
  }

  tags(row: number): readonly number[] {
    return this.facts.tagSets[this.#rows.tags[row] ?? -1] ?? [];
  }

  isCall(row: number): boolean {
    return this.#rows.call[row] === 1;
  }

  isError(row: number): boolean {
    return this.textNumber('error', row) !== 0;
  }

  parent(row: number): number {
    return this.#rows.parent[row] ?? -1;
  }

  trace(row: number): Trace {
    return this.traces[this.#rows.trace[row] ?? 0] as Trace;
  }

  end(row: number): number {
    return (this.start[row] ?? 0) + (this.duration[row] || 0);
  }

  /** Milliseconds since the Unix epoch. */
  time(row: number): number {
    return this.facts.epoch + (this.start[row] ?? 0);
  }

  #readTraces(): Trace[] {
    const traces = this.facts.traceIds.map((_, index): Trace => ({
      ...{ index, rows: [], root: -1, start: Infinity, end: -Infinity, usd: undefined, tokens: 0, calls: 0 },
      ...{ unpriced: 0, errors: 0 },
    }));
    for (let row = 0; row < this.count; row++) {
      const trace = traces[this.#rows.trace[row] ?? 0] as Trace;
      const start = this.start[row] as number;
      const usd = this.usd[row] as number;
      trace.rows.push(row);
      trace.start = Math.min(trace.start, start);
      trace.end = Math.max(trace.end, this.end(row));
      if (!Number.isNaN(usd)) trace.usd = (trace.usd ?? 0) + usd;
      trace.tokens += (this.promptTokens[row] || 0) + (this.completionTokens[row] || 0);
      if (this.isCall(row)) trace.calls++;
      if (this.textNumber('unpriced', row) !== 0) trace.unpriced++;
      if (this.isError(row)) trace.errors++;
      const isRoot = this.parent(row) < 0;
      if (isRoot && (trace.root < 0 || start < (this.start[trace.root] as number))) trace.root = row;
    }
    for (const trace of traces) if (trace.root < 0) trace.root = trace.rows[0] ?? 0; // a ring of parents
    return traces;
  }
}

const numbers = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? NaN);
