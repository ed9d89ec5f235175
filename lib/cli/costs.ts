import { COST_SOURCE, COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { TOKENS_COMPLETION, TOKENS_PROMPT } from '../conventions/openinference.js';
import { formatCount, formatUsd } from '../tree/format.js';
import { ownsModelCall } from '../tree/model-call.js';
import { spanFacts, type SpanFacts } from '../tree/span-facts.js';
import { table, type Column } from '../tree/table.js';
import type { Command } from './command.js';
import { countText, groupColumn, keyText, type GroupRow } from './group-column.js';
import {
  BY_CALLING_AGENT,
  BY_MODEL,
  BY_PROMPT,
  BY_SESSION,
  BY_TAG,
  BY_USER,
  groupingOf,
  Groups,
  type Grouping,
} from './groups.js';
import { Selection, SELECTION_HELP, SELECTION_OPTIONS } from './selection.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';

// What each grouping looks at; the dollars are always those of the spans that own a model call.
const GROUPINGS = {
  ...{ model: BY_MODEL, agent: BY_CALLING_AGENT, session: BY_SESSION, user: BY_USER, prompt: BY_PROMPT, tag: BY_TAG },
};

const READ = [COST_SOURCE, COST_TOTAL_USD, COST_UNPRICED_MODEL, TOKENS_PROMPT, TOKENS_COMPLETION];

/** One row. A sum that no span reported stays undefined: a cost is right or absent. */
interface Costs {
  /** null: spans that have none. */
  readonly key: string | null;
  calls: number;
  unpricedCalls: number;
  promptTokens?: number | undefined;
  completionTokens?: number | undefined;
  totalUsd?: number | undefined;
}

/** `spandrel costs` */
export const command: Command = {
  help: `Usage: spandrel costs [options] [file...]

Shows what was spent: model calls, tokens and dollars. Without a file: .spandrel/traces*.jsonl

  --by <group>     ${Object.keys(GROUPINGS).join(', ')} (default: model); a call with several tags is in each
${SELECTION_HELP}
  --json           one array, an object a group; dollars in total_usd, null when no price is known
  -h, --help`,
  options: { by: { type: 'string', default: 'model' }, ...SELECTION_OPTIONS, json: { type: 'boolean' } },

  async run({ by, json, ...selected }, named, terminal) {
    const group = String(by);
    const grouping = groupingOf(group, GROUPINGS);
    const selection = new Selection(selected);
    const { rows, total } = await readCosts(new TraceFiles(named, terminal), grouping, selection, terminal);
    if (json) terminal.printJson(rows.map((row) => rowJson(group, row)));
    else if (rows.length === 0)
      terminal.print(`No model calls are in the file${selection.isGiven ? ' for that' : ''}.`);
    else terminal.print(table(['head' as const, ...rows, total], columns(group, total, terminal)));
  },
};

async function readCosts(files: TraceFiles, grouping: Grouping, selection: Selection, terminal: Terminal) {
  const groups = new Groups(newCosts);
  const total = newCosts('total');
  await files.forEachSpan(new Set([...READ, ...grouping.attributes, ...selection.attributes]), (span) => {
    if (!selection.accepts(span)) return;
    const facts = spanFacts(span);
    const call = ownsModelCall(span, facts);
    if (!call && facts.totalUsd === undefined) return;
    add(total, facts, call);
    for (const key of grouping.keys(span)) add(groups.row(key), facts, call);
  });
  selection.noteUnseen(terminal);
  groups.note(terminal);
  const rows = groups.rows().sort((a, b) => (b.totalUsd ?? -1) - (a.totalUsd ?? -1) || b.calls - a.calls);
  return { rows, total };
}

const newCosts = (key: string | null): Costs => ({ key, calls: 0, unpricedCalls: 0 });

function add(row: Costs, { promptTokens, completionTokens, totalUsd, unpricedModel }: SpanFacts, call: boolean): void {
  if (call) row.calls++;
  if (unpricedModel !== undefined) row.unpricedCalls++;
  row.promptTokens = plus(row.promptTokens, promptTokens);
  row.completionTokens = plus(row.completionTokens, completionTokens);
  row.totalUsd = plus(row.totalUsd, totalUsd);
}

const plus = (a: number | undefined, b: number | undefined) => (b === undefined ? a : (a ?? 0) + b);

const rowJson = (group: string, row: Costs) => ({
  [group]: row.key,
  calls: row.calls,
  prompt_tokens: row.promptTokens ?? null,
  completion_tokens: row.completionTokens ?? null,
  total_usd: row.totalUsd === undefined ? null : Number(row.totalUsd.toFixed(12)), // without the noise of adding doubles
  unpriced_calls: row.unpricedCalls,
});

function columns(group: string, total: Costs, terminal: Terminal): readonly Column<GroupRow<Costs>>[] {
  const column = (head: string, text: (row: Costs) => string, colour?: 'green' | 'yellow') =>
    groupColumn(head, text, terminal, { total, left: head === group, ...(colour && { colour }) });
  const unpricedText = ({ unpricedCalls }: Costs) => (unpricedCalls > 0 ? formatCount(unpricedCalls) : '');
  return [
    column(group, (row) => keyText(row.key)),
    column('calls', (row) => formatCount(row.calls)),
    column('tokens in', (row) => countText(row.promptTokens)),
    column('tokens out', (row) => countText(row.completionTokens)),
    column('dollars', (row) => (row.totalUsd === undefined ? '' : alignedUsd(row.totalUsd)), 'green'),
    ...(total.unpricedCalls > 0 ? [column('without a price', unpricedText, 'yellow')] : []),
  ];
}

/** Six decimals in every row, so that the points are below each other. */
function alignedUsd(usd: number): string {
  const short = formatUsd(usd);
  if (short.includes('e')) return short;
  const decimals = short.length - short.indexOf('.') - 1;
  return short + '0'.repeat(Math.max(0, 6 - decimals));
}
