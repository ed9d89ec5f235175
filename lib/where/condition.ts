import type { TreeSpan } from '../tree/tree-span.js';
import type { Field } from './field.js';
import type { Literal } from './literal.js';

/** A question about a span. */
export interface Condition {
  /** What it reads. */
  readonly fields: readonly Field[];
  test(span: TreeSpan): boolean;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains';

export const all = (parts: readonly Condition[]): Condition => ({
  fields: parts.flatMap(({ fields }) => fields),
  test: (span) => parts.every((part) => part.test(span)),
});

export const any = (parts: readonly Condition[]): Condition => ({
  fields: parts.flatMap(({ fields }) => fields),
  test: (span) => parts.some((part) => part.test(span)),
});

export const not = ({ fields, test }: Condition): Condition => ({ fields, test: (span) => !test(span) });

/** A field alone: the span has it, and it is not `false` or empty. */
export const has = (field: Field): Condition => ({
  fields: [field],
  test: (span) => {
    const value = field.read(span);
    return Array.isArray(value) ? value.length > 0 : value === 0 || Boolean(value);
  },
});

/**
 * A field against a literal. On a list it holds when it holds for one of the elements. A field that the span lacks
 * equals nothing; `!=` is true exactly where `=` is not.
 */
export function comparison(field: Field, operator: Operator, literal: Literal): Condition {
  if (operator === '!=') return not(comparison(field, '=', literal));
  const holds = operator === 'contains' ? contains(literal) : compares(field, operator, literal);
  return {
    fields: [field],
    test: (span) => {
      const value = field.read(span);
      if (value === undefined || value === null) return false;
      return Array.isArray(value) ? value.some((item) => holds(item, true)) : holds(value, false);
    },
  };
}

type Holds = (value: unknown, inList: boolean) => boolean;

/** Part of a text, or an element of a list; upper and lower case are one. */
function contains({ text }: Literal): Holds {
  const wanted = text.toLowerCase();
  return (value, inList) => {
    const actual = String(value).toLowerCase();
    return inList ? actual === wanted : actual.includes(wanted);
  };
}

function compares(field: Field, operator: '=' | '<' | '<=' | '>' | '>=', { text, number }: Literal): Holds {
  const folded = (value: string) => (field.anyCase ? value.toLowerCase() : value);
  const wanted = folded(text);
  return (value) => {
    if (typeof value === 'boolean') return operator === '=' && String(value) === text.toLowerCase();
    if (typeof value === 'number') return number !== undefined && ordered(value, operator, number);
    if (typeof value !== 'string') return false;
    if (operator === '=' && folded(value) === wanted) return true;
    if (number === undefined) return ordered(folded(value), operator, wanted);
    return value.trim() !== '' && ordered(Number(value), operator, number); // a number that was recorded as text
  };
}

function ordered<T extends number | string>(a: T, operator: '=' | '<' | '<=' | '>' | '>=', b: T): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
