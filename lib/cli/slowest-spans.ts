import type { TreeSpan } from '../tree/tree-span.js';

const took = ({ startNs, endNs = startNs }: TreeSpan) => endNs - startNs;

/** The spans that took longest, a bounded number of them. */
export class SlowestSpans {
  readonly #limit: number;
  #spans: TreeSpan[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(span: TreeSpan): void {
    this.#spans.push(span);
    if (this.#spans.length >= 2 * this.#limit + 16) this.#cut(); // not one by one: sorting is dear
  }

  /** The slowest first. */
  spans(): readonly TreeSpan[] {
    this.#cut();
    return this.#spans;
  }

  #cut(): void {
    this.#spans.sort((a, b) => (took(a) < took(b) ? 1 : took(a) > took(b) ? -1 : 0));
    this.#spans = this.#spans.slice(0, this.#limit);
  }
}
