import type { Attributes } from '@opentelemetry/api';
import { CHUNKS, TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { reportOnce } from '../safely.js';
import { beginWork, endWork } from './at-work.js';
import type { Aggregate } from './plan.js';
import type { SpanRun } from './span-run.js';

/** Chunks that follow each other within so many milliseconds are a rush: nobody waits for any of them. */
const RUSH_MS = 0.1;
/** In a rush the clock is looked at for one chunk in so many: a look takes longer than all else that is done for a chunk. */
const TIMED_IN_A_RUSH = 16;

/** What a call has delivered of its stream so far. */
export class Chunks {
  #count = 0;
  /** The chunk before which the clock is not looked at. */
  #timedFrom = 0;
  #firstAt = 0;
  #lastAt = 0;
  #aggregate: Aggregate | undefined;

  add(run: SpanRun, value: unknown): void {
    if (this.#count >= this.#timedFrom) this.#lookAtClock();
    const isFirst = this.#count++ === 0;
    beginWork();
    try {
      if (isFirst && run.span.isRecording()) this.#aggregate = run.plan.aggregate?.(run);
      run.plan.observer?.chunk(run, value);
      this.#aggregate?.add(value);
    } catch (error) {
      reportOnce('a chunk could not be recorded', error);
    } finally {
      endWork();
    }
  }

  /** When the first came, and the last; of a rush that was left in its midst, a chunk shortly before. */
  get firstAt(): number {
    return this.#firstAt;
  }

  get lastAt(): number {
    return this.#lastAt;
  }

  /** What is recorded of them; `since`: when the call began. */
  attributes(since: number): Attributes {
    return {
      [TIME_TO_FIRST_CHUNK_MS]: this.#firstAt - since,
      [CHUNKS]: this.#count,
      ...this.#aggregate?.attributes(),
    };
  }

  /** What was gathered is recorded, and need not be kept; the times are. */
  recorded(): void {
    this.#aggregate = undefined;
  }

  #lookAtClock(): void {
    const now = performance.now();
    if (this.#count === 0) this.#firstAt = now;
    else if (now - this.#lastAt < RUSH_MS) this.#timedFrom = this.#count + TIMED_IN_A_RUSH;
    this.#lastAt = now;
  }
}
