import type { TokenUsage } from './token-usage.js';

/** USD per million tokens. */
export interface TokenRates {
  /** Prompt tokens that nothing below prices apart. */
  readonly input: number;
  /** Completion tokens that nothing below prices apart. */
  readonly output: number;
  /** Prompt tokens read from the cache. Default: the input rate. */
  readonly cacheRead?: number | undefined;
  /** Prompt tokens written to the cache. Default: the input rate. */
  readonly cacheWrite?: number | undefined;
  /** Prompt tokens written to the cache for one hour. Default: the cacheWrite rate. */
  readonly cacheWrite1h?: number | undefined;
  /** Reasoning tokens. Default: the output rate. */
  readonly reasoning?: number | undefined;
  /** Audio tokens of the prompt. Default: the input rate. */
  readonly promptAudio?: number | undefined;
  /** Audio tokens of the prompt that were read from the cache. No default: without it such a call has no price. */
  readonly cacheReadAudio?: number | undefined;
  /** Audio tokens of the completion. Default: the output rate. */
  readonly completionAudio?: number | undefined;
}

/** Rates of which a side may be unknown: an embedding model has no output rate. */
export type PartialTokenRates = { readonly [K in keyof TokenRates]?: TokenRates[K] | undefined };

/** Both sides of one call. */
export interface TokenPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

/**
 * Tokens times rates, or one sentence why there is no price. A side that was not reported costs nothing only where it is not billed at all:
 * a part of the truth would pass for the whole. `usage` must have passed `usageFault`.
 */
export function tokenPrice(usage: TokenUsage, rates: PartialTokenRates): TokenPrice | string {
  const inputUsd = inputPrice(usage, rates);
  if (typeof inputUsd === 'string') return inputUsd;
  const outputUsd = outputPrice(usage, rates);
  return typeof outputUsd === 'string' ? outputUsd : { inputUsd, outputUsd };
}

function inputPrice(usage: TokenUsage, rates: PartialTokenRates): number | string {
  const { prompt = 0 } = usage;
  const { input } = rates;
  if (input === undefined) return prompt === 0 ? 0 : 'it has no rate for prompt tokens';
  if (usage.prompt === undefined)
    return input === 0 ? 0 : 'its prompt tokens are billed and not reported (report 0 if there were none)';

  const { cacheRead = input, cacheWrite = input, promptAudio = input } = rates;
  const { cacheWrite1h = cacheWrite } = rates;
  // what costs the same as plain input is plain input: only what is priced apart is taken out of the prompt
  const read = cacheRead === input ? 0 : (usage.cacheRead ?? 0);
  const writtenApart = cacheWrite !== input || cacheWrite1h !== input;
  const written = writtenApart ? (usage.cacheWrite ?? 0) : 0;
  const written1h = writtenApart ? (usage.cacheWrite1h ?? 0) : 0;
  const audio = promptAudio === input ? 0 : (usage.promptAudio ?? 0);
  if (read === 0 && written === 0 && audio === 0) return usd(prompt, input);

  const cachedAudio = overlap(audio, read, written, prompt);
  if (cachedAudio === undefined) return 'how much of its audio came from the cache is not reported';
  if (cachedAudio > 0 && rates.cacheReadAudio === undefined) return 'it has no rate for cached audio';
  const plain = prompt - read - written - (audio - cachedAudio);
  return (
    usd(plain, input) +
    usd(read - cachedAudio, cacheRead) +
    usd(cachedAudio, rates.cacheReadAudio ?? 0) +
    usd(written - written1h, cacheWrite) +
    usd(written1h, cacheWrite1h) +
    usd(audio - cachedAudio, promptAudio)
  );
}

function outputPrice(usage: TokenUsage, rates: PartialTokenRates): number | string {
  const { completion = 0 } = usage;
  const { output } = rates;
  if (output === undefined) return completion === 0 ? 0 : 'it has no rate for completion tokens';
  if (usage.completion === undefined)
    return output === 0 ? 0 : 'its completion tokens are billed and not reported (report 0 if there were none)';

  const { reasoning: reasoningRate = output, completionAudio = output } = rates;
  const reasoning = reasoningRate === output ? 0 : (usage.reasoning ?? 0);
  const audio = completionAudio === output ? 0 : (usage.completionAudio ?? 0);
  if (reasoning === 0 && audio === 0) return usd(completion, output);
  if (reasoning + audio > completion) return 'its reasoning and audio tokens together are more than its completion';
  return usd(completion - reasoning - audio, output) + usd(reasoning, reasoningRate) + usd(audio, completionAudio);
}

/** How many of the audio tokens were cached, where the counts leave no choice: providers report both counts, not their intersection. */
function overlap(audio: number, read: number, written: number, prompt: number): number | undefined {
  if (audio === 0 || read + written === 0) return 0;
  const least = Math.max(0, audio + read + written - prompt);
  const most = Math.min(audio, read + written);
  return most !== least || (written > 0 && least > 0) ? undefined : least;
}

function usd(tokens: number, perMillion: number): number {
  return tokens === 0 ? 0 : (tokens * perMillion) / 1e6;
}
