let depth = 0;

/**
 * Whether tracing itself is at work: it runs a selector, a `toJSON`, a redactor. A traced function that one of these calls runs
 * bare: its call is not the user's, and a selector that calls a method of its own decorated class would never end.
 */
export const atWork = (): boolean => depth > 0;

/** {@link work} in two halves, for what is done so often that a call more counts: the second in a `finally`. */
export function beginWork(): void {
  depth++;
}

export function endWork(): void {
  depth--;
}

/** Does a piece of tracing's own work, all of it synchronous. */
export function work<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): R {
  depth++;
  try {
    return fn(...args);
  } finally {
    depth--;
  }
}
