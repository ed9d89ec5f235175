import type { Context } from '@opentelemetry/api';
import type { Run } from '../run.js';

/**
 * What waits for the end of one source: the runs of all calls that returned it (a memoised promise, a stream that is
 * handed through two traced methods). It is a run itself, so that a promise's watch goes on watching the stream the promise
 * gives. It never refers to its source, so that the source can be garbage-collected while it is watched.
 */
export class Watch implements Run {
  readonly #first: Run;
  #others: Run[] | undefined;
  #end: ((run: Run) => void) | undefined;
  #claimedBy: object | undefined;
  #anchors = 0;

  constructor(first: Run) {
    this.#first = first;
  }

  /** One more call returned the source; if that is over already, so is the call. */
  join(run: Run): void {
    if (this.#end) this.#end(run);
    else (this.#others ??= []).push(run);
  }

  /** A run for one more use of a source that can be used again, where runs are made for that. */
  again(): Watch | undefined {
    const run = this.#first.again?.();
    return run && new Watch(run);
  }

  /**
   * A source may be read in more than one way (awaited or iterated, iterated twice). The first that begins owns the chunks
   * and the end, so that nothing is counted twice: gives whether `reader` is that one.
   */
  claim(reader: object): boolean {
    return (this.#claimedBy ??= reader) === reader;
  }

  get claimed(): boolean {
    return this.#claimedBy !== undefined;
  }

  /** The first call's: where the same source went through two traced methods, that is the innermost. */
  get context(): Context {
    return this.#first.context;
  }

  begin(): void {
    this.#first.begin?.();
  }

  chunk(value: unknown): void {
    if (this.#end) return;
    this.#first.chunk(value);
    if (this.#others) for (const run of this.#others) run.chunk(value);
  }

  succeed(value?: unknown): void {
    if (!this.#end) this.#finish((run) => run.succeed(value));
  }

  fail(error: unknown): void {
    if (!this.#end) this.#finish((run) => run.fail(error));
  }

  cancel(): void {
    if (!this.#end) this.#finish((run) => run.cancel());
  }

  abandon(): void {
    if (!this.#end) this.#finish((run) => run.abandon());
  }

  #finish(end: (run: Run) => void): void {
    this.#end = end;
    this.started(); // what the run ended with may refer to the source, and the registry would keep both
    end(this.#first);
    const others = this.#others;
    this.#others = undefined;
    if (others) for (const run of others) end(run);
  }

  /** The run is abandoned when `object`, and every other object given here, is garbage. */
  abandonWithout(object: object): void {
    if (this.#end || !collected) return;
    this.#anchors += 1;
    collected.register(object, this, this);
  }

  /** The source is at work now and its end will come, even if nobody keeps the source itself: a request, a query, a subscription. */
  started(): void {
    if (this.#anchors === 0) return;
    this.#anchors = 0;
    collected?.unregister(this);
  }

  /** One of the objects given to `abandonWithout` is gone. */
  lost(): void {
    this.#anchors -= 1;
    if (this.#anchors === 0) this.abandon();
  }
}

// The held value is the watch itself. It must not be a closure made where the source is in scope: V8 gives all closures of
// a scope one shared environment, and the source would never be collected.
const collected =
  typeof FinalizationRegistry === 'function' ? new FinalizationRegistry<Watch>((watch) => watch.lost()) : undefined;
