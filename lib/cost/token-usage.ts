/**
 * Tokens of one model call, counted as OpenInference counts: `prompt` includes what was read from and written to the cache,
 * `completion` includes reasoning; the other fields are subsets of these two. A missing field means "not reported", never zero.
 */
export interface TokenUsage {
  /** Prompt tokens, cache reads and writes and audio included. */
  readonly prompt?: number | undefined;
  /** Completion tokens, reasoning and audio included. */
  readonly completion?: number | undefined;
  /** Of the prompt: read from the provider's cache. */
  readonly cacheRead?: number | undefined;
  /** Of the prompt: written to the provider's cache, for any time to live. */
  readonly cacheWrite?: number | undefined;
  /** Of `cacheWrite`: written for one hour (Anthropic's dearer rate). */
  readonly cacheWrite1h?: number | undefined;
  /** Of the completion: reasoning (thinking) tokens. */
  readonly reasoning?: number | undefined;
  /** Of the prompt: audio. */
  readonly promptAudio?: number | undefined;
  /** Of the completion: audio. */
  readonly completionAudio?: number | undefined;
}
