/** A secret that straddles a cut is seen up to this many characters beyond it. */
export const LOOK_PAST_CUT = 512;

/** What ends a string of which `dropped` characters were cut. */
export function cutMark(dropped: number): string {
  return `…[+${dropped} chars]`;
}

/** What stands as the last entry of a container of which `dropped` entries were cut. */
export function cutEntriesMark(dropped: number): string {
  return `…[+${dropped}]`;
}

/** At most `length` characters from the start, never half a surrogate pair. */
export function headOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The same text in memory of its own: V8's slice keeps the whole parent alive. Lone surrogates become U+FFFD. */
export function copyOf(text: string): string {
  return decoder.decode(encoder.encode(text));
}
