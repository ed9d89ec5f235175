import { COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { ERROR_TYPE } from '../conventions/error.js';
import {
  LLM_MODEL_NAME,
  SESSION_ID,
  SPAN_KIND,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
} from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { CANCELLED } from '../conventions/spandrel.js';
import { formatCount, formatDuration, formatUsd, oneLine } from '../tree/format.js';
import { spanFacts } from '../tree/span-facts.js';
import { spanTrees, walk } from '../tree/span-tree.js';
import type { TreeSpan } from '../tree/tree-span.js';
import { waterfall } from '../tree/waterfall.js';
import { CliError, type Command } from './command.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';

// All that a tree shows: inputs and outputs, most of a file, are not held.
const SHOWN = new Set([
  ...[SPAN_KIND, LLM_MODEL_NAME, TOKENS_PROMPT, TOKENS_COMPLETION, COST_TOTAL_USD, COST_UNPRICED_MODEL],
  ...[TIME_TO_FIRST_CHUNK_MS, CANCELLED, ERROR_TYPE, SESSION_ID],
]);

/** `spandrel tree` */
export const command: Command = {
  help: `Usage: spandrel tree [options] [file...]

Shows traces as trees: name, kind, duration, when it ran, time to first chunk, tokens, dollars, model, errors.
Without a file: .spandrel/traces*.jsonl

  --trace <id>     only the trace whose id is, or begins with, <id>
  --session <id>   only traces with a span of that session
  --last           only the trace that started last
  --json           one array of traces, each with its spans in the order of the tree
  -h, --help`,
  options: {
    trace: { type: 'string' },
    session: { type: 'string' },
    last: { type: 'boolean' },
    json: { type: 'boolean' },
  },

  async run(values, named, terminal) {
    const files = new TraceFiles(named, terminal);
    const traces = await readTraces(files, await selection(files, values));
    if (traces.length === 0) throw new CliError(`no trace ${describe(values)}.`);
    if (values['json']) {
      terminal.print(JSON.stringify(traces.map(traceJson), undefined, 2));
      return;
    }
    for (const [index, spans] of traces.entries()) {
      if (index > 0) terminal.print('');
      terminal.print(heading(spans, terminal));
      terminal.print(waterfall(spans, terminal.paint));
    }
  },
};

type Wanted = (traceId: string) => boolean;

/** A session or the last trace is known when the file has been read once; its spans may be anywhere in it. */
async function selection(
  files: TraceFiles,
  { trace, session, last }: Readonly<Record<string, unknown>>,
): Promise<Wanted> {
  const id = typeof trace === 'string' ? trace.toLowerCase() : '';
  const named: Wanted = (traceId) => traceId.startsWith(id);
  if (session === undefined && !last) return named;
  const starts = new Map<string, bigint>();
  const inSession = new Set<string>();
  await files.forEachSpan(new Set([SESSION_ID]), ({ traceId, startNs, attributes }) => {
    if (!named(traceId)) return;
    if (attributes[SESSION_ID] === session) inSession.add(traceId);
    const start = starts.get(traceId);
    if (start === undefined || startNs < start) starts.set(traceId, startNs);
  });
  const wanted = [...starts].filter(([traceId]) => session === undefined || inSession.has(traceId));
  if (!last) return (traceId) => inSession.has(traceId);
  const [latest] = wanted.reduce<readonly [string?, bigint?]>(
    (a, b) => (a[1] === undefined || b[1] > a[1] ? b : a),
    [],
  );
  return (traceId) => traceId === latest;
}

/** The wanted traces in the order they started. */
async function readTraces(files: TraceFiles, wanted: Wanted): Promise<TreeSpan[][]> {
  const traces = new Map<string, TreeSpan[]>();
  await files.forEachSpan(SHOWN, (span) => {
    if (!wanted(span.traceId)) return;
    const spans = traces.get(span.traceId);
    if (spans) spans.push(span);
    else traces.set(span.traceId, [span]);
  });
  return [...traces.values()]
    .map((spans) => ({ spans, start: startOf(spans) }))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
    .map(({ spans }) => spans);
}

const startOf = (spans: readonly TreeSpan[]) =>
  spans.reduce((least, { startNs }) => (startNs < least ? startNs : least), spans[0]?.startNs ?? 0n);
const endOf = (spans: readonly TreeSpan[]) => spans.reduce((most, { endNs = 0n }) => (endNs > most ? endNs : most), 0n);

/** What a whole trace took: sums over the spans that own a model call, and only those hold dollars. */
function totals(spans: readonly TreeSpan[]) {
  const facts = spans.map(spanFacts);
  const sum = (of: (fact: (typeof facts)[number]) => number | undefined) => {
    const known = facts.map(of).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
  };
  return {
    durationMs: Number(endOf(spans) - startOf(spans)) / 1e6,
    promptTokens: sum((fact) => fact.promptTokens),
    completionTokens: sum((fact) => fact.completionTokens),
    totalUsd: sum((fact) => fact.totalUsd),
    unpriced: facts.filter((fact) => fact.unpricedModel !== undefined).length,
    sessions: [
      ...new Set(spans.map(({ attributes }) => attributes[SESSION_ID]).filter((id) => typeof id === 'string')),
    ],
  };
}

function heading(spans: readonly TreeSpan[], { paint }: Terminal): string {
  const { durationMs, promptTokens, completionTokens, totalUsd, unpriced, sessions } = totals(spans);
  const parts = [
    `trace ${spans[0]?.traceId}`,
    isoTime(startOf(spans)),
    ...sessions.map((id) => `session ${oneLine(id)}`),
    formatDuration(Math.max(0, durationMs)),
    ...(promptTokens === undefined ? [] : [`${formatCount(promptTokens)} in`]),
    ...(completionTokens === undefined ? [] : [`${formatCount(completionTokens)} out`]),
    ...(totalUsd === undefined ? [] : [formatUsd(totalUsd)]),
    ...(unpriced === 0 ? [] : [`${formatCount(unpriced)} without a price`]),
  ];
  return paint('dim', parts.join(' · '));
}

/** Spans in the order of the drawn tree, not nested: programs filter a list easily, and no depth is too much for it. */
function traceJson(spans: readonly TreeSpan[]) {
  const { sessions, ...sums } = totals(spans);
  const list: object[] = [];
  walk(spanTrees(spans), ({ span }) => {
    const { spanId, parentSpanId = null, name, startNs } = span;
    list.push({ spanId, parentSpanId, name, start: isoTime(startNs), ...spanFacts(span) });
  });
  return { traceId: spans[0]?.traceId, sessions, ...sums, spans: list };
}

const isoTime = (ns: bigint) => new Date(Number(ns / 1_000_000n)).toISOString();

function describe({ trace, session }: Readonly<Record<string, unknown>>): string {
  const parts = [
    ...(trace === undefined ? [] : [`has the id ${trace as string}`]),
    ...(session === undefined ? [] : [`has a span of session ${session as string}`]),
  ];
  return parts.length === 0 ? 'is in the file' : parts.join(' and ');
}
