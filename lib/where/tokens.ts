import { WhereError } from './where-error.js';

/** One piece of an expression. `text` is without quotes and escapes. */
export interface Token {
  readonly type: 'word' | 'string' | 'attribute' | 'symbol' | 'end';
  readonly text: string;
  /** Counted from 0. */
  readonly position: number;
}

// A word is whatever is not something else, so that ids, model names, versions and dates need no quotes.
const PIECE = /\s+|(?<symbol>[(),]|==|!=|<=|>=|[=<>])|(?<quote>["'`])|(?<word>[^\s(),=<>!"'`]+)/y;
const QUOTED = { '"': /((?:[^"\\]|\\.)*)"/sy, "'": /((?:[^'\\]|\\.)*)'/sy, '`': /((?:[^`\\]|\\.)*)`/sy };

/** The pieces of an expression, and one `end`. Throws a {@link WhereError}. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < expression.length) {
    PIECE.lastIndex = position;
    const { 0: piece, groups = {} } = PIECE.exec(expression) ?? unexpected(expression, position);
    const { symbol, quote, word } = groups;
    if (symbol !== undefined) tokens.push({ type: 'symbol', text: symbol === '==' ? '=' : symbol, position });
    if (word !== undefined) tokens.push({ type: 'word', text: word, position });
    if (quote === undefined) position += piece.length;
    else {
      const body = quoted(expression, position, quote as keyof typeof QUOTED);
      const type = quote === '`' ? 'attribute' : 'string';
      tokens.push({ type, text: body.replace(/\\(.)/gs, '$1'), position });
      position += body.length + 2;
    }
  }
  return [...tokens, { type: 'end', text: '', position }];
}

function quoted(expression: string, position: number, quote: keyof typeof QUOTED): string {
  const pattern = QUOTED[quote];
  pattern.lastIndex = position + 1;
  const found = pattern.exec(expression);
  if (!found) throw new WhereError(`the ${quote} is never closed`, expression, position);
  return found[1] ?? '';
}

function unexpected(expression: string, position: number): never {
  throw new WhereError('"!" is only known in "!="; write "not"', expression, position); // all else is a word
}
