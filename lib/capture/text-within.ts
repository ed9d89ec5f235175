import { cutMark, headOf, LOOK_PAST_CUT } from './cut.js';
import { escaped } from './escaped.js';
import type { Redaction } from './redaction.js';

const DATA_URL = /^data:[\w.+/-]{0,100}(?:;[\w.=+-]{0,100})*;base64,/;
const DATA_URL_SHOWN = 256;

/** Of a long data URL its head, escaped: what it holds is bytes. Undefined for other texts. */
export function dataUrl(text: string): string | undefined {
  if (text.length <= DATA_URL_SHOWN || !text.startsWith('data:')) return undefined;
  const head = DATA_URL.exec(text.slice(0, DATA_URL_SHOWN))?.[0];
  return head === undefined ? undefined : escaped(head + cutMark(text.length - head.length));
}

/** A text that may be too long, redacted and escaped: whole where it fits into `room`, else cut to `allowed`; quotes are not counted. */
export function textWithin(
  text: string,
  room: number,
  allowed: number,
  redaction: Redaction,
): { readonly characters: string; readonly truncated: boolean } {
  const seen = headOf(text, allowed + LOOK_PAST_CUT);
  const redacted = redaction.text(seen);
  if (seen.length === text.length) {
    const characters = escaped(redacted);
    if (characters.length <= room) return { characters, truncated: false };
  }
  let kept = Math.max(0, Math.min(redacted.length, allowed - cutMark(text.length).length));
  for (;;) {
    const head = headOf(redacted, kept);
    const characters = escaped(head + cutMark(text.length - seen.length + redacted.length - head.length));
    if (characters.length <= allowed || kept === 0) return { characters, truncated: true };
    // escapes made it longer than counted: shrink in proportion, at least by one
    kept = Math.max(0, Math.min(kept - 1, Math.floor((kept * allowed) / characters.length)));
  }
}
