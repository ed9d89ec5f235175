import type { ReportFacts, SpanContent } from '../report-data.js';

const KEPT_BLOCKS = 8;

/** The facts of all spans. */
export const readFacts = async (): Promise<ReportFacts> =>
  (await unpacked(document.getElementById('facts'))) as ReportFacts;

/** The contents of spans, in compressed blocks that are opened when one is wanted. */
export class Contents {
  readonly #blocks = document.getElementsByClassName('block');
  readonly #firstRows: readonly number[];
  readonly #open = new Map<number, Promise<readonly (SpanContent | null)[]>>();

  constructor(firstRows: readonly number[]) {
    this.#firstRows = firstRows;
  }

  get blockCount(): number {
    return this.#firstRows.length;
  }

  /** undefined: the report has not the contents of that span. */
  async of(row: number): Promise<SpanContent | undefined> {
    const block = this.#firstRows.findLastIndex((first) => first <= row);
    if (block < 0) return undefined;
    return (await this.block(block))[row - (this.#firstRows[block] ?? 0)] ?? undefined;
  }

  firstRow(block: number): number {
    return this.#firstRows[block] ?? 0;
  }

  /** The last few stay open, for neighbours are looked at next. */
  block(index: number): Promise<readonly (SpanContent | null)[]> {
    let block = this.#open.get(index);
    if (!block) block = unpacked(this.#blocks[index]) as Promise<readonly (SpanContent | null)[]>;
    this.#open.delete(index);
    this.#open.set(index, block);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= KEPT_BLOCKS) break;
      this.#open.delete(oldest);
    }
    return block;
  }
}

async function unpacked(holder: Element | null | undefined): Promise<unknown> {
  const binary = atob(holder?.textContent ?? '');
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
