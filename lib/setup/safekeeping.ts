import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Losses } from './losses.js';
import type { UnsentFile, UnsentFiles } from './unsent-files.js';

/** Keeps spans that have not arrived in unsent files, where there are any, and counts what was kept and what was lost. */
export class Safekeeping {
  readonly #files: UnsentFiles | undefined;
  readonly #losses: Losses;
  readonly #intervalMs: number;
  #unwritableUntil = 0;

  constructor(files: UnsentFiles | undefined, losses: Losses, intervalMs: number) {
    this.#files = files;
    this.#losses = losses;
    this.#intervalMs = intervalMs;
  }

  /** To be sent later. False where no file can be written. */
  keep(spans: readonly ReadableSpan[], cause: unknown): boolean {
    return spans.length === 0 || this.#tryWrite(spans, cause, (files) => files.keep(spans));
  }

  /** What a backend refuses for what it holds: into a file that is not sent again. */
  putAway(spans: ReadableSpan[], cause: unknown): void {
    if (!this.#tryWrite(spans, cause, (files) => files.refuse(spans))) this.#losses.add(spans.length, cause);
  }

  /** A file for spans that are on their way, in case they do not arrive. */
  hold(spans: readonly ReadableSpan[]): UnsentFile | undefined {
    let file: UnsentFile | undefined;
    this.#tryWrite([], undefined, (files) => (file = files.hold(spans)));
    return file;
  }

  /** Writes at the next occasion, though it has just failed. */
  tryAgain(): void {
    this.#unwritableUntil = 0;
  }

  /** Whether it could be written. After a failure, not again for an interval: there may be thousands of spans a second. */
  #tryWrite(spans: readonly ReadableSpan[], cause: unknown, write: (files: UnsentFiles) => void): boolean {
    if (this.#files === undefined || performance.now() < this.#unwritableUntil) return false;
    try {
      write(this.#files);
    } catch (error) {
      this.#unwritableUntil = performance.now() + this.#intervalMs;
      this.#losses.unwritable(error);
      return false;
    }
    if (spans.length > 0) this.#losses.add(spans.length, cause, this.#files.directory);
    return true;
  }
}
