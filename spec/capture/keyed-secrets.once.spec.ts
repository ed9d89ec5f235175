import fc from 'fast-check';
import { Redaction } from '../../lib/capture/redaction.js';
import { captureValue } from '../../lib/capture/capture-value.js';
import { DEFAULT_LIMITS } from '../../lib/capture/limits.js';
import { propertyRuns } from '../support/property-runs.js';

const { standard } = Redaction;
const text = (given: string) => standard.text(given);
const R = '__REDACTED__';

describe('a text that holds JSON', () => {
  it.each([
    ['{"password":"hunter2","a":1}', `{"password":"${R}","a":1}`],
    ['{ "Api-Key" : "k" , "n": [1] }', `{ "Api-Key" : "${R}" , "n": [1] }`],
    ['{"credentials":{"a":"}","b":[{"c":2}]},"z":1}', `{"credentials":"${R}","z":1}`],
    ['{"tokens":"5","max_tokens":5,"token_count":"7"}', '{"tokens":"5","max_tokens":5,"token_count":"7"}'],
    ['{"password":null,"secret":true,"token":5}', '{"password":null,"secret":true,"token":5}'],
    ['{"password":"a\\"b\\\\","c":"d"}', `{"password":"${R}","c":"d"}`],
    ['{"password": "cut off he', `{"password": "${R}"`],
    ['{"secret":{"a":["cut', `{"secret":"${R}"`],
    [
      'The call said {"password":"x"}, and "token": "y" too',
      `The call said {"password":"${R}"}, and "token": "${R}" too`,
    ],
    ['[["authorization","abc"],["accept","x"]]', `[["authorization","${R}"],["accept","x"]]`],
    ['["password","of","all"]', '["password","of","all"]'],
    ['["a","password","b"]', '["a","password","b"]'],
    [
      '{"x-goog-api-key":"k","AWS_SESSION_TOKEN":"t","db_password":"p"}',
      `{"x-goog-api-key":"${R}","AWS_SESSION_TOKEN":"${R}","db_password":"${R}"}`,
    ],
    ['{"a":"","":"b"}', '{"a":"","":"b"}'],
    ['""":":""', '""":":""'],
  ])('%s', (given, expected) => {
    expect(text(given)).toBe(expected);
  });

  it('within JSON within JSON', () => {
    let nested: unknown = { password: 'hun"ter2', keep: 'x' };
    let expected: unknown = { password: R, keep: 'x' };
    for (let depth = 0; depth < 4; depth++) {
      nested = { arguments: JSON.stringify(nested) };
      expected = { arguments: JSON.stringify(expected) };
      expect(text(JSON.stringify(nested))).toBe(JSON.stringify(expected));
    }
  });

  it('keeps JSON valid, and everything but the secret, whatever stands round it', () => {
    const json = fc.jsonValue({ depthSize: 'small' });
    fc.assert(
      fc.property(json, json, fc.string({ minLength: 1 }), fc.boolean(), (before, after, secret, isNested) => {
        const value = { before, clientSecret: isNested ? { deep: [secret] } : secret, after };
        const redacted = text(JSON.stringify(value));
        const alike = JSON.parse(text(JSON.stringify({ before, after }))) as object;
        expect(JSON.parse(redacted)).toEqual({ ...alike, clientSecret: R });
      }),
      propertyRuns(500),
    );
  });

  it('under the keys of the user', () => {
    expect(standard.with({ keys: ['ssn-number'] }).text('{"ssnNumber":"1"}')).toBe(`{"ssnNumber":"${R}"}`);
  });
});

it.each([
  ['postgres://user:pw@host:5432/db', `postgres://user:${R}@host:5432/db`],
  ['http://host:8080/path@x', 'http://host:8080/path@x'],
  ['https://x.y/z?api_key=abcd&b=c&token=xyz#f', `https://x.y/z?api_key=${R}&b=c&token=${R}#f`],
  ['https://x/y?sv=1&sig=abc%2F&X-Amz-Signature=def', `https://x/y?sv=1&sig=${R}&X-Amz-Signature=${R}`],
  ['What? a=b; c=d', 'What? a=b; c=d'],
  ['api_key=abcd&b=c', `api_key=${R}&b=c`], // url.query, which has no question mark
  ['code=abcd&key=cdef', `code=abcd&key=${R}`],
  ['key=value', 'key=value'],
  ['Authorization: Basic dXNlcjpwYXNz', `Authorization: ${R}`],
  ['The authorization: see below', 'The authorization: see below'],
])('an address or a header: %s', (given, expected) => {
  expect(text(given)).toBe(expected);
});

it('pairs in a value', () => {
  const pairs = [
    ['authorization', 'abc'],
    ['accept', 'x'],
    ['password', 'is', 'a word'],
  ];
  expect(captureValue({ headers: pairs }, DEFAULT_LIMITS, standard).text).toBe(
    `{"headers":[["authorization","${R}"],["accept","x"],["password","is","a word"]]}`,
  );
});

it.each([
  ['quotes', '"'.repeat(200_000)],
  ['keys', '{"password":'.repeat(20_000)],
  ['pairs', '["token",'.repeat(40_000)],
  ['escapes', `{"token":"${'\\'.repeat(200_000)}"`],
  ['escaped quotes', `{"token":"${'\\\\"'.repeat(60_000)}`],
  ['addresses', `${'a://'.repeat(20_000)}${'x:'.repeat(40_000)}${'?a='.repeat(40_000)}`],
])('takes time in proportion to the text: %s', (_, given) => {
  expect(text(given).length).toBeLessThanOrEqual(given.length + R.length); // it returns at all: quadratic work would take minutes
});
