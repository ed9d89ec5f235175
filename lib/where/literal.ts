import type { Token } from './tokens.js';

const MS = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const NUMBER = /^(-?)\$?(\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)(ms|s|min|m|h|d|w)?$/i;

/** The right side of a comparison: text, and what else it can be read as. */
export interface Literal {
  readonly text: string;
  /** `0.01`, `$0.01`, `1_000`; nothing in quotes is a number. */
  readonly number?: number;
  /** A number with a unit: `500ms`, `2s`, `1.5m`, `1h`. */
  readonly durationMs?: number;
}

export const literalOf = ({ type, text }: Token): Literal => ({ text, ...(type === 'word' && readQuantity(text)) });

/** A duration such as `90m` in milliseconds; undefined for what is none. */
export const tryDurationMs = (text: string): number | undefined => readQuantity(text)?.durationMs;

function readQuantity(text: string): Pick<Literal, 'number' | 'durationMs'> | undefined {
  const [, sign, digits, unit] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(`${sign ?? ''}${digits.replaceAll('_', '')}`);
  return unit === undefined ? { number } : { durationMs: number * MS[unit.toLowerCase() as keyof typeof MS] };
}
