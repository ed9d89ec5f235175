const MAX_PAUSE_MS = 60_000;

/** How long to wait after failures: twice as long after each, a minute at most. */
export class Backoff {
  readonly #firstMs: number;
  #failures = 0;
  #until = 0;

  constructor(firstMs: number) {
    this.#firstMs = firstMs;
  }

  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  failed(): void {
    this.#until = performance.now() + Math.min(MAX_PAUSE_MS, this.#firstMs * 2 ** Math.min(this.#failures++, 20));
  }

  succeeded(): void {
    this.#failures = 0;
    this.#until = 0;
  }
}
