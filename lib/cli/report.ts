import { existsSync, openSync, readFileSync, readSync, closeSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  COST_AGENT_NAME,
  COST_MODEL_NAME,
  COST_SOURCE,
  COST_TOTAL_USD,
  COST_UNPRICED_MODEL,
} from '../conventions/cost.js';
import { ERROR_TYPE } from '../conventions/error.js';
import {
  AGENT_NAME,
  LLM_MODEL_NAME,
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VERSION,
  SESSION_ID,
  SPAN_KIND,
  TAGS,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  USER_ID,
} from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { ContentBlocks } from '../report/content-blocks.js';
import { FactColumns } from '../report/fact-columns.js';
import { ReportFile } from '../report/report-file.js';
import { planReport, type ReportPlan, type TraceSize } from '../report/report-plan.js';
import { contentLength, spanContent } from '../report/span-content.js';
import { formatCount, oneLine } from '../tree/format.js';
import { spanFacts } from '../tree/span-facts.js';
import { CliError, type Command } from './command.js';
import { NewestTraces } from './newest-traces.js';
import { Selection, SELECTION_HELP, SELECTION_OPTIONS } from './selection.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';
import { wholeNumber } from './whole-number.js';

const MAX_SPANS = 50_000;
const MARK = '<meta name="generator" content="spandrel">';
const READ = new Set([
  ...[SPAN_KIND, LLM_MODEL_NAME, TOKENS_PROMPT, TOKENS_COMPLETION, TIME_TO_FIRST_CHUNK_MS, ERROR_TYPE],
  ...[COST_TOTAL_USD, COST_SOURCE, COST_UNPRICED_MODEL, COST_MODEL_NAME, COST_AGENT_NAME, AGENT_NAME],
  ...[SESSION_ID, USER_ID, TAGS, PROMPT_TEMPLATE, PROMPT_TEMPLATE_VERSION],
]);

/** `spandrel report` */
export const command: Command = {
  help: `Usage: spandrel report [options] [file...]

Writes one HTML page: what was spent, by when, model, prompt version, agent, session; latencies; every trace with its
messages, inputs and outputs. It needs no network and no server. Without a file: .spandrel/traces*.jsonl

  -o, --out <file>  where to (default: report.html); an older report there is replaced
  --force           replace whatever is there
  --title <text>    the page's title
  --no-content      leave out inputs, outputs, messages and all other attributes: times, tokens, dollars and names stay
  --limit <n>       so many spans at most, in whole traces, the newest (default: ${MAX_SPANS})
${SELECTION_HELP}
                   a trace is shown whole when one of its spans is so
  -h, --help`,
  options: {
    out: { type: 'string', short: 'o', default: 'report.html' },
    force: { type: 'boolean' },
    title: { type: 'string' },
    'no-content': { type: 'boolean' },
    limit: { type: 'string' },
    ...SELECTION_OPTIONS,
  },

  async run({ out, force, title, limit, ...values }, named, terminal) {
    const path = String(out);
    if (!force) refuseForeign(path);
    const maxSpans = wholeNumber('limit', limit) ?? MAX_SPANS;
    const files = new TraceFiles(named, terminal);
    const selection = new Selection(values);
    const survey = await surveyTraces(files, selection, maxSpans, terminal);
    if (survey.plan.traces.size === 0)
      throw new CliError(`no spans are in the file${selection.isGiven ? ' for that' : ''}.`);
    const file = new ReportFile(path, readFileSync(new URL('../report/page.html', import.meta.url), 'utf8'));
    try {
      const heading = typeof title === 'string' ? title : `Traces of ${basename(resolve('.'))}`;
      const { count, traceCount } = await write(file, files, survey, heading, !values['no-content'], maxSpans);
      const size = `${(file.bytes / 1e6).toFixed(1)} MB`;
      terminal.print(`${oneLine(path)}: ${formatCount(count)} spans in ${formatCount(traceCount)} traces, ${size}`);
    } catch (error) {
      file.abandon();
      throw error;
    }
  },
};

/** What is there and no report of ours is not overwritten by a slip of the hand. */
function refuseForeign(path: string): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isFile()) throw new CliError(`${path} is no file.`);
  const head = Buffer.alloc(1024);
  const fd = openSync(path, 'r');
  const length = readSync(fd, head);
  closeSync(fd);
  if (length > 0 && !head.toString('utf8', 0, length).includes(MARK))
    throw new CliError(`${path} exists and is no report; name another file with -o, or replace it with --force.`);
}

interface Survey {
  readonly plan: ReportPlan;
  /** Milliseconds since the epoch. */
  readonly epoch: number;
  /** All spans of the files, and their dollars, where nothing is selected. */
  readonly all?: { spans: number; usd: number };
}

/** Which traces are wanted, and how large they are: two readings, for a trace's spans may be anywhere in the files. */
async function surveyTraces(
  files: TraceFiles,
  selection: Selection,
  maxSpans: number,
  terminal: Terminal,
): Promise<Survey> {
  const newest = new NewestTraces(maxSpans);
  const all = { spans: 0, usd: 0 };
  await files.forEachSpan(new Set([COST_TOTAL_USD, ...selection.attributes]), (span) => {
    if (!selection.accepts(span)) return;
    newest.add(span.traceId, span.startNs);
    all.spans++;
    all.usd += spanFacts(span).totalUsd ?? 0;
  });
  selection.noteUnseen(terminal);
  const ids = newest.ids();
  const sizes = new Map<string, TraceSize>(ids.map((id) => [id, { spans: 0, contents: 0 }]));
  let epochNs: bigint | undefined;
  await files.forEachSpan(new Set(), ({ traceId, startNs }, json) => {
    const size = sizes.get(traceId);
    if (size === undefined) return;
    size.spans++;
    size.contents += contentLength(json);
    if (epochNs === undefined || startNs < epochNs) epochNs = startNs;
  });
  const plan = planReport(ids, sizes, maxSpans);
  return { plan, epoch: Number((epochNs ?? 0n) / 1_000_000n), ...(!selection.isGiven && { all }) };
}

async function write(
  file: ReportFile,
  files: TraceFiles,
  { plan, epoch, all }: Survey,
  title: string,
  wantsContents: boolean,
  maxSpans: number,
): Promise<FactColumns> {
  const columns = new FactColumns(epoch);
  const blocks = new ContentBlocks((block) => file.block(block));
  let usd = 0;
  let withoutContents = 0;
  let repeated = 0;
  await files.forEachSpan(READ, (span, json) => {
    if (!plan.traces.has(span.traceId) || columns.count >= maxSpans) return;
    if (!columns.add(span)) {
      repeated++;
      return;
    }
    usd += spanFacts(span).totalUsd ?? 0;
    if (!wantsContents) return;
    const isKept = plan.withContents.has(span.traceId);
    if (!isKept) withoutContents++;
    blocks.add(isKept ? spanContent(json) : undefined);
  });
  blocks.end();
  file.finish(
    columns.facts(title, Date.now(), blocks.firstRows, {
      spans: all ? all.spans - columns.count - repeated : 0,
      usd: all ? Math.max(0, all.usd - usd) : 0,
      allContents: !wantsContents,
      contents: withoutContents,
    }),
  );
  return columns;
}
