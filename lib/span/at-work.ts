let depth = 0;

/**
 * Whether tracing itself is at work: it runs a selector, a `toJSON`, a redactor, a sampler. A traced function that one of these calls
 * runs bare: its call is not the user's, and a selector that calls a method of its own decorated class would never end.
 */
export const atWork = (): boolean => depth > 0;

/** Begins a piece of tracing's own work, all of it synchronous, that {@link endWork} ends in a `finally`. */
export function beginWork(): void {
  depth++;
}

export function endWork(): void {
  depth--;
}
