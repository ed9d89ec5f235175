import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeSpan } from '../tree/tree-span.js';
import { CliError } from './command.js';
import { linesOf } from './lines.js';
import { readOtlpLine } from './otlp-span.js';
import type { Terminal } from './terminal.js';

const DIRECTORY = '.spandrel';
const MAX_NAMED = 5;

/** Trace files, read line by line: what a command keeps is all that is held. */
export class TraceFiles {
  readonly #files: readonly string[];
  readonly #terminal: Terminal;
  #noted = false;

  /** The named files, else `.spandrel/traces*.jsonl` under the current directory. Throws a sentence when there is none. */
  constructor(named: readonly string[], terminal: Terminal) {
    this.#files = named.length > 0 ? named.map(readable) : localFiles();
    this.#terminal = terminal;
  }

  /** Calls `take` for each span, in the order of the file. What is no OTLP/JSON is skipped, and said once. */
  async forEachSpan(attributes: ReadonlySet<string>, take: (span: TreeSpan) => void): Promise<void> {
    for (const file of this.#files) {
      const skipped: number[] = [];
      for await (const { number, text } of linesOf(file)) {
        if (text?.trim() === '') continue;
        try {
          if (text === undefined) throw new Error('too long');
          readOtlpLine(text, attributes, take);
        } catch {
          skipped.push(number);
        }
      }
      if (!this.#noted) this.#noteSkipped(file, skipped);
    }
    this.#noted = true;
  }

  #noteSkipped(file: string, lines: readonly number[]): void {
    if (lines.length === 0) return;
    const named = lines.slice(0, MAX_NAMED).join(', ') + (lines.length > MAX_NAMED ? ' …' : '');
    const what = lines.length === 1 ? '1 line that is' : `${lines.length} lines that are`;
    this.#terminal.note(`spandrel: skipped ${what} no OTLP/JSON in ${file}: ${named}`);
  }
}

function readable(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CliError(`there is no file ${file}.`);
  if (found.isDirectory()) throw new CliError(`${file} is a directory; name a file in it.`);
  return file;
}

function localFiles(): string[] {
  const found = listDirectory()
    .filter((name) => /^traces.*\.jsonl$/.test(name))
    .sort();
  if (found.length > 0) return found.map((name) => join(DIRECTORY, name));
  throw new CliError(
    `there is no ${join(DIRECTORY, 'traces.jsonl')} here. Run a program that calls startTracing({ backends: ['file'] }), or name a file.`,
  );
}

function listDirectory(): string[] {
  try {
    return readdirSync(DIRECTORY);
  } catch {
    return [];
  }
}
