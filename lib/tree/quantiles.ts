const ERROR = 0.01;
const GAMMA = (1 + ERROR) / (1 - ERROR);
const LEAST = 1e-6; // of milliseconds: one nanosecond, the least that a span's times can tell apart

/**
 * Quantiles of any number of durations in bounded memory: DDSketch (Masson, Rim, Lee: "DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", VLDB 2019). What it gives is within 1% of a value
 * that was added; the greatest is exact. Durations fit 64 bits of nanoseconds, so there are at most some 2,300 buckets.
 */
export class Quantiles {
  count = 0;
  max = 0;
  #least = Infinity;
  #zeros = 0;
  #buckets: number[] = []; // how many values are in ]GAMMA^(i-1), GAMMA^i] for i = #first, #first + 1 …
  #first = 0;

  add(value: number): void {
    this.count++;
    this.max = Math.max(this.max, value);
    this.#least = Math.min(this.#least, value);
    if (value < LEAST) {
      this.#zeros++;
      return;
    }
    const index = Math.ceil(Math.log(value) / Math.log(GAMMA));
    if (this.#buckets.length === 0) this.#first = index;
    while (index < this.#first) {
      this.#buckets.unshift(0);
      this.#first--;
    }
    while (index >= this.#first + this.#buckets.length) this.#buckets.push(0);
    this.#buckets[index - this.#first] = (this.#buckets[index - this.#first] ?? 0) + 1;
  }

  /** By nearest rank: the least value that at least the share `q` (0 to 1) of all does not exceed; undefined without any. */
  at(q: number): number | undefined {
    if (this.count === 0) return undefined;
    const rank = Math.max(0, Math.ceil(q * this.count) - 1);
    let below = this.#zeros;
    if (rank < below) return this.#least;
    for (const [offset, count] of this.#buckets.entries()) {
      below += count;
      if (rank < below) {
        const middle = (2 * GAMMA ** (this.#first + offset)) / (GAMMA + 1);
        return Math.min(this.max, Math.max(this.#least, middle));
      }
    }
    return this.max;
  }
}
