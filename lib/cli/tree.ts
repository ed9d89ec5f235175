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
import { formatCount, formatDuration, formatUsd, isoTime, oneLine } from '../tree/format.js';
import { spanFacts } from '../tree/span-facts.js';
import { spanTrees, walk } from '../tree/span-tree.js';
import type { TreeSpan } from '../tree/tree-span.js';
import { waterfall } from '../tree/waterfall.js';
import { CliError, type Command } from './command.js';
import { NewestTraces } from './newest-traces.js';
import { Selection, SELECTION_HELP, SELECTION_OPTIONS } from './selection.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';
import { wholeNumber } from './whole-number.js';

// All that a tree shows: inputs and outputs, most of a file, are not held.
const SHOWN = [
  ...[SPAN_KIND, LLM_MODEL_NAME, TOKENS_PROMPT, TOKENS_COMPLETION, COST_TOTAL_USD, COST_UNPRICED_MODEL],
  ...[TIME_TO_FIRST_CHUNK_MS, CANCELLED, ERROR_TYPE, SESSION_ID],
];
const MAX_TRACES = 1_000; // unless --limit says otherwise
const MAX_SPANS = 100_000; // of some 2 kB each: what is held is bounded, whatever the file holds

/** `spandrel tree` */
export const command: Command = {
  help: `Usage: spandrel tree [options] [file...]

Shows traces as trees: name, kind, duration, when it ran, time to first chunk, tokens, dollars, model, errors.
Without a file: .spandrel/traces*.jsonl

  --trace <id>     only the trace whose id is, or begins with, <id>
  --session <id>   only traces with a span of that session
  --last           only the trace that was active last
  --limit <n>      the last <n> traces (default: ${MAX_TRACES}; 0: all)
${SELECTION_HELP}
                   a trace is shown whole when one of its spans is so
  --show <names>   also these attributes, apart by commas: --show metadata,llm.prompt_template.variables
  --json           one array of traces, each with its spans in the order of the tree
  -h, --help`,
  options: {
    trace: { type: 'string' },
    session: { type: 'string' },
    last: { type: 'boolean' },
    limit: { type: 'string' },
    ...SELECTION_OPTIONS,
    show: { type: 'string' },
    json: { type: 'boolean' },
  },

  async run(values, named, terminal) {
    const shown = typeof values['show'] === 'string' ? values['show'].split(',').map((name) => name.trim()) : [];
    const selection = new Selection(values);
    const wanted = await selectTraces(new TraceFiles(named, terminal), values, selection, terminal);
    const traces = await wanted.read([...SHOWN, ...shown]);
    if (traces.length === 0) throw new CliError(`no trace ${describe(values)}.`);
    if (values['json']) {
      terminal.printJson(traces.map((spans) => traceJson(spans, shown)));
      return;
    }
    for (const [index, spans] of traces.entries()) {
      if (index > 0) terminal.print('');
      terminal.print(heading(spans, terminal));
      terminal.print(waterfall(spans, { paint: terminal.paint, shown }));
    }
  },
};

/** Reads the files once to see which traces are wanted; their spans may be anywhere in them. */
async function selectTraces(
  files: TraceFiles,
  { trace, session, last, limit }: Readonly<Record<string, unknown>>,
  selection: Selection,
  terminal: Terminal,
) {
  const id = typeof trace === 'string' ? trace.toLowerCase() : '';
  const most = wholeNumber('limit', limit) ?? MAX_TRACES;
  const newest = new NewestTraces(last ? 1 : most === 0 ? Infinity : most);
  await files.forEachSpan(new Set([SESSION_ID, ...selection.attributes]), (span) => {
    if (!span.traceId.toLowerCase().startsWith(id)) return;
    if (session !== undefined && span.attributes[SESSION_ID] !== session) return;
    if (selection.accepts(span)) newest.add(span.traceId, span.startNs);
  });
  selection.noteUnseen(terminal);
  const ids = new Set(newest.ids());
  if (newest.isCut && !last && limit === undefined)
    terminal.note(`spandrel: these are the last ${formatCount(ids.size)} traces; --limit shows more or fewer`);
  return { read: (attributes: readonly string[]) => readTraces(files, ids, new Set(attributes), terminal) };
}

/** The wanted traces in the order they started. */
async function readTraces(
  files: TraceFiles,
  wanted: ReadonlySet<string>,
  attributes: ReadonlySet<string>,
  terminal: Terminal,
): Promise<TreeSpan[][]> {
  const traces = new Map<string, TreeSpan[]>();
  let count = 0;
  await files.forEachSpan(attributes, (span) => {
    if (!wanted.has(span.traceId) || ++count > MAX_SPANS) return;
    const spans = traces.get(span.traceId);
    if (spans) spans.push(span);
    else traces.set(span.traceId, [span]);
  });
  if (count > MAX_SPANS)
    terminal.note(`spandrel: ${formatCount(count - MAX_SPANS)} spans are left out; a tree has at most ${formatCount(MAX_SPANS)}`); // prettier-ignore
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
    durationMs: Math.max(0, Number(endOf(spans) - startOf(spans)) / 1e6),
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
    `trace ${oneLine(spans[0]?.traceId ?? '')}`,
    isoTime(startOf(spans)),
    ...sessions.map((id) => `session ${oneLine(id)}`),
    formatDuration(durationMs),
    ...(promptTokens === undefined ? [] : [`${formatCount(promptTokens)} in`]),
    ...(completionTokens === undefined ? [] : [`${formatCount(completionTokens)} out`]),
    ...(totalUsd === undefined ? [] : [formatUsd(totalUsd)]),
    ...(unpriced === 0 ? [] : [`${formatCount(unpriced)} without a price`]),
  ];
  return paint('dim', parts.join(' · '));
}

/** Spans in the order of the drawn tree, not nested: programs filter a list easily, and no depth is too much for it. */
function traceJson(spans: readonly TreeSpan[], shown: readonly string[]) {
  const { sessions, ...sums } = totals(spans);
  const list: object[] = [];
  walk(spanTrees(spans), ({ span }) => {
    const { spanId, parentSpanId = null, name, startNs } = span;
    const attributes = Object.fromEntries(shown.map((key) => [key, span.attributes[key]]));
    const start = isoTime(startNs);
    list.push({ spanId, parentSpanId, name, start, ...spanFacts(span), ...(shown.length > 0 && { attributes }) });
  });
  return { traceId: spans[0]?.traceId, sessions, ...sums, spans: list };
}

function describe({ trace, session, where, since }: Readonly<Record<string, unknown>>): string {
  const parts = [
    ...(trace === undefined ? [] : [`has the id ${trace as string}`]),
    ...(session === undefined ? [] : [`has a span of session ${session as string}`]),
    ...(where === undefined ? [] : [`has a span for which --where holds`]),
    ...(since === undefined ? [] : [`has a span since ${since as string}`]),
  ];
  return parts.length === 0 ? 'is in the file' : parts.join(' and ');
}
