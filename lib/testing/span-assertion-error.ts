/** An assertion failed; by its name and code, test runners show it as such. */
export class SpanAssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
}
