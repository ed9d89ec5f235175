import { REDACTED } from '../conventions/redacted.js';

const MAX_KEY = 64;
const QUERY = /(^|[?&;])([A-Za-z][\w.-]{1,40})=([^&\s"'<>#\\]{3,})/g;
const URL_PASSWORD = /(\b[A-Za-z][\w+.-]{1,20}:\/\/[^\s/?#:@"'\\]{0,128}:)[^\s/?#@"'\\]{1,256}@/g;
const HEADER = /\b([Aa]uthorization|AUTHORIZATION)(\s{0,4}:\s{0,4})(?:[A-Z][\w-]{2,20}\s{1,4})?[\w+/.~=-]{8,}/g;
/** Parts of signed addresses, which are no secrets elsewhere. */
const SIGNATURES = new Set(['sig', 'signature', 'xamzsignature', 'xgoogsignature', 'code', 'key']);

/** Whether what stands under a key is a secret. */
export type IsSecretKey = (key: string) => boolean;

/**
 * Withholds what a text says under the name of a secret: in JSON, also cut off or within another JSON text, in pairs such as
 * headers, in the query and the password of an address. Takes time in proportion to the text.
 */
export function redactKeyed(text: string, isSecret: IsSecretKey): string {
  let redacted = text;
  if (text.includes('"')) redacted = redactJson(text, isSecret);
  if (redacted.includes('://')) redacted = redacted.replace(URL_PASSWORD, `$1${REDACTED}@`);
  if (redacted.includes('='))
    redacted = redacted.replace(QUERY, (all, mark: string, key: string) =>
      isSecret(key) || (mark !== '' && SIGNATURES.has(key.replace(/[-_.]/g, '').toLowerCase()))
        ? `${mark}${key}=${REDACTED}`
        : all,
    );
  if (redacted.includes('zation') || redacted.includes('ZATION'))
    redacted = redacted.replace(HEADER, `$1$2${REDACTED}`);
  return redacted;
}

/** Quotes may be escaped, by a JSON text around this one. */
function redactJson(text: string, isSecret: IsSecretKey): string {
  let redacted = '';
  let from = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    const mark = past(text, quote + 1);
    if (text[mark] !== ':' && text[mark] !== ',') continue;
    const begin = keyBegin(text, quote, from);
    if (begin === undefined || (text[mark] === ',' && !isFirst(text, begin))) continue;
    const escape = text.slice(quote - escapesBefore(text, quote), quote);
    if (!isSecret(text.slice(begin, quote - escape.length))) continue;
    const at = past(text, mark + 1);
    const end = valueEnd(text, at, escape);
    if (end === undefined || (text[mark] === ',' && !isLast(text, end))) continue;
    redacted += `${text.slice(from, at)}${escape}"${REDACTED}${escape}"`;
    from = end;
    quote = end - 1;
  }
  return from === 0 ? text : redacted + text.slice(from);
}

/** The next place that holds no space; spaces are few, or the text is none that is looked for. */
function past(text: string, from: number): number {
  let at = from;
  while (at < from + 16 && (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r')) at++;
  return at;
}

/** Where the key begins that this quote ends; undefined for one that is empty, too long, or begins before `from`. */
function keyBegin(text: string, quote: number, from: number): number | undefined {
  const least = Math.max(from, quote - MAX_KEY);
  for (let at = quote - 1; at >= least; at--) if (text[at] === '"') return at + 1 < quote ? at + 1 : undefined;
  return undefined;
}

function escapesBefore(text: string, quote: number): number {
  let escapes = 0;
  while (text[quote - 1 - escapes] === '\\') escapes++;
  return escapes;
}

/** Whether the key that begins here, behind its quote, is the first of a list. */
const isFirst = (text: string, begin: number) => /\[\s{0,8}\\{0,15}"$/.test(text.slice(Math.max(0, begin - 25), begin));

/** Whether a list ends at this place, or the text does. */
const isLast = (text: string, index: number) => /^\s{0,8}(?:\]|$)/.test(text.slice(index, index + 9));

/** Where the string or the container ends that begins here; at the text's end when it was cut. Undefined for anything else. */
function valueEnd(text: string, at: number, escape: string): number | undefined {
  if (text.startsWith(`${escape}"`, at)) return stringEnd(text, at + escape.length + 1, escape);
  if (text[at] !== '{' && text[at] !== '[') return undefined;
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = stringEnd(text, i + 1, escape) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Past the quote that ends the string; before the one that ends a string around it, where this one was cut. */
function stringEnd(text: string, from: number, escape: string): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let escapes = escapesBefore(text, quote);
    let level = escape.length; // 0, 1, 3, 7 …: each text around doubles a backslash and adds one before a quote
    for (; level > 0 && escapes % 2 === 1; level = (level - 1) / 2) escapes = (escapes - 1) / 2;
    if (escapes % 2 === 0) return level === 0 ? quote + 1 : quote;
  }
  return text.length;
}
