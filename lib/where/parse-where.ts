import { all, any, comparison, has, not, type Condition, type Operator } from './condition.js';
import { fieldOf, type Field } from './field.js';
import { literalOf, type Literal } from './literal.js';
import { tokensOf, type Token } from './tokens.js';
import { tryIsoTime } from './when.js';
import { WhereError } from './where-error.js';

const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'contains'];
const KEYWORDS = ['and', 'or', 'not', 'contains', 'in'];
const MAX_NESTING = 200; // far more than a person writes; the parser calls itself for each

/**
 * Reads an expression over spans: `cost.total_usd > 0.01 and not (kind = AGENT or tag.tags contains beta)`.
 * Throws a {@link WhereError} that shows where the fault is.
 */
export function parseWhere(expression: string): Condition {
  return new Parser(expression).parse();
}

// expression = both { "or" both };  both = one { "and" one };  one = "not" one | "(" expression ")" | comparison
// comparison = field [ operator value | "in" "(" value { "," value } ")" ]
class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  parse(): Condition {
    if (this.#tokens.length === 1) this.#fail('the expression is empty');
    const condition = this.#expressionOf('or');
    if (this.#next.type !== 'end') this.#fail(`expected "and" or "or", not "${this.#next.text}"`);
    return condition;
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token; // the last one is `end`, and is never passed
  }

  #expressionOf(word: 'or' | 'and'): Condition {
    const part = () => (word === 'or' ? this.#expressionOf('and') : this.#one());
    const parts = [part()];
    while (this.#takes(word)) parts.push(part());
    return parts.length === 1 ? (parts[0] as Condition) : word === 'or' ? any(parts) : all(parts);
  }

  #one(): Condition {
    if (++this.#nesting > MAX_NESTING) this.#fail('too deeply nested');
    const condition = this.#takes('not') ? not(this.#one()) : this.#takes('(') ? this.#group() : this.#comparison();
    this.#nesting--;
    return condition;
  }

  #group(): Condition {
    const condition = this.#expressionOf('or');
    if (!this.#takes(')')) this.#fail('expected ")"');
    return condition;
  }

  #comparison(): Condition {
    const field = this.#field();
    if (this.#takes('in')) return this.#oneOf(field);
    const operator = this.#operator();
    return operator === undefined ? has(field) : comparison(field, operator, this.#value(field, operator));
  }

  #oneOf(field: Field): Condition {
    if (!this.#takes('(')) this.#fail('expected "(" after "in"');
    const parts: Condition[] = [];
    do parts.push(comparison(field, '=', this.#value(field, '=')));
    while (this.#takes(','));
    if (!this.#takes(')')) this.#fail('expected "," or ")"');
    return any(parts);
  }

  #operator(): Operator | undefined {
    const { type, text } = this.#next;
    const operator = text.toLowerCase() as Operator;
    if ((type !== 'word' && type !== 'symbol') || !OPERATORS.includes(operator)) return undefined;
    this.#at++;
    return operator;
  }

  #field(): Field {
    const { type, text } = this.#next;
    const isName = type === 'attribute' || (type === 'word' && !KEYWORDS.includes(text.toLowerCase()));
    if (type === 'string') this.#fail('expected a name; an attribute with an odd name goes in `backticks`');
    if (!isName) this.#fail(`expected the name of an attribute${type === 'end' ? '' : `, not "${text}"`}`);
    this.#at++;
    return fieldOf(text, type === 'attribute');
  }

  #value(field: Field, operator: Operator): Literal {
    const token = this.#next;
    if (token.type !== 'word' && token.type !== 'string') this.#fail('expected a value');
    const literal = this.#inUnitOf(field, operator, literalOf(token));
    this.#at++;
    return literal;
  }

  /** The literal as a number of what the field counts. */
  #inUnitOf({ name, unit }: Field, operator: Operator, literal: Literal): Literal {
    if (unit === 'time') {
      const number = tryIsoTime(literal.text);
      if (number === undefined) this.#fail(`"${name}" is compared with a date such as 2026-11-22 or 2026-11-22T09:30`);
      return { ...literal, number };
    }
    const { durationMs } = literal;
    if (durationMs === undefined) return literal;
    if (unit !== undefined) return { ...literal, number: unit === 's' ? durationMs / 1000 : durationMs };
    const isText = operator === '=' || operator === '!=' || operator === 'contains'; // an id may look like a duration
    if (!isText) this.#fail(`"${name}" is no time: a unit fits duration, first_chunk and names in _ms or _seconds`);
    return literal;
  }

  #takes(word: string): boolean {
    const { type, text } = this.#next;
    const isIt = (type === 'word' || type === 'symbol') && text.toLowerCase() === word;
    if (isIt) this.#at++;
    return isIt;
  }

  #fail(what: string): never {
    throw new WhereError(what, this.#expression, this.#next.position);
  }
}
