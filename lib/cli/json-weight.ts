const LONG = 8 * 1024 * 1024;
const MAX_PARTS = 16_000_000; // of some 50 bytes each, once parsed
const MAX_DEPTH = 1_000;

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const [OPENING, CLOSING] = [new Set([91, 123]), new Set([93, 125])];

/**
 * Whether JSON would take far more memory than its own length: a long line of `[[[[` or `0,0,0,` ends a process that
 * parses it. Short ones are harmless, whatever they hold.
 */
export function isHeavyJson(json: Buffer): boolean {
  if (json.length < LONG) return false;
  let parts = 0;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = endOfString(json, at);
    else if (CLOSING.has(byte)) depth--;
    else if (byte === COMMA) parts++;
    else if (OPENING.has(byte)) {
      parts++;
      depth++;
    }
    if (parts > MAX_PARTS || depth > MAX_DEPTH) return true;
  }
  return false;
}

function endOfString(json: Buffer, from: number): number {
  let end = json.indexOf(QUOTE, from + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf(QUOTE, end + 1);
  return end === -1 ? json.length : end;
}

function isEscaped(json: Buffer, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
