import type { Spans } from './spans.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WIDTHS = [
  ...[1, 10, 100, SECOND / 2, SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 7 * DAY, 30 * DAY, 365 * DAY],
];
const BINS = 90;
const SERIES = 6;

/** What is added up over time. */
export type Measure = 'cost' | 'tokens' | 'calls' | 'failed';

/** One model, or what is no part of the others. */
export interface Series {
  /** Number of the model's text; -1: all the others. */
  readonly key: number;
  readonly total: number;
  /** One a bin. */
  readonly values: Float64Array;
}

export interface TimeBins {
  /** Milliseconds since the Unix epoch: the beginning of each bin. */
  readonly starts: readonly number[];
  readonly width: number;
  readonly series: readonly Series[];
}

/** The measure over time, by model: the largest models apart, the rest together. undefined when there is nothing to show. */
export function timeBins(spans: Spans, rows: readonly number[], measure: Measure): TimeBins | undefined {
  const counted = rows.filter((row) => valueOf(spans, row, measure) > 0);
  if (counted.length === 0) return undefined;
  let [first, last] = [Infinity, -Infinity];
  for (const row of counted) {
    first = Math.min(first, spans.time(row));
    last = Math.max(last, spans.time(row));
  }
  const width = WIDTHS.find((candidate) => (last - first) / candidate <= BINS) ?? (last - first) / BINS;
  const begin = Math.floor(first / width) * width;
  const count = Math.floor((last - begin) / width) + 1;
  const values = new Map<number, Float64Array>();
  const totals = new Map<number, number>();
  for (const row of counted) {
    const key = spans.textNumber('model', row);
    const value = valueOf(spans, row, measure);
    const bins = values.get(key) ?? new Float64Array(count);
    const bin = Math.floor((spans.time(row) - begin) / width);
    bins[bin] = (bins[bin] ?? 0) + value;
    values.set(key, bins);
    totals.set(key, (totals.get(key) ?? 0) + value);
  }
  const byTotal = [...values].map(([key, bins]) => ({ key, total: totals.get(key) ?? 0, values: bins }));
  byTotal.sort((a, b) => b.total - a.total);
  return {
    starts: Array.from({ length: count }, (_, i) => begin + i * width),
    width,
    series: withOthers(byTotal, count),
  };
}

function withOthers(series: Series[], count: number): Series[] {
  if (series.length <= SERIES) return series;
  const values = new Float64Array(count);
  for (const other of series.slice(SERIES - 1))
    other.values.forEach((value, i) => (values[i] = (values[i] ?? 0) + value));
  const total = values.reduce((a, b) => a + b, 0);
  return [...series.slice(0, SERIES - 1), { key: -1, total, values }];
}

function valueOf(spans: Spans, row: number, measure: Measure): number {
  switch (measure) {
    case 'cost':
      return Math.max(0, spans.usd[row] || 0);
    case 'tokens':
      return (spans.promptTokens[row] || 0) + (spans.completionTokens[row] || 0);
    case 'calls':
      return spans.isCall(row) ? 1 : 0;
    case 'failed':
      return spans.isError(row) ? 1 : 0;
  }
}
