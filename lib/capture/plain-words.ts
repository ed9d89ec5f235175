const LONGEST = 128; // longer texts are seldom plain, and looked through faster by other means
const WORDS = /^(?:(?:[A-Za-z][\w.-]{0,9}|\d{1,3})(?:[ ,;!?()']{1,4}|$))+$/;

/**
 * Whether a text is words and numbers so short that no secret, no card number and no name of a secret fits in, and that JSON escapes
 * nothing of it: the one look that most short texts need. A rule that finds something in such a text is to be thought of here.
 */
export const isPlainWords = (text: string): boolean => text.length <= LONGEST && WORDS.test(text);
