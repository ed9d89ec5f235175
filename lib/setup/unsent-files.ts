import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { shared } from '../shared-state.js';
import type { BackendOptions } from './options.js';
import { otlpJsonLines } from './otlp-json.js';
import { TraceFile } from './trace-file.js';

const MAX_FILE_BYTES = 4 * 1024 * 1024; // one is read whole when it is sent
const FOREIGN_AGE_MS = 10 * 60_000;

/** The name of a file: backend and address, host, process, thread, number. */
const NAME = /^unsent-(?<backend>.+)-(?<host>[0-9a-f]{6})-(?<pid>\d+)-(?<thread>\d+)-(?<number>[0-9a-z]+)\.jsonl$/;

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 6);
const OWNER = `${hash(hostname())}-${process.pid}-${threadId}`;

/** Files that are being written or sent by this process, whichever copy of this package does it. */
const busy = shared('unsent', () => ({ files: new Set<string>(), next: Date.now() }));

/** Where unsent spans are kept, and how much of them: all files together. */
export interface UnsentLimits {
  readonly directory: string;
  readonly maxBytes: number;
}

/** What the options say; undefined where nothing is to be kept. */
export function unsentLimits({ unsent = {}, file }: BackendOptions): UnsentLimits | undefined {
  if (unsent === false) return undefined;
  const { directory = file?.directory ?? '.spandrel', maxMegabytes = 100 } = unsent;
  return { directory: resolve(process.cwd(), directory), maxBytes: maxMegabytes * 1e6 };
}

/**
 * The spans that one backend has not taken, in files beside the local one: `unsent-<backend>-….jsonl`. Each belongs to the
 * process that wrote it; those of a process that is gone are taken over by the next that sends to the same address.
 */
export class UnsentFiles {
  readonly directory: string;
  readonly #backend: string;
  readonly #maxBytes: number;
  readonly #failed: (error: unknown) => void;
  #current: string | undefined;

  /** `failed` is told of a span that cannot be written. `address` keeps what was meant for one place from being sent to another. */
  constructor(
    { directory, maxBytes }: UnsentLimits,
    backend: string,
    address: string,
    failed: (error: unknown) => void,
  ) {
    this.#failed = failed;
    this.directory = directory;
    this.#backend = `${backend.toLowerCase().replace(/[^a-z0-9]+/g, '_')}-${hash(address)}`;
    this.#maxBytes = maxBytes;
  }

  /** Appends the spans to this process's file, before it returns. Throws when they cannot be written. */
  keep(spans: readonly ReadableSpan[]): void {
    const full = this.#current !== undefined && sizeOf(this.#current) >= MAX_FILE_BYTES;
    if (full || this.#current === undefined || busy.files.has(this.#current)) this.#current = this.#newPath();
    this.#write(this.#current, this.#linesOf(spans));
  }

  /** Writes the spans, which are being sent at the moment, to a file of their own; it is not sent again before it is let go of. */
  hold(spans: readonly ReadableSpan[]): UnsentFile {
    const file = new UnsentFile(this.#newPath());
    this.#write(file.path, this.#linesOf(spans));
    return file;
  }

  /** Puts away spans that the backend refuses for what they hold: they are not sent again but by `spandrel replay`. */
  refuse(spans: readonly ReadableSpan[]): void {
    this.#write(this.#refused, this.#linesOf(spans));
  }

  /** Puts away a line that cannot be read: a killed process or a full disk cut it off. */
  refuseLine(line: string): void {
    this.#write(this.#refused, [`${line}\n`]);
  }

  /** The oldest file that may be sent now: one of ours, or one whose owner is gone. It is ours alone until it is let go of. */
  next(): UnsentFile | undefined {
    for (const name of this.#names().sort(byAge)) {
      const { backend, host, pid, thread } = NAME.exec(name)?.groups ?? {};
      const path = join(this.directory, name);
      if (backend !== this.#backend || busy.files.has(path)) continue;
      if (`${host}-${pid}-${thread}` === OWNER) return new UnsentFile(path);
      if (isAlive(path, host as string, Number(pid))) continue;
      const taken = this.#newPath();
      try {
        renameSync(path, taken); // of several that try, one succeeds
        return new UnsentFile(taken);
      } catch {
        // another process was faster
      }
    }
    return undefined;
  }

  /** These lines of the file are still to be sent, after all other files: one that always fails must not keep them waiting. */
  putBack(file: UnsentFile, lines: readonly string[]): void {
    const next = `${file.path}.part`;
    writeFileSync(next, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    renameSync(next, file.path);
    renameSync(file.path, this.#newPath());
    file.release();
  }

  #linesOf(spans: readonly ReadableSpan[]): string[] {
    return [...otlpJsonLines(spans, this.#failed)];
  }

  #write(path: string, lines: readonly string[]): void {
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const held = this.#names().reduce((sum, name) => sum + sizeOf(join(this.directory, name)), 0);
    if (held + bytes > this.#maxBytes) {
      throw new Error(`the unsent files in ${this.directory} are full (${Math.round(this.#maxBytes / 1e6)} MB)`);
    }
    new TraceFile(path).append(lines);
  }

  get #refused(): string {
    return join(this.directory, `unsent-refused-${this.#backend}.jsonl`);
  }

  #newPath(): string {
    return join(this.directory, `unsent-${this.#backend}-${OWNER}-${(busy.next++).toString(36)}.jsonl`);
  }

  #names(): string[] {
    try {
      return readdirSync(this.directory).filter((name) => name.startsWith('unsent-') && name.endsWith('.jsonl'));
    } catch {
      return []; // nothing was kept yet
    }
  }
}

/** One file of unsent spans, in this process's hands until it is let go of. */
export class UnsentFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    busy.files.add(path);
  }

  /** Its lines. The last one may be cut off. */
  lines(): string[] {
    return readFileSync(this.path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }

  /** All of it has been sent. */
  remove(): void {
    rmSync(this.path, { force: true });
    busy.files.delete(this.path);
  }

  /** It is still to be sent. */
  release(): void {
    busy.files.delete(this.path);
  }
}

const numberOf = (name: string) => NAME.exec(name)?.groups?.['number'] ?? '';
const byAge = (a: string, b: string) => (numberOf(a) < numberOf(b) ? -1 : 1); // times in base 36, of one length

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Whether the process that a file belongs to may still send it. Of another host nothing is known but how old the file is. */
function isAlive(path: string, host: string, pid: number): boolean {
  if (host !== OWNER.slice(0, 6)) {
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    return changed === undefined || Date.now() - changed < FOREIGN_AGE_MS;
  }
  if (pid === process.pid) return true; // another thread of ours
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
