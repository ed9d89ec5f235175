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

/** The text in pieces of a few tokens, as a streaming model sends it. Joined they are the text. */
export function* piecesOf(text: string, tokensPerPiece = 8): Generator<string> {
  // By characters at the token's average length: a token may end inside a character of several bytes.
  const length = Math.max(1, Math.round((tokensPerPiece * text.length) / Math.max(1, countTokens(text))));
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += length) yield characters.slice(at, at + length).join('');
}
