import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file that lines are appended to. Each line is one write to a file opened for appending, so lines of several processes
 * do not mix. It is opened for each batch: a file that was moved or deleted meanwhile is made anew.
 */
export class TraceFile {
  readonly path: string;
  #torn = false; // the last write stopped inside a line (a full disk)

  constructor(path: string) {
    this.path = path;
  }

  /** Appends the lines, each ended by `\n`. Throws at the first that cannot be written; what came before it is in the file. */
  append(lines: Iterable<string>): void {
    const file = this.#open();
    try {
      for (const line of lines) this.#write(file, this.#torn ? `\n${line}` : line);
    } finally {
      closeSync(file);
    }
  }

  #write(file: number, line: string): void {
    const bytes = Buffer.from(line);
    const written = writeSync(file, bytes);
    this.#torn = written === 0 ? this.#torn : written < bytes.length;
    if (written < bytes.length)
      throw new Error(`only ${written} of ${bytes.length} bytes of a line could be written to ${this.path}`);
  }

  #open(): number {
    try {
      return openSync(this.path, 'a', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    makeDirectory(dirname(this.path));
    return openSync(this.path, 'a', 0o600);
  }
}

/** Traces hold what users said: the directory is the owner's alone, and a `.gitignore` in it keeps it out of repositories. */
function makeDirectory(directory: string): void {
  if (mkdirSync(directory, { recursive: true, mode: 0o700 }) === undefined) return; // it was there
  try {
    writeFileSync(join(directory, '.gitignore'), '*\n', { flag: 'wx' });
  } catch {
    // a hint only
  }
}
