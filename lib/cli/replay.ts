import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { PROJECT_NAME } from '../conventions/openinference.js';
import { nearest } from '../options.js';
import { isRemoteName, namesInEnvironment, remote, type RemoteName } from '../setup/backends.js';
import type { Remote } from '../setup/backends/remote-backend.js';
import { envCount } from '../setup/environment.js';
import { exportOnce } from '../setup/export-once.js';
import { readableSpans } from '../setup/readable-span.js';
import { loadSdk } from '../setup/sdk.js';
import { oneLine } from '../tree/format.js';
import { CliError, type Command } from './command.js';
import { linesOf } from './lines.js';
import { Skipped } from './skipped.js';
import type { Terminal } from './terminal.js';

const DIRECTORY = '.spandrel';
const NAMES = ['phoenix', 'arize', 'otlp'];

/** `spandrel replay` */
export const command: Command = {
  help: `Usage: spandrel replay [options] [file...]

Sends the spans of files to a backend. Without a file: .spandrel/unsent*.jsonl, each of which is deleted when all of it was taken.

  --to <backend>     ${NAMES.join(', ')}, or the address of any OTLP endpoint (default: what the environment names)
  --header <n=v>     a header of each request; may be given several times
  --project <name>   the project to send to, instead of the one the spans name
  --keep             delete nothing
  --dry-run          only say what would be sent
  --json             one object: spans sent, refused and skipped
  -h, --help

Keys and addresses are read from the environment, as startTracing() reads them: PHOENIX_COLLECTOR_ENDPOINT, PHOENIX_API_KEY,
ARIZE_SPACE_ID, ARIZE_API_KEY, ARIZE_REGION, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS.`,
  options: {
    to: { type: 'string' },
    header: { type: 'string', multiple: true },
    project: { type: 'string' },
    keep: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },

  async run(values, named, terminal) {
    const { to, header, project, json } = values as Values;
    const dryRun = values['dry-run'] === true;
    const target = dryRun && to === undefined ? undefined : targetOf(to, headersOf(header));
    const files = named.length > 0 ? named.map(readable) : unsentFiles();
    if (files.length === 0) throw new CliError(`there is no unsent*.jsonl in ${DIRECTORY}: nothing waits to be sent.`);
    const amend = project === undefined ? undefined : toProject(project);
    const job: Job = { target: dryRun ? undefined : target, amend, terminal };
    const sums: Sums[] = [];
    for (const file of files) {
      const deletes = named.length === 0 && !dryRun && values['keep'] !== true;
      sums.push(await (deletes ? sendAndDelete(file, job) : send(file, job)));
    }
    const total = sums.reduce(added, NOTHING);
    await target?.exporter.shutdown();
    if (json) terminal.printJson({ ...total, files: files.length, to: target?.address ?? null });
    else terminal.print(`${dryRun ? 'would send' : 'sent'} ${summary(total, target)}`);
    if (total.refused > 0)
      throw new CliError(`${spans(total.refused)} were refused; their files are left as they are.`);
  },
};

interface Values {
  readonly to?: string;
  readonly header?: readonly string[];
  readonly project?: string;
  readonly json?: boolean;
}

interface Sums {
  readonly sent: number;
  /** By the backend, for what they hold. */
  readonly refused: number;
  /** Lines that are no OTLP/JSON. */
  readonly skipped: number;
}

const NOTHING: Sums = { sent: 0, refused: 0, skipped: 0 };
const added = (a: Sums, b: Sums): Sums => ({
  sent: a.sent + b.sent,
  refused: a.refused + b.refused,
  skipped: a.skipped + b.skipped,
});

interface Job {
  readonly target: Remote | undefined;
  readonly amend: ((span: ReadableSpan) => ReadableSpan) | undefined;
  readonly terminal: Terminal;
}

/**
 * A process may still append to the file: under another name it is left alone, and the process begins a new one. That name is one of an
 * unsent file too, which the next replay finds, should this one be killed.
 */
async function sendAndDelete(file: string, job: Job): Promise<Sums> {
  const taken = file.replace(/(?:\.replay-\d+)?\.jsonl$/, `.replay-${process.pid}.jsonl`);
  renameSync(file, taken);
  let sums: Sums = NOTHING;
  try {
    sums = await send(taken, job, file);
  } finally {
    if (sums.sent > 0 && sums.refused + sums.skipped === 0) rmSync(taken);
    else if (!existsSync(file)) renameSync(taken, file);
  }
  return sums;
}

/** Line by line, one request each: a file of any size is sent in constant memory. `shown`: what it is called. */
async function send(file: string, { target, amend, terminal }: Job, shown = file): Promise<Sums> {
  let total = NOTHING;
  const progress = terminal.progress();
  const size = statSync(file).size;
  const skipped = new Skipped();
  const timeoutMs = envCount(process.env, 'OTEL_BSP_EXPORT_TIMEOUT') ?? 30_000;
  try {
    for await (const { number, text, read } of linesOf(file)) {
      progress.show(`sending ${oneLine(shown)}`, read, size);
      if (text?.trim() === '') continue;
      const found = text === undefined ? undefined : tryRead(text);
      if (found === undefined) {
        skipped.line(number);
        total = added(total, { ...NOTHING, skipped: 1 });
        continue;
      }
      const batch = amend ? found.map(amend) : found;
      const answer = target ? await exportOnce(target.exporter, batch, timeoutMs) : { is: 'taken' as const };
      if (answer.is === 'failed') {
        throw new CliError(
          `${target?.address} did not take line ${number} of ${shown}: ${messageOf(answer.cause)}. ${spans(total.sent)} were sent before it; a second run sends them again, under the same ids.`,
        );
      }
      total = added(total, { ...NOTHING, [answer.is === 'taken' ? 'sent' : 'refused']: batch.length });
    }
  } finally {
    progress.clear();
    skipped.note(shown, terminal);
  }
  return total;
}

function tryRead(text: string): ReadableSpan[] | undefined {
  try {
    return readableSpans(text);
  } catch {
    return undefined;
  }
}

function targetOf(to: string | undefined, headers: Record<string, string> | undefined): Remote {
  const address = to !== undefined && /^https?:\/\//.test(to) ? to : undefined;
  const name = address === undefined ? backendName(to) : 'otlp';
  try {
    const given = { ...(headers && { headers }), ...(address !== undefined && { endpoint: address }) };
    return remote(name, { [name]: given }, process.env);
  } catch (error) {
    throw new CliError(`the backend "${name}" ${(error as Error).message}`);
  }
}

function backendName(to: string | undefined): RemoteName {
  if (to !== undefined) {
    if (isRemoteName(to)) return to;
    const near = nearest(to, NAMES);
    throw new CliError(
      `there is no backend "${to}".${near ? ` Did you mean "${near}"?` : ''} --to takes ${NAMES.join(', ')}, or an address such as http://localhost:4318.`,
      2,
    );
  }
  const names = namesInEnvironment(process.env);
  const known = names === 'none' ? [] : names.filter(isRemoteName);
  if (known.length === 1) return known[0] as RemoteName;
  throw new CliError(
    known.length === 0
      ? `no backend is named: give --to ${NAMES.join('|')} or an address, or set PHOENIX_COLLECTOR_ENDPOINT, ARIZE_SPACE_ID or OTEL_EXPORTER_OTLP_ENDPOINT.`
      : `the environment names several backends (${known.join(', ')}): choose one with --to.`,
    2,
  );
}

function headersOf(given: readonly string[] | undefined): Record<string, string> | undefined {
  const entries = given?.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new CliError(`--header takes name=value, not "${text}".`, 2);
    return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  });
  return entries && (Object.fromEntries(entries) as Record<string, string>);
}

function toProject(project: string): (span: ReadableSpan) => ReadableSpan {
  const resource = loadSdk().resources.resourceFromAttributes({ [PROJECT_NAME]: project });
  return (span) => ({ ...span, resource: span.resource.merge(resource) });
}

function unsentFiles(): string[] {
  try {
    const names = readdirSync(DIRECTORY).filter((name) => /^unsent.*\.jsonl$/.test(name));
    return names.sort().map((name) => join(DIRECTORY, name));
  } catch {
    return [];
  }
}

function readable(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CliError(`there is no file ${file}.`);
  if (found.isDirectory()) throw new CliError(`${file} is a directory; name a file in it.`);
  return file;
}

const spans = (count: number) => (count === 1 ? '1 span' : `${count} spans`);

const summary = ({ sent, refused, skipped }: Sums, target: Remote | undefined) =>
  [
    `${spans(sent)}${target ? ` to ${target.address}` : ''}`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(skipped > 0 ? [`${skipped} lines skipped`] : []),
  ].join(', ');

const messageOf = (cause: unknown) => (cause instanceof Error && cause.message ? cause.message : String(cause));
