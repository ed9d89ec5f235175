import type { Context } from '@opentelemetry/api';

/**
 * One call in progress, as the code that watches its result sees it. A plan that only opens scopes gives a run
 * without a span: it records nothing. No method of a run throws.
 */
export interface Run {
  /** The call's span and scopes: what is called in it nests below this call. */
  readonly context: Context;
  /** Somebody has begun to read, where it matters who is first. */
  begin?(): void;
  /** One chunk of a stream reached the consumer. */
  chunk(value: unknown): void;
  /** The call is over and gave `value`; after chunks the aggregate of the chunks is recorded, and `value` only says how the stream ended. */
  succeed(value?: unknown): void;
  /** The call failed with `error`, any value at all. */
  fail(error: unknown): void;
  /** The consumer left before the end (`break`, `cancel`, `destroy`), or nobody read: not a failure. */
  cancel(): void;
  /** A run for one more use of what the call returned (a further subscription of an Observable): a span of its own; undefined where none is made. */
  again?(): Run | undefined;
  /** The same as `cancel`, but the run ends at its last activity: for a stream that the garbage collector found unread. */
  abandon(): void;
}

/**
 * Watches a value of one shape (a promise, a stream …) for the end of its run.
 * Gives what the caller receives (the same object wherever that is possible), or NOT_THIS_SHAPE.
 */
export type Shape = (value: object, run: Run) => unknown;

/** A shape's answer for a value that is another shape's business. */
export const NOT_THIS_SHAPE: unique symbol = Symbol('not this shape');
