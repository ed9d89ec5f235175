const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof CODES;

/** Gives the text in that style. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

// Not util.styleText: it is there since Node 20.12, and decides itself, in some versions, whether to paint.
export const ansi: Paint = (style, text) =>
  text === '' ? text : `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`;
