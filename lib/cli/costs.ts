import type { AttributeValue, Attributes } from '@opentelemetry/api';
import {
  COST_AGENT_NAME,
  COST_MODEL_NAME,
  COST_SOURCE,
  COST_TOTAL_USD,
  COST_UNPRICED_MODEL,
} from '../conventions/cost.js';
import {
  LLM_MODEL_NAME,
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VERSION,
  SESSION_ID,
  TAGS,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  USER_ID,
} from '../conventions/openinference.js';
import { formatCount, formatUsd, oneLine } from '../tree/format.js';
import { spanFacts, type SpanFacts } from '../tree/span-facts.js';
import { table, type Column } from '../tree/table.js';
import { CliError, type Command } from './command.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';

type Key = (attributes: Attributes) => readonly (AttributeValue | null | undefined)[];

// What each grouping looks at; the dollars are always those of the spans that own a model call.
const GROUPS: Readonly<Record<string, Key>> = {
  model: (attributes) => [attributes[COST_MODEL_NAME] ?? attributes[LLM_MODEL_NAME] ?? attributes[COST_UNPRICED_MODEL]],
  agent: (attributes) => [attributes[COST_AGENT_NAME]],
  session: (attributes) => [attributes[SESSION_ID]],
  user: (attributes) => [attributes[USER_ID]],
  prompt: (attributes) => [promptOf(attributes)],
  tag: (attributes) =>
    Array.isArray(attributes[TAGS]) && attributes[TAGS].length > 0
      ? [...new Set(attributes[TAGS] as string[])]
      : [null],
};

const READ = new Set([
  ...[COST_MODEL_NAME, LLM_MODEL_NAME, COST_AGENT_NAME, COST_SOURCE, COST_TOTAL_USD, COST_UNPRICED_MODEL],
  ...[SESSION_ID, USER_ID, TAGS, PROMPT_TEMPLATE, PROMPT_TEMPLATE_VERSION, TOKENS_PROMPT, TOKENS_COMPLETION],
]);

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

  --by <group>   ${Object.keys(GROUPS).join(', ')} (default: model); a call with several tags is in each
  --json         one array, an object a group; dollars in total_usd, null when no price is known
  -h, --help`,
  options: { by: { type: 'string', default: 'model' }, json: { type: 'boolean' } },

  async run({ by, json }, named, terminal) {
    const group = String(by);
    if (!Object.hasOwn(GROUPS, group))
      throw new CliError(`--by takes one of ${Object.keys(GROUPS).join(', ')}, not "${group}".`, 2);
    const { rows, total } = await readCosts(new TraceFiles(named, terminal), GROUPS[group] as Key);
    if (json) {
      terminal.print(
        JSON.stringify(
          rows.map((row) => rowJson(group, row)),
          undefined,
          2,
        ),
      );
      return;
    }
    if (rows.length === 0) {
      terminal.print('No model calls are in the file.');
      return;
    }
    terminal.print(table(['head' as const, ...rows, total], columns(group, total, terminal)));
  },
};

async function readCosts(files: TraceFiles, keysOf: Key): Promise<{ rows: Costs[]; total: Costs }> {
  const rows = new Map<string | null, Costs>();
  const total: Costs = newCosts('total');
  await files.forEachSpan(READ, (span) => {
    const facts = spanFacts(span);
    const call = isCall(facts, span.attributes);
    if (!call && facts.totalUsd === undefined) return;
    add(total, facts, call);
    for (const value of keysOf(span.attributes)) {
      const key = typeof value === 'string' && value !== '' ? value : null;
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = newCosts(key)));
      add(row, facts, call);
    }
  });
  const sorted = [...rows.values()].sort((a, b) => (b.totalUsd ?? -1) - (a.totalUsd ?? -1) || b.calls - a.calls);
  return { rows: sorted, total };
}

const newCosts = (key: string | null): Costs => ({ key, calls: 0, unpricedCalls: 0 });

/** A span that owns a model call. One whose cost was recorded by hand (a search, a tool) has dollars and is none. */
function isCall(facts: SpanFacts, attributes: Attributes): boolean {
  const hasTokens = facts.promptTokens !== undefined || facts.completionTokens !== undefined;
  const isPriced = facts.totalUsd !== undefined && attributes[COST_SOURCE] !== 'recorded';
  return hasTokens || isPriced || facts.unpricedModel !== undefined;
}

function add(row: Costs, { promptTokens, completionTokens, totalUsd, unpricedModel }: SpanFacts, call: boolean): void {
  if (call) row.calls++;
  if (unpricedModel !== undefined) row.unpricedCalls++;
  row.promptTokens = plus(row.promptTokens, promptTokens);
  row.completionTokens = plus(row.completionTokens, completionTokens);
  row.totalUsd = plus(row.totalUsd, totalUsd);
}

const plus = (a: number | undefined, b: number | undefined) => (b === undefined ? a : (a ?? 0) + b);

function promptOf(attributes: Attributes): string | undefined {
  const template = attributes[PROMPT_TEMPLATE];
  if (typeof template !== 'string') return undefined;
  const version = attributes[PROMPT_TEMPLATE_VERSION];
  return `${typeof version === 'string' ? version : '?'}: ${oneLine(template, 48)}`;
}

const rowJson = (group: string, row: Costs) => ({
  [group]: row.key,
  calls: row.calls,
  prompt_tokens: row.promptTokens ?? null,
  completion_tokens: row.completionTokens ?? null,
  total_usd: row.totalUsd === undefined ? null : Number(row.totalUsd.toFixed(12)), // without the noise of adding doubles
  unpriced_calls: row.unpricedCalls,
});

function columns(group: string, total: Costs, { paint }: Terminal): readonly Column<'head' | Costs>[] {
  const column = (head: string, text: (row: Costs) => string, colour?: 'green' | 'yellow'): Column<'head' | Costs> => ({
    right: head !== group,
    text: (row) => (row === 'head' ? head : text(row)),
    paint: (shown, row) =>
      row === 'head'
        ? paint('dim', shown)
        : row === total
          ? paint('bold', shown)
          : colour
            ? paint(colour, shown)
            : shown,
  });
  const count = (value: number | undefined) => (value === undefined ? '' : formatCount(value));
  const unpriced = column(
    'without a price',
    (row) => (row.unpricedCalls > 0 ? formatCount(row.unpricedCalls) : ''),
    'yellow',
  );
  return [
    column(group, (row) => (row.key === null ? '(none)' : oneLine(row.key, 64))),
    column('calls', (row) => formatCount(row.calls)),
    column('tokens in', (row) => count(row.promptTokens)),
    column('tokens out', (row) => count(row.completionTokens)),
    column('dollars', (row) => (row.totalUsd === undefined ? '' : alignedUsd(row.totalUsd)), 'green'),
    ...(total.unpricedCalls > 0 ? [unpriced] : []),
  ];
}

/** Six decimals in every row, so that the points are below each other. */
function alignedUsd(usd: number): string {
  const short = formatUsd(usd);
  const decimals = short.length - short.indexOf('.') - 1;
  return short + '0'.repeat(Math.max(0, 6 - decimals));
}
