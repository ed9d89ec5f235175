import { COST_SOURCE, COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { ERROR_TYPE } from '../conventions/error.js';
import {
  AGENT_NAME,
  LLM_MODEL_NAME,
  SESSION_ID,
  SPAN_KIND,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
} from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { formatCount, formatDuration, isoTime, oneLine } from '../tree/format.js';
import { ownsModelCall } from '../tree/model-call.js';
import { Quantiles } from '../tree/quantiles.js';
import { spanFacts, type SpanFacts } from '../tree/span-facts.js';
import { table } from '../tree/table.js';
import type { TreeSpan } from '../tree/tree-span.js';
import type { Command } from './command.js';
import { groupColumn, keyText } from './group-column.js';
import {
  BY_AGENT,
  BY_KIND,
  BY_MODEL,
  BY_NAME,
  BY_PROMPT,
  BY_SESSION,
  BY_USER,
  groupingOf,
  Groups,
  type Grouping,
} from './groups.js';
import { Selection, SELECTION_HELP, SELECTION_OPTIONS } from './selection.js';
import { SlowestSpans } from './slowest-spans.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';
import { wholeNumber } from './whole-number.js';

const GROUPINGS = {
  ...{ name: BY_NAME, agent: BY_AGENT, model: BY_MODEL, kind: BY_KIND, session: BY_SESSION, user: BY_USER },
  prompt: BY_PROMPT,
};
const TOP = 20;
const READ = [
  ...[SPAN_KIND, ERROR_TYPE, TIME_TO_FIRST_CHUNK_MS, LLM_MODEL_NAME],
  ...[TOKENS_PROMPT, TOKENS_COMPLETION, COST_TOTAL_USD, COST_SOURCE, COST_UNPRICED_MODEL], // who owns a model call
];
// An agent's span names its model too, and everything below a prompt's scope its prompt: what is timed is the call itself.
const OF_MODEL_CALLS: readonly string[] = ['model', 'prompt'];

/** How long the spans of a group took. */
interface Latency {
  readonly key: string | null;
  readonly durations: Quantiles;
  readonly firstChunks: Quantiles;
  errors: number;
}

/** `spandrel slow` */
export const command: Command = {
  help: `Usage: spandrel slow [options] [file...]

Shows what takes long: how often, percentiles of the duration, errors, and the time to the first chunk of streams, the
slowest 95th percentile first. Percentiles are within 1%, max is exact. Without a file: .spandrel/traces*.jsonl

  --by <group>     ${Object.keys(GROUPINGS).join(', ')} (default: name)
                   agent counts the agents' own spans, model and prompt the model calls
  --spans          the slowest single spans instead
  --top <n>        so many groups or spans (default: ${TOP}; --json: all groups)
${SELECTION_HELP}
  --json           one array, an object a group or span; times in milliseconds
  -h, --help`,
  options: {
    by: { type: 'string', default: 'name' },
    spans: { type: 'boolean' },
    top: { type: 'string' },
    ...SELECTION_OPTIONS,
    json: { type: 'boolean' },
  },

  async run({ by, spans, top, json, ...selected }, named, terminal) {
    const group = String(by);
    const grouping = groupingOf(group, GROUPINGS);
    const most = wholeNumber('top', top);
    const selection = new Selection(selected);
    const files = new TraceFiles(named, terminal);
    if (spans) {
      const slowest = await readSpans(files, most ?? TOP, selection, terminal);
      if (json) terminal.printJson(slowest.map(spanJson));
      else if (slowest.length === 0) terminal.print(nothing(selection));
      else terminal.print(spanTable(slowest, terminal));
      return;
    }
    const rows = await readLatencies(files, group, grouping, selection, terminal);
    const shown = rows.slice(0, most ?? (json ? undefined : TOP));
    if (json) terminal.printJson(shown.map((row) => rowJson(group, row)));
    else if (rows.length === 0) terminal.print(nothing(selection));
    else {
      terminal.print(groupTable(group, shown, terminal));
      if (rows.length > shown.length)
        terminal.note(`spandrel: ${formatCount(rows.length - shown.length)} more; --top shows them`);
    }
  },
};

const nothing = (selection: Selection) => `No spans are in the file${selection.isGiven ? ' for that' : ''}.`;

async function readLatencies(
  files: TraceFiles,
  group: string,
  grouping: Grouping,
  selection: Selection,
  terminal: Terminal,
): Promise<Latency[]> {
  const groups = new Groups<Latency>((key) => ({
    ...{ key, durations: new Quantiles(), firstChunks: new Quantiles(), errors: 0 },
  }));
  await files.forEachSpan(new Set([...READ, ...grouping.attributes, ...selection.attributes]), (span) => {
    const facts = spanFacts(span);
    if (!selection.accepts(span) || facts.durationMs === undefined || !belongs(group, span, facts)) return;
    for (const key of grouping.keys(span)) {
      if (key === null && group === 'agent') continue; // what is no agent
      const row = groups.row(key);
      row.durations.add(facts.durationMs);
      if (facts.timeToFirstChunkMs !== undefined) row.firstChunks.add(facts.timeToFirstChunkMs);
      if (facts.error !== undefined) row.errors++;
    }
  });
  selection.noteUnseen(terminal);
  groups.note(terminal);
  const p95 = ({ durations }: Latency) => durations.at(0.95) ?? 0;
  return groups.rows().sort((a, b) => p95(b) - p95(a) || b.durations.max - a.durations.max);
}

/** A model call that failed has no tokens, but its kind. */
function belongs(group: string, span: TreeSpan, facts: SpanFacts): boolean {
  if (!OF_MODEL_CALLS.includes(group)) return true;
  return ownsModelCall(span, facts) || (facts.kind === 'LLM' && facts.error !== undefined);
}

function groupTable(group: string, rows: readonly Latency[], terminal: Terminal): string {
  const column = (head: string, text: (row: Latency) => string, colour?: 'red') =>
    groupColumn(head, text, terminal, { left: head === group, ...(colour && { colour }) });
  return table(
    ['head' as const, ...rows],
    [
      column(group, ({ key }) => keyText(key)),
      column('count', ({ durations }) => formatCount(durations.count)),
      column('p50', ({ durations }) => duration(durations.at(0.5))),
      column('p95', ({ durations }) => duration(durations.at(0.95))),
      column('p99', ({ durations }) => duration(durations.at(0.99))),
      column('max', ({ durations }) => duration(durations.max)),
      column('errors', ({ errors }) => (errors > 0 ? formatCount(errors) : ''), 'red'),
      column('first chunk', ({ firstChunks }) => duration(firstChunks.at(0.5))),
    ],
  );
}

const duration = (ms: number | undefined) => (ms === undefined ? '' : formatDuration(ms));

const rowJson = (group: string, { key, durations, errors, firstChunks }: Latency) => ({
  [group]: key,
  count: durations.count,
  p50_ms: rounded(durations.at(0.5)),
  p95_ms: rounded(durations.at(0.95)),
  p99_ms: rounded(durations.at(0.99)),
  max_ms: rounded(durations.max),
  errors,
  first_chunk_p50_ms: rounded(firstChunks.at(0.5)),
});

/** To the nanosecond that spans are timed with. */
const rounded = (ms: number | undefined) => (ms === undefined ? null : Number(ms.toFixed(6)));

async function readSpans(
  files: TraceFiles,
  most: number,
  selection: Selection,
  terminal: Terminal,
): Promise<readonly TreeSpan[]> {
  const slowest = new SlowestSpans(most);
  const read = new Set([...READ, AGENT_NAME, SESSION_ID, ...selection.attributes]);
  await files.forEachSpan(read, (span) => {
    if (span.endNs !== undefined && selection.accepts(span)) slowest.add(span);
  });
  selection.noteUnseen(terminal);
  return slowest.spans();
}

function spanTable(spans: readonly TreeSpan[], terminal: Terminal): string {
  const rows = spans.map((span) => ({ span, facts: spanFacts(span) }));
  type Row = (typeof rows)[number];
  const column = (
    head: string,
    text: (row: Row) => string,
    { left = true, colour }: { left?: boolean; colour?: 'red' } = {},
  ) =>
    // prettier-ignore
    groupColumn(head, text, terminal, { left, ...(colour && { colour }) });
  return table(
    ['head' as const, ...rows],
    [
      column('span', ({ span }) => oneLine(span.name, 64)),
      column('kind', ({ facts }) => oneLine(facts.kind ?? '', 32)),
      column('took', ({ facts }) => duration(facts.durationMs), { left: false }),
      column('first chunk', ({ facts }) => duration(facts.timeToFirstChunkMs), { left: false }),
      column('model', ({ facts }) => oneLine(facts.model ?? '', 64)),
      column('started', ({ span }) => isoTime(span.startNs)),
      column('trace', ({ span }) => oneLine(span.traceId, 64)),
      column('', ({ facts }) => (facts.error === undefined ? '' : `ERROR ${oneLine(facts.error)}`), { colour: 'red' }),
    ],
  );
}

function spanJson(span: TreeSpan): object {
  const { traceId, spanId, name, startNs, attributes } = span;
  const { kind, model, durationMs, timeToFirstChunkMs, error } = spanFacts(span);
  return {
    ...{ name, kind: kind ?? null, duration_ms: rounded(durationMs), first_chunk_ms: rounded(timeToFirstChunkMs) },
    ...{ model: model ?? null, agent: attributes[AGENT_NAME] ?? null, session: attributes[SESSION_ID] ?? null },
    ...{ error: error ?? null, start: isoTime(startNs), trace_id: traceId, span_id: spanId },
  };
}
