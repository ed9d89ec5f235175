/**
 * The traces that were active last, a bounded number of them: a trace is as new as its span that started last. Spans may
 * come in any order.
 */
export class NewestTraces {
  readonly #limit: number;
  readonly #latest = new Map<string, bigint>();
  /** Whether there were more. */
  isCut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(traceId: string, startNs: bigint): void {
    const latest = this.#latest.get(traceId);
    if (latest === undefined || latest < startNs) this.#latest.set(traceId, startNs);
    if (this.#latest.size >= 2 * this.#limit + 16) this.#cut(); // not one by one: sorting is dear
  }

  /** The newest first. */
  ids(): string[] {
    this.#cut();
    return this.#newestFirst().map(([traceId]) => traceId);
  }

  #cut(): void {
    if (this.#latest.size <= this.#limit) return;
    this.isCut = true;
    for (const [traceId] of this.#newestFirst().slice(this.#limit)) this.#latest.delete(traceId);
  }

  #newestFirst(): [string, bigint][] {
    return [...this.#latest].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  }
}
