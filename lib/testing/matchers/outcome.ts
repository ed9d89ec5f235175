/** What a matcher found, in the form that the `expect.extend` of jest and Vitest takes. */
export interface Outcome {
  readonly pass: boolean;
  /** Why it did not pass; where it passed, why `.not` does not. */
  readonly message: () => string;
}

/** The message's first line says what was expected of whom; then comes what was found. */
export function outcome(pass: boolean, subject: string, predicate: string, found: () => string): Outcome {
  return { pass, message: () => `expected ${subject} ${pass ? 'not to' : 'to'} ${predicate}\n\n${found()}` };
}
