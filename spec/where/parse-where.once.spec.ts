import fc from 'fast-check';
import type { Attributes } from '@opentelemetry/api';
import { parseWhere } from '../../lib/where/parse-where.js';
import { WhereError } from '../../lib/where/where-error.js';
import type { TreeSpan } from '../../lib/tree/tree-span.js';
import { propertyRuns } from '../support/property-runs.js';

const NS = 1_000_000n;
const START = BigInt(Date.UTC(2026, 10, 22, 9, 30)) * NS;

const span: TreeSpan = {
  ...{ traceId: 'ABC123', spanId: 's1', name: 'Evaluator.ask', startNs: START, endNs: START + 2500n * NS },
  status: { code: 2, message: '429 too many' },
  attributes: {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-4o-mini',
    'cost.total_usd': 0.0125,
    'llm.token_count.prompt': 1000,
    'llm.token_count.completion': 500,
    'tag.tags': ['production', 'EU west'],
    metadata: '{"customer":{"name":"Acme Corp"},"tier":3,"labels":["a"],"a.b":"dotted"}',
    'error.type': 'RateLimitError',
    'performance.duration_seconds': 2.5,
    'performance.latency_ms': 2500,
    'spandrel.cancelled': false,
    'llm.prompt_template.version': '2.0',
    'odd name': 'yes',
    zero: 0,
    empty: '',
  },
};
const holds = (expression: string, changed: Partial<TreeSpan> = {}) => parseWhere(expression).test({ ...span, ...changed }); // prettier-ignore

it.each([
  'cost.total_usd > 0.01',
  'cost.total_usd >= $0.0125',
  'cost > 1e-2',
  'llm.token_count.prompt = 1_000',
  'tokens == 1500',
  'kind = llm',
  'kind != AGENT',
  'status = error',
  'name = Evaluator.ask',
  'name contains evaluator',
  'error contains "rate"',
  'error',
  'duration > 2s',
  'duration >= 2500',
  'duration < 1m',
  'performance.duration_seconds > 2400ms',
  'performance.latency_ms = 2.5s',
  'start >= 2026-11-22',
  'start = "2026-11-22T09:30"',
  'start < 2026-11-22T11:30:00+01:00',
  'root',
  'trace = abc123',
  'tags contains production',
  'tag.tags contains "eu west"',
  'tag.tags = production',
  'tag.tags != beta',
  'tag.tags in (beta, production)',
  'model in (gpt-4o, gpt-4o-mini)',
  'llm.prompt_template.version = 2.0',
  'metadata.customer.name = "Acme Corp"',
  "metadata.customer.name = 'Acme Corp'",
  'metadata.tier >= 3',
  'metadata.labels contains a',
  'metadata.a.b = dotted',
  '`odd name` = yes',
  'zero',
  'not empty',
  'not session',
  'not cancelled',
  'cancelled = false',
  'session != anything',
  'not (kind = AGENT or kind = TOOL) and cost > 0',
  'kind = AGENT or kind = TOOL or kind = LLM',
  'not kind = AGENT and not kind = TOOL',
  'NOT kind = AGENT AND (root OR session)',
  '  ( ( kind=LLM ) )  ',
])('holds: %s', (expression) => {
  expect(holds(expression)).toBe(true);
});

it.each([
  'cost.total_usd > 0.0125',
  'kind = "ll"',
  'name = evaluator.ask',
  'name > Z',
  'session = anything',
  'session contains a',
  'session > 0',
  'tag.tags contains prod',
  'tag.tags = "Production"',
  'metadata.customer = Acme',
  'metadata.constructor',
  'name = 5',
  'cancelled',
  'empty',
  'model < 5',
  'cost = "much"',
  'kind = LLM and not root',
])('does not hold: %s', (expression) => {
  expect(holds(expression)).toBe(false);
});

it('binds "and" closer than "or", and "not" closest', () => {
  const value = (a: boolean, b: boolean, c: boolean) => {
    const attributes: Attributes = { 'x.a': a, 'x.b': b, 'x.c': c };
    return {
      orAnd: holds('x.a or x.b and x.c', { attributes }),
      andOr: holds('x.a and x.b or x.c', { attributes }),
      notAnd: holds('not x.a and x.b', { attributes }),
    };
  };
  for (let bits = 0; bits < 8; bits++) {
    const [a, b, c] = [Boolean(bits & 4), Boolean(bits & 2), Boolean(bits & 1)];
    expect(value(a, b, c)).toEqual({ orAnd: a || (b && c), andOr: (a && b) || c, notAnd: !a && b });
  }
});

it("reads a name without a dot as the span's own, and in backticks as an attribute", () => {
  const attributes = { name: 'the attribute' };
  expect(holds('name = Evaluator.ask', { attributes })).toBe(true);
  expect(holds('`name` contains attribute', { attributes })).toBe(true);
});

it.each([
  ['', 'the expression is empty', 1],
  ['cost.total_usd >', 'expected a value', 17],
  ['cost.total_usd > and kind = LLM', 'expected "and" or "or", not "kind"', 22],
  ['kind = LLM kind', 'expected "and" or "or", not "kind"', 12],
  ['kind = (LLM)', 'expected a value', 8],
  ['(kind = LLM', 'expected ")"', 12],
  ['kind = LLM)', 'expected "and" or "or", not ")"', 11],
  ['kind in LLM', 'expected "(" after "in"', 9],
  ['kind in (LLM', 'expected "," or ")"', 13],
  ['not', 'expected the name of an attribute', 4],
  ['= 5', 'expected the name of an attribute, not "="', 1],
  ['"kind" = LLM', 'expected a name; an attribute with an odd name goes in `backticks`', 1],
  ['kind = "LLM', 'the " is never closed', 8],
  ['kind ! LLM', '"!" is only known in "!="; write "not"', 6],
  ['a && b', 'expected "and" or "or", not "&&"', 3],
  ['start > soon', '"start" is compared with a date such as 2026-11-22 or 2026-11-22T09:30', 9],
  ['cost > 2s', '"cost" is no time: a unit fits duration, first_chunk and names in _ms or _seconds', 8],
  ['('.repeat(300), 'too deeply nested', 201],
])('says what is wrong with %j, and where', (expression, message, character) => {
  const error = (() => {
    try {
      parseWhere(expression);
    } catch (thrown) {
      return thrown as WhereError;
    }
    throw new Error('it was accepted');
  })();
  expect(error).toBeInstanceOf(WhereError);
  expect(error.message.split('\n')).toEqual([`${message}, at character ${character}:`, `  ${expression}`, `${' '.repeat(character + 1)}^`]); // prettier-ignore
});

it('reads any text or refuses it with a WhereError, and asks any span without throwing', () => {
  const piece = fc.constantFrom(...['(', ')', ',', '=', '!=', '<', '>=', 'and', 'or', 'not', 'in', 'contains', 'kind', 'start', 'duration', 'tag.tags', 'metadata.x', '"a b"', '`x', '5', '2s', '2026-11-22', '!', '\\', "'"]); // prettier-ignore
  const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string()), fc.constant(undefined));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 12 }),
      value,
      (pieces, attribute) => {
        let condition;
        try {
          condition = parseWhere(pieces.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(WhereError);
          return;
        }
        const attributes = {
          'tag.tags': attribute,
          metadata: attribute,
          'openinference.span.kind': attribute,
        } as Attributes;
        expect(typeof condition.test({ ...span, attributes })).toBe('boolean');
      },
    ),
    propertyRuns(2_000),
  );
});
