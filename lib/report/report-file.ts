import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { packed } from './content-blocks.js';
import type { ReportFacts } from './report-data.js';

const DATA = '<!--data-->';

/**
 * The HTML file, written piece by piece: a report is larger than what should be in memory. The data are base64 inside
 * scripts that no browser runs, so nothing that a span says is ever part of the page's markup. It takes its name when it
 * is whole.
 */
export class ReportFile {
  readonly #path: string;
  readonly #next: string;
  readonly #after: string;
  readonly #fd: number;
  bytes = 0;

  /** `page` is the built page, which has a place for the data. */
  constructor(path: string, page: string) {
    const [before, after] = page.split(DATA);
    if (before === undefined || after === undefined) throw new Error('the page has no place for the data');
    this.#path = path;
    this.#after = after;
    this.#next = `${path}.${process.pid}.part`;
    this.#fd = openSync(this.#next, 'w', 0o600); // as private as the trace file: it holds the same
    this.#write(before);
  }

  /** A block of contents, in base64. */
  block(base64: string): void {
    this.#write(`<script type="text/plain" class="block">${base64}</script>\n`);
  }

  finish(facts: ReportFacts): void {
    this.#write(`<script type="text/plain" id="facts">${packed(JSON.stringify(facts))}</script>\n`);
    this.#write(this.#after);
    closeSync(this.#fd);
    renameSync(this.#next, this.#path);
  }

  /** Leaves nothing behind. */
  abandon(): void {
    try {
      closeSync(this.#fd);
    } catch {
      // it is closed already
    }
    rmSync(this.#next, { force: true });
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
    this.bytes += bytes.length;
  }
}
