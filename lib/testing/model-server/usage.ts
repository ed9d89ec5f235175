import type { BilledUsage, ModelAnswer, ModelRequest } from './exchange.js';

const CHARACTERS_PER_TOKEN = 4; // of English; no tokenizer is loaded for a test

const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** What a call is billed: what the answer says, else by the length of the texts. */
export function billedUsage(
  { segments }: ModelRequest,
  { text = '', toolCalls = [], usage }: ModelAnswer,
): BilledUsage {
  const called = toolCalls.map(({ name, input }) => name + JSON.stringify(input));
  return {
    prompt: segments.reduce((sum, segment) => sum + tokensOf(segment.text) + segment.overhead, 0),
    completion: [text, ...called].reduce((sum, one) => sum + tokensOf(one), 0),
    ...{ cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, reasoning: 0 },
    ...usage,
  };
}
