import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { oneLine } from '../tree/format.js';
import type { TreeSpan } from '../tree/tree-span.js';
import { CliError } from './command.js';
import { linesOf } from './lines.js';
import { readOtlpLine, type AttributeNames, type OtlpLine } from './otlp-span.js';
import { Skipped } from './skipped.js';
import type { Terminal } from './terminal.js';

const DIRECTORY = '.spandrel';

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

  /**
   * Calls `take` for each span, in the order of the files, with its JSON beside it. What is no OTLP/JSON is skipped, and
   * said once, however often the files are read.
   */
  async forEachSpan(attributes: AttributeNames, take: (span: TreeSpan, json: any) => void): Promise<void> {
    const progress = this.#terminal.progress();
    const sizes = this.#files.map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    const total = sizes.reduce((a, b) => a + b, 0);
    let before = 0;
    for (const [index, file] of this.#files.entries()) {
      const skipped = new Skipped();
      for await (const { number, text, read } of linesOf(file)) {
        progress.show(`reading ${oneLine(file)}`, before + read, total);
        if (text?.trim() === '') continue;
        const line = text === undefined ? undefined : tryRead(text, attributes);
        if (line === undefined) {
          skipped.line(number);
          continue;
        }
        skipped.spans(number, line.skipped);
        for (const { span, json } of line.spans) take(span, json);
      }
      before += sizes[index] ?? 0;
      progress.clear();
      if (!this.#noted) skipped.note(file, this.#terminal);
    }
    this.#noted = true;
  }
}

function tryRead(text: string, attributes: AttributeNames): OtlpLine | undefined {
  try {
    return readOtlpLine(text, attributes);
  } catch {
    return undefined;
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
