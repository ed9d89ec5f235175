import { gzipSync } from 'node:zlib';
import type { SpanContent } from './report-data.js';

const BLOCK = 256 * 1024; // characters: large enough to compress well, small enough to be opened for one span

/** Packs the contents of spans into compressed blocks, which the page opens one by one, when it shows a span of it. */
export class ContentBlocks {
  /** The first row of each block. */
  readonly firstRows: number[] = [];
  readonly #write: (block: string) => void;
  #pending: string[] = [];
  #length = 0;
  #row = 0;

  /** `write` is given each block, when it is full, in base64. */
  constructor(write: (block: string) => void) {
    this.#write = write;
  }

  /** The contents of the next row; undefined: they are left out. */
  add(content: SpanContent | undefined): void {
    const json = content === undefined ? 'null' : JSON.stringify(content);
    if (this.#pending.length === 0) this.firstRows.push(this.#row);
    this.#row++;
    this.#pending.push(json);
    this.#length += json.length;
    if (this.#length >= BLOCK) this.end();
  }

  /** Writes what is not yet a full block. */
  end(): void {
    if (this.#pending.length === 0) return;
    this.#write(packed(`[${this.#pending.join(',')}]`));
    this.#pending = [];
    this.#length = 0;
  }
}

/** Compressed, in base64: what a page holds as text. */
export const packed = (json: string): string => gzipSync(json).toString('base64');
