import type { Spans, TextColumn } from './spans.js';

/** Model calls put together by one of their facts. `key` is the number of a text; 0 is none. */
export interface CostGroup {
  readonly key: number;
  calls: number;
  unpriced: number;
  promptTokens: number;
  completionTokens: number;
  /** undefined: no price is known for any of them. */
  usd: number | undefined;
}

export type CostKey = 'model' | 'prompt' | 'callingAgent' | 'session' | 'user' | 'tag';

/** What the model calls among the rows cost, the dearest group first. */
export function costGroups(spans: Spans, rows: readonly number[], by: CostKey): CostGroup[] {
  const groups = new Map<number, CostGroup>();
  for (const row of rows) {
    if (!spans.isCall(row) && Number.isNaN(spans.usd[row])) continue;
    for (const key of keysOf(spans, row, by)) addCall(groupOf(groups, key), spans, row);
  }
  return [...groups.values()].sort((a, b) => (b.usd ?? -1) - (a.usd ?? -1) || b.calls - a.calls);
}

/** All of them together. */
export function costTotal(spans: Spans, rows: readonly number[]): CostGroup {
  const total = groupOf(new Map(), 0);
  for (const row of rows) if (spans.isCall(row) || !Number.isNaN(spans.usd[row])) addCall(total, spans, row);
  return total;
}

function keysOf(spans: Spans, row: number, by: CostKey): readonly number[] {
  if (by !== 'tag') return [spans.textNumber(by, row)];
  const tags = spans.tags(row);
  return tags.length > 0 ? [...new Set(tags)] : [0];
}

function groupOf(groups: Map<number, CostGroup>, key: number): CostGroup {
  let group = groups.get(key);
  if (!group) {
    group = { key, calls: 0, unpriced: 0, promptTokens: 0, completionTokens: 0, usd: undefined };
    groups.set(key, group);
  }
  return group;
}

function addCall(group: CostGroup, spans: Spans, row: number): void {
  if (spans.isCall(row)) group.calls++;
  if (spans.textNumber('unpriced', row) !== 0) group.unpriced++;
  group.promptTokens += spans.promptTokens[row] || 0;
  group.completionTokens += spans.completionTokens[row] || 0;
  const usd = spans.usd[row] as number;
  if (!Number.isNaN(usd)) group.usd = (group.usd ?? 0) + usd;
}

/** How long the spans of a group took, in milliseconds. */
export interface LatencyGroup {
  readonly key: number;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
  /** Median of the time to the first chunk; undefined without a stream. */
  readonly firstChunk: number | undefined;
}

export type LatencyKey = Extract<TextColumn, 'agent' | 'name' | 'model' | 'kind'>;

/** Exact percentiles, the slowest group first. Of models only the spans that own a call, of agents only their own. */
export function latencyGroups(spans: Spans, rows: readonly number[], by: LatencyKey): LatencyGroup[] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const key = spans.textNumber(by, row);
    if (key === 0 || Number.isNaN(spans.duration[row]) || (by === 'model' && !isTimedCall(spans, row))) continue;
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return [...groups]
    .map(([key, members]) => latencyOf(spans, key, members))
    .sort((a, b) => b.p95 - a.p95 || b.max - a.max);
}

const isTimedCall = (spans: Spans, row: number) =>
  spans.isCall(row) || (spans.text('kind', row) === 'LLM' && spans.isError(row));

function latencyOf(spans: Spans, key: number, rows: readonly number[]): LatencyGroup {
  const durations = Float64Array.from(rows, (row) => spans.duration[row] ?? 0).sort();
  const firstChunks = Float64Array.from(rows, (row) => spans.firstChunk[row] ?? NaN)
    .filter((ms) => !Number.isNaN(ms))
    .sort();
  return {
    ...{ key, count: rows.length, errors: rows.filter((row) => spans.isError(row)).length },
    ...{ p50: quantile(durations, 0.5), p95: quantile(durations, 0.95), p99: quantile(durations, 0.99) },
    max: durations.at(-1) ?? 0,
    firstChunk: firstChunks.length > 0 ? quantile(firstChunks, 0.5) : undefined,
  };
}

/** By nearest rank: the least of the sorted values that at least the share `q` of all does not exceed. */
export const quantile = (sorted: Float64Array, q: number): number =>
  sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;

/** What one conversation took. */
export interface SessionGroup {
  readonly key: number;
  readonly user: number;
  readonly traces: number;
  readonly spans: number;
  readonly errors: number;
  /** Milliseconds since the Unix epoch. */
  readonly start: number;
  readonly end: number;
  readonly cost: CostGroup;
}

/** The sessions among the rows, the latest first. */
export function sessionGroups(spans: Spans, rows: readonly number[]): SessionGroup[] {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const key = spans.textNumber('session', row);
    if (key === 0) continue;
    const list = members.get(key);
    if (list) list.push(row);
    else members.set(key, [row]);
  }
  return [...members].map(([key, list]) => sessionOf(spans, key, list)).sort((a, b) => b.start - a.start);
}

function sessionOf(spans: Spans, key: number, rows: readonly number[]): SessionGroup {
  let [start, end, errors, user] = [Infinity, -Infinity, 0, 0];
  for (const row of rows) {
    start = Math.min(start, spans.time(row));
    end = Math.max(end, spans.facts.epoch + spans.end(row));
    if (spans.isError(row)) errors++;
    user ||= spans.textNumber('user', row);
  }
  const traces = new Set(rows.map((row) => spans.trace(row).index)).size;
  return { key, user, traces, spans: rows.length, errors, start, end, cost: costTotal(spans, rows) };
}
