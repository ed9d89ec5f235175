import { readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

/** What the command line asks for. */
export interface Options {
  /** Paths of the transcripts to analyse. */
  readonly transcripts: readonly string[];
  readonly live: boolean;
  readonly verify: boolean;
  readonly help: boolean;
}

export const HELP = `Analyses sales calls with a small LLM service whose classes spandrel traces.

  npm run demo                          analyses the calls in examples/call-analyzer/transcripts
  npm run demo -- call.txt other.txt    analyses yours
  npm run demo -- --verify              then recomputes every token and dollar of the trace
  npm run demo -- --live                asks the real models; needs OPENAI_API_KEY and ANTHROPIC_API_KEY
  npm run demo -- --help                shows this

Without --live a scripted model server on the loopback interface answers: no key, no cost, no network.`;

/** Reads the command line. Throws a {@link UsageError} for what cannot be followed. */
export async function readOptions(args: readonly string[], directory: string): Promise<Options> {
  const { values, positionals } = parse(args);
  const transcripts =
    positionals.length > 0 ? positionals.map((path) => resolve(directory, path)) : shippedTranscripts();
  if (!values.help) for (const path of transcripts) await checkTranscript(path);
  return { transcripts, ...values };
}

async function checkTranscript(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) fail(`There is no file ${path}.`);
  if (!found.isFile()) fail(`${path} is not a file.`);
  if (found.size === 0) fail(`${path} is empty.`);
}

function parse(args: readonly string[]) {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { live: flag, verify: flag, help: { ...flag, short: 'h' } },
    });
  } catch (error) {
    return fail((error as Error).message.split('. To specify')[0] ?? '');
  }
}

function fail(problem: string): never {
  throw new UsageError(`${problem}\nnpm run demo -- --help shows what can be asked for.`);
}

function shippedTranscripts(): readonly string[] {
  const directory = fileURLToPath(new URL('./transcripts/', import.meta.url));
  return readdirSync(directory)
    .sort()
    .map((name) => directory + name);
}
