import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';

/** Tokens of a text, by o200k: OpenAI's own encoding since GPT-4o, and a close stand-in for Anthropic's, which is not published. */
export function tokensOf(text: string): readonly number[] {
  return encode(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() });
}

export function countTokens(text: string): number {
  return tokensOf(text).length;
}

/** The text's first `limit` tokens. */
export function cutToTokens(text: string, limit: number): string {
  const tokens = tokensOf(text);
  return tokens.length <= limit ? text : decode(tokens.slice(0, limit));
}
