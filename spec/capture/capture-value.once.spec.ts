import fc from 'fast-check';
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { captureValue } from '../../lib/capture/capture-value.js';
import { ChunkAggregate } from '../../lib/capture/chunk-aggregate.js';
import { DEFAULT_LIMITS, resolveLimits } from '../../lib/capture/limits.js';
import { Redaction } from '../../lib/capture/redaction.js';
import { propertyRuns } from '../support/property-runs.js';

const capture = (value: unknown, limits = DEFAULT_LIMITS) => captureValue(value, limits, Redaction.standard);
const json = (value: unknown, limits = DEFAULT_LIMITS): unknown => JSON.parse(capture(value, limits).text);

class Account {
  readonly owner = 'Ann';
  #balance = 1;
  get balance() {
    return this.#balance;
  }
}
const circular: Record<string, unknown> = { a: 1 };
circular['self'] = circular;
const shared = { x: 1 };

it.each<[string, unknown, unknown]>([
  ['0', 0, 0],
  ['-0', -0, -0],
  ['false', false, false],
  ['null', null, null],
  ['undefined in an object', { a: undefined }, { a: '[undefined]' }],
  ['NaN and infinities', [NaN, Infinity, -Infinity], ['[NaN]', '[Infinity]', '[-Infinity]']],
  ['a BigInt', { n: 10n }, { n: '[10n]' }],
  ['a huge BigInt', 10n ** 5000n, '[BigInt]'],
  ['a symbol', Symbol('s'), '[Symbol(s)]'],
  ['a function', { f: function named() {} }, { f: '[Function named]' }],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an invalid date', new Date(NaN), 'Invalid Date'],
  ['a regular expression', /a"b/gi, '/a"b/gi'],
  ['a URL', new URL('https://a.b/c?d=1'), 'https://a.b/c?d=1'],
  ['a Map', new Map<unknown, unknown>([['a', 1], [{ k: 1 }, 2]]), { Map: [['a', 1], [{ k: 1 }, 2]] }],
  ['a Set', new Set([1, 'b']), { Set: [1, 'b'] }],
  ['a Map of another realm', runInNewContext('new Map([["a", 1]])'), { Map: [['a', 1]] }],
  ['an error with a cause', new TypeError('outer', { cause: new Error('inner') }), { name: 'TypeError', message: 'outer', cause: { name: 'Error', message: 'inner' } }],
  ['an aggregate error', new AggregateError([new Error('a')], 'm'), { name: 'AggregateError', message: 'm', errors: [{ name: 'Error', message: 'a' }] }],
  ['an error’s own data', Object.assign(new Error('m'), { code: 'E', status: 429 }), { name: 'Error', message: 'm', code: 'E', status: 429 }],
  ['bytes', new Uint8Array(1024), '[Uint8Array 1024 bytes]'],
  ['a Buffer', Buffer.alloc(3), '[Buffer 3 bytes]'],
  ['an ArrayBuffer', new ArrayBuffer(8), '[ArrayBuffer 8 bytes]'],
  ['boxed primitives', [new String('s'), new Number(1), new Boolean(false)], ['s', 1, false]],
  ['a class instance', new Account(), { owner: 'Ann' }],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ['holes', [1, , 3], [1, null, 3]], // eslint-disable-line no-sparse-arrays
  ['circular references', circular, { a: 1, self: '[Circular]' }],
  ['shared references', [shared, shared], [{ x: 1 }, { x: 1 }]],
  ['an accessor', { get secretly() { throw new Error('run'); }, set only(_: number) {} }, { secretly: '[Getter]', only: '[Setter]' }],
  ['toJSON', { toJSON: () => ({ seen: true }) }, { seen: true }],
  ['toJSON that throws', { a: 1, toJSON() { throw new Error('no'); } }, { a: 1, toJSON: '[Function toJSON]' }],
  ['toJSON that gives itself', { a: 1, toJSON() { return this; } }, { a: 1, toJSON: '[Function toJSON]' }],
  ['a revoked Proxy', (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { proxy }; })(), { proxy: '[Unreadable]' }],
  ['a Proxy that throws', { a: new Proxy({}, { ownKeys() { throw new Error('trap'); } }) }, { a: '[Unreadable]' }],
  ['a promise', { p: Promise.resolve(1) }, { p: '[Promise]' }],
  ['a generator', (function* () { yield 1; })(), '[Generator]'],
  ['an async generator', (async function* () { yield 1; })(), '[AsyncGenerator]'],
  ['an iterator', [1].values(), '[Array Iterator]'],
  ['a stream', new ReadableStream(), '[ReadableStream]'],
  ['a Node stream', Readable.from([1]), '[Readable]'],
  ['a request', new Request('http://127.0.0.1/'), '[Request]'],
])('%s', (_, value, expected) => {
  expect(json(value)).toEqual(expected);
}); // prettier-ignore

describe('what must not be touched', () => {
  it('is named, not read, started or consumed', async () => {
    let touched = 0;
    const lazy = new (class Query {
      then() {
        touched++;
      }
    })();
    const stream = new ReadableStream(
      {
        pull: () => {
          touched++;
        },
      },
      { highWaterMark: 0 },
    );
    const generator = (function* () {
      touched++;
      yield 1;
    })();
    expect(json({ lazy, stream, generator })).toEqual({
      lazy: '[Query]',
      stream: '[ReadableStream]',
      generator: '[Generator]',
    });
    await null;
    expect(touched).toBe(0);
    expect(stream.locked).toBe(false);
  });
});

describe('limits', () => {
  it('cut a string, say how much, and stay in the bound', () => {
    const { text, truncated } = capture('x'.repeat(20_000));
    expect(16_384 - text.length).toBeLessThan(8);
    expect(text.length).toBeLessThanOrEqual(16_384);
    expect(/x…\[\+\d+ chars\]$/.test(text)).toBe(true);
    expect(Number(/\+(\d+) /.exec(text)?.[1]) + text.indexOf('…')).toBe(20_000);
    expect(truncated).toBe(true);
  });

  it('cut containers, whose last entry says how many entries went', () => {
    expect((json(Array.from({ length: 1_000 }, (_, i) => i)) as unknown[]).at(-1)).toBe('…[+800]');
    const wide = json(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]))) as Record<
      string,
      unknown
    >;
    expect(wide['…']).toBe('…[+800]');
    expect(json(new Set(Array.from({ length: 300 }, (_, i) => i)))).toMatchObject({
      Set: expect.arrayContaining(['…[+100]']),
    });
  });

  it('cut depth: 20,000 levels are no danger', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 20_000; i++) deep = { deep };
    expect(capture(deep).text).toContain('{"…":"…[+1]"}');
  });

  it('read no more than they show', () => {
    let reads = 0;
    const million = new Proxy(
      Array.from({ length: 1_000_000 }, (_, i) => i),
      {
        get: (target, key, receiver): unknown => (reads++, Reflect.get(target, key, receiver)),
        getOwnPropertyDescriptor: (target, key) => (reads++, Reflect.getOwnPropertyDescriptor(target, key)),
      },
    );
    expect((json(million) as unknown[]).at(-1)).toBe('…[+999800]');
    expect(reads).toBeLessThan(2_000);
  });

  it('summarise base64 data', () => {
    const { text } = capture({ image: `data:image/png;base64,${'A'.repeat(100_000)}` });
    expect(text).toBe('{"image":"data:image/png;base64,…[+100000 chars]"}');
  });

  it('leave room for what comes after a long string', () => {
    expect(json({ transcript: 'x'.repeat(50_000), model: 'gpt-4o' })).toMatchObject({ model: 'gpt-4o' });
  });

  it('never cut a surrogate pair in half', () => {
    for (let i = 0; i < 4; i++)
      expect(() => encodeURIComponent(capture('x'.repeat(i) + '😀'.repeat(10_000)).text)).not.toThrow();
  });
});

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 5,
});

it('any value becomes valid JSON within any bound', () => {
  fc.assert(
    fc.property(
      fc.oneof(anything, fc.array(anything, { maxLength: 50 })),
      fc.integer({ min: 256, max: 2_000 }),
      fc.integer({ min: 1, max: 6 }),
      (value, characters, depth) => {
        const captured = capture(value, resolveLimits({ characters, depth, entries: 10 }));
        expect(captured.text.length).toBeLessThanOrEqual(characters);
        if (typeof value !== 'string') JSON.parse(captured.text);
      },
    ),
    propertyRuns(2_000),
  );
});

describe('secrets', () => {
  const secrets = [
    'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789',
    'sk-ant-api03-abcdefghijklmnopqrstuvwx',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyA1234567890abcdefghijklmnopqrstuvw',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'xoxb-1234567890-abcdefghij',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-def_ghi',
    'Bearer abcdef0123456789abcdef',
    '4111 1111 1111 1111',
    'card 4111111111111111',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
  ];
  const core = (secret: string) => secret.replace(/^(card |Bearer )/, '');

  it.each(secrets)('%s is withheld anywhere, alone and in text', (secret) => {
    for (const value of [
      secret,
      `see ${secret} here`,
      { note: secret },
      [secret],
      new Map([['k', secret]]),
      new Error(secret),
      { [secret]: 1 },
    ]) {
      expect(capture(value).text).not.toContain(core(secret));
      expect(capture(value).text).toContain('__REDACTED__');
    }
  });

  it('is withheld across a cut and across chunk borders', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...secrets),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 30 }),
        (secret, offset, size) => {
          const limits = resolveLimits({ characters: 600 });
          const text = `${'a '.repeat(offset >> 1)} ${secret} end`;
          for (const value of [text, { text }]) {
            const shown = capture(value, limits).text;
            expect(shown.length).toBeLessThanOrEqual(600);
            expect(shown).not.toContain(core(secret).slice(0, 12));
          }
          const chunks = new ChunkAggregate(limits, Redaction.standard);
          for (let i = 0; i < text.length; i += size) chunks.add(text.slice(i, i + size));
          expect(chunks.captured().text).not.toContain(core(secret).slice(0, 12));
        },
      ),
      propertyRuns(2_000),
    );
  });

  it('are withheld under their keys, whatever the key’s case and separators; numbers and counts are not', () => {
    expect(
      json({
        password: 'a',
        'API-Key': 'b',
        Authorization: ['c'],
        access_token: { d: 1 },
        token: 5,
        tokens: 'f',
        max_tokens: 'g',
        token_count: 'h',
        cookie: null,
      }),
    ).toEqual({
      password: '__REDACTED__',
      'API-Key': '__REDACTED__',
      Authorization: '__REDACTED__',
      access_token: '__REDACTED__',
      token: 5,
      tokens: 'f',
      max_tokens: 'g',
      token_count: 'h',
      cookie: null,
    });
    expect(json(new Map([['password', 'a']]))).toEqual({ Map: [['password', '__REDACTED__']] });
  });

  it.each([
    'order 4111111111111111 was shipped',
    'scikit: sk-learn and risk-assessment-of-the-year',
    'task-1234567890123456789',
    'Bearer of good news and many other things',
    '0.14285714285714285',
    '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    '2026-11-22T23:05:30.123Z',
    '+49 170 1234567',
    'ISBN 978-3-16-148410-0',
    'Die Kündigungsfrist beträgt drei Monate.',
  ])('%s is no secret', (text) => {
    expect(capture(text).text).toBe(text);
  });

  it('of the user’s own are withheld by pattern, key and function; a function that fails withholds the value', () => {
    const own = Redaction.standard.with({
      keys: ['patient name'],
      patterns: [/CASE-\d+/],
      redactor: (text) => text.replaceAll('Acme', 'X'),
    });
    expect(captureValue({ patientName: 'Ann', note: 'CASE-17 of Acme' }, DEFAULT_LIMITS, own).text).toBe(
      '{"patientName":"__REDACTED__","note":"__REDACTED__ of X"}',
    );
    for (const failing of [
      () => {
        throw new Error('x');
      },
      () => undefined as never,
    ])
      // prettier-ignore
      expect(captureValue(['a'], DEFAULT_LIMITS, Redaction.standard.with(failing)).text).toBe('["__REDACTED__"]');
  });
});
