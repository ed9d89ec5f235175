import { diag } from '@opentelemetry/api';
import type { Style } from '../tree/paint.js';
import { CliError, type Command } from './command.js';
import { checkBackends, checkFolder } from './doctor/backends.js';
import { checkCompiler } from './doctor/compiler.js';
import type { Finding } from './doctor/finding.js';
import { checkPackages } from './doctor/packages.js';
import { checkPipeline } from './doctor/pipeline.js';
import { checkSettings } from './doctor/settings.js';
import { checkTraces } from './doctor/traces.js';
import type { Terminal } from './terminal.js';
import { TraceFiles } from './trace-files.js';

const MARKS: Readonly<Record<Finding['level'], readonly [string, Style]>> = {
  ok: ['ok', 'green'],
  info: ['--', 'dim'],
  warning: ['warning', 'yellow'],
  problem: ['problem', 'red'],
};

/** `spandrel doctor` */
export const command: Command = {
  help: `Usage: spandrel doctor [options] [file...]

Says what is configured and from where, sends one span to each backend that the environment names, and looks for dollars,
prompts and sessions that are missing in the local file (.spandrel/traces*.jsonl, or the files named).

  --setup <file>   the program's own set-up of tracing, which is loaded and tried: a JavaScript file
  --offline        send nothing
  --strict         warnings, too, make the exit code 1
  --json           one array, an object a finding: check, level (ok, info, warning, problem), says, cure
  -h, --help

The exit code is 1 when there is a problem.`,
  options: {
    setup: { type: 'string' },
    offline: { type: 'boolean' },
    strict: { type: 'boolean' },
    json: { type: 'boolean' },
  },

  async run({ setup, offline, strict, json }, named, terminal) {
    const directory = process.cwd();
    const found: Finding[] = [
      ...checkPackages(directory),
      ...checkCompiler(directory),
      ...checkSettings(process.env),
      ...(await checkPipeline(setup as string | undefined)),
      ...(await checkBackends(process.env, offline !== true)),
      ...checkFolder(directory),
      ...(await localFiles(named, terminal)),
    ];
    if (json) terminal.printJson(found);
    else for (const finding of found) print(finding, terminal);
    const bad = found.filter(({ level }) => level === 'problem' || (strict === true && level === 'warning'));
    if (bad.length > 0) throw new CliError(bad.length === 1 ? '1 thing to mend.' : `${bad.length} things to mend.`);
  },
};

/** Without files there is nothing to say of them, unless they were named. */
async function localFiles(named: readonly string[], terminal: Terminal): Promise<Finding[]> {
  let files: TraceFiles;
  try {
    files = new TraceFiles(named, terminal);
  } catch (error) {
    if (named.length > 0 || !(error instanceof CliError)) throw error;
    return [];
  }
  diag.disable(); // the price list warns of models that it does not know; so does the check
  return checkTraces(files);
}

function print({ check, level, says, cure }: Finding, { print: show, paint }: Terminal): void {
  const [mark, colour] = MARKS[level];
  show(`${paint(colour, mark.padEnd(8))} ${paint('dim', check.padEnd(11))} ${says}`);
  if (cure !== undefined) show(`${' '.repeat(21)}${paint('dim', `-> ${cure}`)}`);
}
