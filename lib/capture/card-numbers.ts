import { REDACTED } from '../conventions/redacted.js';

/**
 * Cheap look for anything that could be a card number; most texts end here. What both forms begin with stands once. Digits are written out:
 * V8 skips through a text by them, but not by `\d{4}`, which takes four times as long, and eight times in a text with numbers.
 */
const HINT = /\d\d\d\d(?:[ -]?\d\d\d\d[ -]?\d\d\d\d|[ -]\d\d\d\d\d\d[ -]\d\d\d\d)/;
/** Digits in the groups that are printed on cards, or 13 to 19 digits in a row. */
const CANDIDATE =
  /(?<![\w.-])(?:\d{4}([ -])\d{4}\1\d{4}\1(?:\d{4}\1\d{1,3}|\d{1,7})|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19})(?![\w-]|\.\d)/g;
const CARD_WORD =
  /card|visa|master|amex|american express|maestro|discover|diners|credit|debit|\bpan\b|\bcc\b|kreditkarte|karten/i;
const WORD_DISTANCE = 40;
/** Issuer prefixes: Visa, Mastercard (two ranges), American Express, Discover, JCB, Diners Club, UnionPay, Maestro. */
const ISSUER =
  /^(?:4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|6011|65|64[4-9]|35(?:2[89]|[3-8])|3(?:0[0-5]|[689])|62|50|5[6-8]|6[37])/;

/** Withholds card numbers: issuer prefix and checksum right, and either grouped as on a card or beside a word that says card. */
export function redactCardNumbers(text: string): string {
  if (!HINT.test(text)) return text;
  return text.replace(CANDIDATE, (match: string, ...rest: unknown[]) => {
    const digits = match.replace(/[ -]/g, '');
    if (!isCardNumber(digits)) return match;
    if (digits.length !== match.length) return REDACTED;
    const at = rest.find((part): part is number => typeof part === 'number') ?? 0;
    const around = text.slice(Math.max(0, at - WORD_DISTANCE), at + match.length + WORD_DISTANCE);
    return CARD_WORD.test(around) ? REDACTED : match;
  });
}

/** Whether the key under which a value stands speaks of a card. */
export function isCardKey(key: string): boolean {
  return CARD_WORD.test(key);
}

/** {@link isCardNumber} for digits in groups, under a key that speaks of a card. */
export const isGroupedCardNumber = (text: string): boolean => isCardNumber(text.replace(/[ -]/g, ''));

/** Whether 13 to 19 digits carry an issuer's prefix and a right Luhn checksum. */
export function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !ISSUER.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (digit < 0 || digit > 9) return false;
    if (i % 2 === 1 && (digit *= 2) > 9) digit -= 9;
    sum += digit;
  }
  return sum % 10 === 0;
}
