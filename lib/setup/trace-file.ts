import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rotate, type Rotation } from './trace-file-rotation.js';

/**
 * A file that lines are appended to. Each line is one write to a file opened for appending, so lines of several processes
 * do not mix. It is opened for each batch: a file that was moved or deleted meanwhile is made anew.
 */
export class TraceFile {
  readonly path: string;
  readonly #rotation: Rotation | undefined;

  constructor(path: string, rotation?: Rotation) {
    this.path = path;
    this.#rotation = rotation;
  }

  /** Appends the lines, each ended by `\n`. Throws at the first that cannot be written; what came before it is in the file. */
  append(lines: Iterable<string>): void {
    const file = this.#openCurrent();
    try {
      let start = endsInsideLine(file) ? '\n' : '';
      for (const line of lines) {
        this.#write(file, Buffer.from(start + line));
        start = '';
      }
    } finally {
      closeSync(file);
    }
  }

  #write(file: number, bytes: Buffer): void {
    const written = writeSync(file, bytes);
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes of a line could be written`);
  }

  #openCurrent(): number {
    const file = this.#open();
    try {
      if (this.#rotation === undefined || !rotate(this.path, file, this.#rotation)) return file;
    } catch {
      return file; // the folder does not allow it: better one large file than none
    }
    closeSync(file);
    return this.#open();
  }

  #open(): number {
    try {
      return openSync(this.path, 'a+', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    makeDirectory(dirname(this.path));
    return openSync(this.path, 'a+', 0o600);
  }
}

/** A full disk or a killed process left half a line: the next one must not become part of it. */
function endsInsideLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
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
