import { cutMark, headOf, LOOK_PAST_CUT } from './cut.js';
import { quote } from './quote.js';
import type { Redaction } from './redaction.js';

const DATA_URL = /^data:[\w.+/-]{0,100}(?:;[\w.=+-]{0,100})*;base64,/;
const DATA_URL_SHOWN = 256;

/** Of a long data URL the JSON of its head: what it holds is bytes. Undefined for other texts. */
export function dataUrl(text: string): string | undefined {
  if (text.length <= DATA_URL_SHOWN || !text.startsWith('data:')) return undefined;
  const head = DATA_URL.exec(text.slice(0, DATA_URL_SHOWN))?.[0];
  return head === undefined ? undefined : quote(head + cutMark(text.length - head.length));
}

/** The redacted JSON of a text that may be too long: whole where it fits into `room`, else cut to `allowed`. */
export function jsonWithin(
  text: string,
  room: number,
  allowed: number,
  redaction: Redaction,
): { readonly json: string; readonly truncated: boolean } {
  const seen = headOf(text, allowed + LOOK_PAST_CUT);
  const redacted = redaction.text(seen);
  if (seen.length === text.length) {
    const json = quote(redacted);
    if (json.length <= room) return { json, truncated: false };
  }
  let kept = Math.max(0, Math.min(redacted.length, allowed - cutMark(text.length).length - 2));
  for (;;) {
    const head = headOf(redacted, kept);
    const json = quote(head + cutMark(text.length - seen.length + redacted.length - head.length));
    if (json.length <= allowed || kept === 0) return { json, truncated: true };
    // escapes made it longer than counted: shrink in proportion, at least by one
    kept = Math.min(kept - 1, Math.floor((kept * allowed) / json.length));
  }
}
