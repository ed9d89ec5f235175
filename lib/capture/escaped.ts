const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;
const SHORT = 100;
/** One range of characters, looked for from the start: V8 takes half the time that it takes for {@link PLAIN}. */
const CONTROL = /^[^]*?[\u0000-\u001f]/;
/** V8 knows that a text of one-byte characters has none. */
const SURROGATE = /^[^]*?[\ud800-\udfff]/;

/** The characters of a text as a JSON string has them. To look through it for what JSON escapes takes a third of the time of JSON.stringify. */
export function escaped(text: string): string {
  const isPlain = text.length < SHORT ? PLAIN.test(text) : isPlainLong(text);
  return isPlain ? text : JSON.stringify(text).slice(1, -1);
}

function isPlainLong(text: string): boolean {
  return !(text.includes('"') || text.includes('\\') || CONTROL.test(text) || SURROGATE.test(text));
}
