/** What stands in the place of a withheld value; the word OpenInference uses. */
export const REDACTED = '__REDACTED__';
