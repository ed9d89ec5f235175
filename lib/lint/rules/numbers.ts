import type { LintSpan } from '../lint-span.js';

/** The attributes of these names that are numbers. */
export const numbers = (attributes: LintSpan['attributes'], ...names: readonly string[]): (number | undefined)[] =>
  names.map((name) => (typeof attributes[name] === 'number' ? attributes[name] : undefined));
