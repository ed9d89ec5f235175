import type { AttributeValue } from '@opentelemetry/api';
import { hiddenBy } from '../../lib/capture/hidden.js';
import { redactAttribute } from '../../lib/capture/redact-attribute.js';
import { Redaction } from '../../lib/capture/redaction.js';

const NOTHING = hiddenBy(false);
const TOKEN = 'hf_a1B2c3D4e5F6g7H8i9J0';
const redact = (name: string, value: AttributeValue, hidden = NOTHING) =>
  redactAttribute(name, value, Redaction.standard, hidden);

it.each<[string, string, AttributeValue, AttributeValue]>([
  ['a text', 'http.route', '/a', '/a'],
  ['a text with a secret', 'http.url', `/a?${TOKEN}`, '/a?__REDACTED__'],
  ['a text under a secret name', 'http.request.header.authorization', 'Basic x', '__REDACTED__'],
  ['a text under a secret name alone', 'password', 'x', '__REDACTED__'],
  ['a secret word in the middle of a name', 'password.rules', 'x', 'x'],
  ['a number under a secret name', 'app.token', 5, 5],
  ['a boolean under a secret name', 'app.password', true, true],
  ['texts', 'tags', ['a', `b ${TOKEN}`], ['a', 'b __REDACTED__']],
  ['texts under a secret name', 'http.request.header.cookie', ['a=1', 'b=2'], ['__REDACTED__', '__REDACTED__']],
  ['texts behind gaps', 'tags', [null, undefined, TOKEN], [null, undefined, '__REDACTED__']],
  ['gaps alone', 'tags', [null, undefined], [null, undefined]],
  ['numbers under a secret name', 'app.token', [1, 2], [1, 2]],
  ['nothing', 'app.token', [], []],
])('%s', (_, name, value, expected) => {
  expect(redact(name, value)).toEqual(expected);
});

it('a list in which nothing has to go is the very same', () => {
  const tags = ['a', 'b'];
  expect(redact('tags', tags)).toBe(tags);
});

it('what is hidden is withheld whole, whatever it is', () => {
  for (const value of ['a', 5, true, ['a', 'b']])
    expect(redact('input.value', value, hiddenBy({ inputs: true }))).toBe('__REDACTED__');
  expect(redact('input.mime_type', 'text/plain', hiddenBy({ inputs: true }))).toBe('text/plain');
  expect(redact('output.value', 'a', hiddenBy({ inputs: true }))).toBe('a');
});
