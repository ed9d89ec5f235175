/** What the provider bills for a call, in its documentation's words: the prompt includes the cache, the completion reasoning. */
export interface Tokens {
  readonly prompt: number;
  /** Of the prompt: read from the cache. */
  readonly cached?: number;
  /** Of the prompt: written to the cache, for any time. */
  readonly written?: number;
  /** Of `written`: for one hour. */
  readonly written1h?: number;
  /** Of the prompt: sound, not read from a cache. */
  readonly audio?: number;
  /** Missing for embeddings: nothing is completed. */
  readonly completion?: number;
  /** Of the completion: reasoning. */
  readonly reasoning?: number;
}
