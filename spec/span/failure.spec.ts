import { trace } from '@opentelemetry/api';
import { traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

/** What the span of a call that throws this says of it. */
function failing(error: unknown) {
  const call = traced(
    () => {
      throw error;
    },
    { spanName: 'call' },
  );
  try {
    call();
  } catch {
    // the error itself
  }
  const { attributes, status, events } = tracing.spans.at(-1)!;
  return {
    type: attributes['error.type'],
    message: status.message,
    status: status.code,
    events,
    exception: events[0]?.attributes ?? {},
  };
}
const causes = (error: unknown) =>
  String(failing(error).exception['exception.stacktrace'])
    .split('\n')
    .filter((line) => line.startsWith('Caused by: '))
    .map((line) => line.slice('Caused by: '.length));

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

class QuotaError extends Error {}
class NamedError extends Error {
  override readonly name = 'Renamed';
}

describe('error.type is', () => {
  it.each<[string, unknown, string]>([
    ['the class', new TypeError('x'), 'TypeError'],
    ['the class, whose instances are called Error', new QuotaError('x'), 'QuotaError'],
    ['the name that an error gives itself', new NamedError('x'), 'Renamed'],
    ['Error, where it is no more than that', new Error('x'), 'Error'],
    ['the name of an error of no class', Object.assign(Object.create(null), { name: 'Error' }), 'Error'],
    ['the code of the provider', Object.assign(new Error('x'), { code: 'rate_limit_exceeded' }), 'rate_limit_exceeded'],
    ['the code of Node', Object.assign(new Error('x'), { code: 'ERR_HTTP2.X-1' }), 'ERR_HTTP2.X-1'],
    ['a code of 64 characters', Object.assign(new Error('x'), { code: 'c'.repeat(64) }), 'c'.repeat(64)],
    ['not a code of more', Object.assign(new TypeError('x'), { code: 'c'.repeat(65) }), 'TypeError'],
    ['not an empty code', Object.assign(new TypeError('x'), { code: '' }), 'TypeError'],
    ['not a sentence for a code', Object.assign(new TypeError('x'), { code: 'no such model' }), 'TypeError'],
    ['not a code of two lines', Object.assign(new TypeError('x'), { code: 'one\ntwo' }), 'TypeError'],
    ['not a number for a code', Object.assign(new TypeError('x'), { code: 404 }), 'TypeError'],
    ['the class of an object that is no error', new (class Refusal {})(), 'Refusal'],
    ['a name of 128 characters', { name: 'n'.repeat(128) }, 'n'.repeat(128)],
    ['the class beside a longer one', { name: 'n'.repeat(129) }, 'Object'],
    ['the class beside a text of the user’s', { name: 'Ann of Acme' }, 'Object'],
    [
      '_OTHER for a text of the user’s without a class',
      Object.assign(Object.create(null), { name: 'Ann of Acme' }),
      '_OTHER',
    ],
    ['_OTHER for a secret', Object.assign(Object.create(null), { name: `sk-ant-api03-${'Ab1'.repeat(12)}` }), '_OTHER'],
    ['_OTHER without a name', Object.create(null), '_OTHER'],
    ['the type of null', null, 'null'],
    ['the type of undefined', undefined, 'undefined'],
    ['the type of a text', 'x', 'string'],
    ['the type of a number', 7, 'number'],
    ['the class of a function', () => 1, 'Function'],
  ])('%s', (_, error, type) => {
    const seen = failing(error);
    expect(seen.type).toBe(type);
    if ((error as { code?: unknown } | null)?.code === undefined) expect(seen.exception['exception.type']).toBe(type);
  });

  it('the class beside a code, on the exception', () => {
    const { exception } = failing(Object.assign(new TypeError('x'), { code: 'ECONNRESET' }));
    expect(exception['exception.type']).toBe('TypeError');
  });
});

describe('the message is', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  it.each<[string, unknown, string]>([
    ['the error’s', new Error('gone'), 'gone'],
    ['empty, when the error’s is', new Error(''), ''],
    ['the text that was thrown', 'gone', 'gone'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a symbol', Symbol('gone'), 'Symbol(gone)'],
    ['the JSON of an object', { status: 404 }, '{"status":404}'],
    ['the JSON of an object whose message is no text', { message: 404 }, '{"message":404}'],
    ['what an object is that has no JSON', cyclic, '[object Object]'],
    ['what an object is whose toJSON gives nothing', { toJSON: () => undefined }, '[object Object]'],
    ['1,024 characters', 'm'.repeat(1_024), 'm'.repeat(1_024)],
    ['cut beyond that', 'm'.repeat(1_025), `${'m'.repeat(1_024)}…`],
  ])('%s', (_, error, message) => {
    const seen = failing(error);
    expect(seen.message).toBe(message);
    expect(seen.exception['exception.message']).toBe(message);
  });

  it.each<[string, object]>([
    ['throws at every look', new Proxy(new Error('x'), { get: () => { throw new Error('trap'); } })],
    ['is a revoked Proxy', revoked()],
    ['is a function that throws when it is shown', Object.assign(() => 1, { toString: () => { throw new Error('trap'); }, message: 7 })],
  ])('something, for a thrown value that %s', (_, hostile) => {
    const { message, status, events } = failing(hostile);
    expect([message, status, events.length]).toEqual([expect.stringMatching(/^\[object/), 2, 1]);
  });
}); // prettier-ignore

describe('the stack', () => {
  it('is there where the error has one', () => {
    const error = new Error('x');
    expect(failing(error).exception['exception.stacktrace']).toBe(error.stack);
    for (const other of ['text', null, { message: 'x' }, Object.assign(new Error('x'), { stack: undefined })])
      expect(failing(other).exception).not.toHaveProperty(['exception.stacktrace']);
  });

  it('is followed by the causes, down to the first', () => {
    expect(causes(new Error('a', { cause: new TypeError('b', { cause: new RangeError('c') }) }))).toEqual([
      'TypeError: b',
      'RangeError: c',
    ]);
  });

  it('names a cause that has no stack by class and message, whatever it is', () => {
    expect(causes(new Error('a', { cause: 'text' }))).toEqual(['string: text']);
    expect(causes(new Error('a', { cause: 0 }))).toEqual(['number: 0']);
    expect(causes(new Error('a', { cause: { code: 404 } }))).toEqual(['Object: {"code":404}']);
    for (const none of [undefined, null]) expect(causes(new Error('a', { cause: none }))).toEqual([]);
  });

  it('has the errors of an AggregateError, and their causes', () => {
    const errors = [new TypeError('a', { cause: new Error('c') }), new RangeError('b')];
    expect(causes(new AggregateError(errors, 'all'))).toEqual(['TypeError: a', 'RangeError: b', 'Error: c']);
    for (const none of ['none', 7, revoked()])
      expect(causes(Object.assign(new Error('x'), { errors: none }))).toEqual([]);
    expect(causes(new Error('x', { cause: revoked() }))).toEqual(['_OTHER: [object]']);
  });

  it('ends where causes go in a circle or do not end', () => {
    const a = new Error('a');
    a.cause = new Error('b', { cause: a });
    expect(causes(a)).toEqual(['Error: b']);
    let deep = new Error('0');
    for (let i = 1; i < 20; i++) deep = new Error(String(i), { cause: deep });
    expect(causes(deep)).toEqual([18, 17, 16, 15, 14, 13, 12, 11].map((i) => `Error: ${i}`));
    const many = Array.from({ length: 20 }, (_, i) => new Error(String(i)));
    expect(causes(new AggregateError(many, 'all'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => `Error: ${i}`));
  });
});

it('an error object is an event of the first span alone; what is no object has no identity, and is one of each', () => {
  for (const [error, above] of [
    [new Error('x'), 0],
    [Object.freeze({ frozen: true }), 0],
    ['text', 1],
    [null, 1],
  ] as const) {
    // prettier-ignore
    const below = traced(() => { throw error; }, { spanName: 'below' }); // prettier-ignore
    try {
      traced(() => below(), { spanName: 'above' })();
    } catch {
      // the error itself
    }
    expect(tracing.spans.map(({ name, events, status }) => [name, events.length, status.code])).toEqual([
      ['below', 1, 2],
      ['above', above, 2],
    ]);
    tracing.reset();
  }
});

it('a status and an error.type that the user has set stay', () => {
  const call = traced(
    () => {
      trace.getActiveSpan()?.setStatus({ code: 1 }).setAttribute('error.type', 'mine');
      throw new Error('x');
    },
    { spanName: 'call' },
  );
  expect(call).toThrow('x');
  const { status, attributes, events } = tracing.byName('call');
  expect([status.code, attributes['error.type'], events.length]).toEqual([1, 'mine', 1]);
});

it('a failure that the user has put into words keeps them', () => {
  const call = traced(
    () => {
      trace.getActiveSpan()?.setStatus({ code: 2, message: 'no seats left' });
      throw new Error('x');
    },
    { spanName: 'call' },
  );
  expect(call).toThrow('x');
  expect(tracing.byName('call').status).toEqual({ code: 2, message: 'no seats left' });
});
