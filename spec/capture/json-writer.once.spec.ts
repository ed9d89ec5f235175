import { JsonWriter } from '../../lib/capture/json-writer.js';
import { DEFAULT_LIMITS, resolveLimits } from '../../lib/capture/limits.js';
import { Redaction } from '../../lib/capture/redaction.js';

const write = (value: unknown, characters = 1_000, limits = DEFAULT_LIMITS): string =>
  new JsonWriter(characters, limits, Redaction.standard).write(value);
const cut = (value: unknown, characters = 1_000, limits = DEFAULT_LIMITS): [string, boolean] => {
  const writer = new JsonWriter(characters, limits, Redaction.standard);
  return [writer.write(value), writer.truncated];
};
const x = (count: number): string => 'x'.repeat(count);
const ignore = (): void => {};

describe('what has no JSON is named', () => {
  it.each<[string, unknown, string]>([
    [
      'a function without a name',
      (
        () => () =>
          1
      )(),
      '"[Function]"',
    ],
    ['a class', class Service {}, '"[Function Service]"'],
    ['a class whose name is no text', class { static override = 1; static name = 5; }, '"[Function]"'], // prettier-ignore
    ['a class whose name is an accessor', class { static get name(): string { throw new Error('run'); } }, '"[Function]"'], // prettier-ignore
    ['a function that lost its name', (() => { const f = () => 1; delete (f as { name?: string }).name; return f; })(), '"[Function]"'], // prettier-ignore
    ['a revoked function', (() => { const { proxy, revoke } = Proxy.revocable(() => 1, {}); revoke(); return proxy; })(), '"[Function]"'], // prettier-ignore
    ['a symbol without a description', Symbol(), '"[Symbol()]"'],
    ['a name of 128 characters', Symbol(x(120)), `"[Symbol(${x(120)})]"`],
    ['a name of 129 characters', Symbol(x(121)), `"[Symbol(${x(121)}…]"`],
    ['a secret in a name', Symbol('hf_a1B2c3D4e5F6g7H8i9J0'), '"[Symbol(__REDACTED__)]"'],
    ['the largest BigInt', 10n ** 64n - 1n, `"[${'9'.repeat(64)}n]"`],
    ['a BigInt that is larger', 10n ** 64n, '"[BigInt]"'],
    ['the smallest BigInt', 1n - 10n ** 64n, `"[-${'9'.repeat(64)}n]"`],
    ['a BigInt that is smaller', -(10n ** 64n), '"[BigInt]"'],
    ['a setter', { set a(_: number) {} }, '{"a":"[Setter]"}'],
    ['a getter', { get a() { return 1; } }, '{"a":"[Getter]"}'], // prettier-ignore
    ['both', { get a() { return 1; }, set a(_) {} }, '{"a":"[Getter/Setter]"}'], // prettier-ignore
    ['a getter in an array', Object.defineProperty([1, 2], 0, { get: () => 1 }), '["[Getter]",2]'],
  ])('%s', (_, value, expected) => {
    expect(write(value)).toBe(expected);
  });
});

describe('builtins', () => {
  class Bytes extends Uint8Array {}
  const bare = Object.setPrototypeOf(
    new Uint8Array(2),
    Object.create(Uint8Array.prototype, { constructor: { value: 1 } }),
  );
  it.each<[string, unknown, string]>([
    ['URL parameters', new URLSearchParams({ a: '1', b: 'x y' }), '"a=1&b=x+y"'],
    ['a URL', new URL('http://a.b/c'), '"http://a.b/c"'],
    ['a class of URLs', new (class Link extends URL {})('http://a.b/c'), '"http://a.b/c"'],
    ['a secret in a URL', new URL('http://a.b/?k=hf_a1B2c3D4e5F6g7H8i9J0'), '"http://a.b/?k=__REDACTED__"'],
    ['a class of bytes', new Bytes(3), '"[Bytes 3 bytes]"'],
    ['bytes whose class is not known', bare, '"[ArrayBuffer 2 bytes]"'],
    ['a part of a buffer', new DataView(new ArrayBuffer(8), 2, 4), '"[DataView 4 bytes]"'],
    ['shared memory', new SharedArrayBuffer(8), '"[SharedArrayBuffer 8 bytes]"'],
    ['large numbers', new BigInt64Array(2), '"[BigInt64Array 16 bytes]"'],
    ['a boxed BigInt', Object(1n), '"[1n]"'],
    ['a boxed symbol', Object(Symbol('s')), '"[Symbol(s)]"'],
    ['a boxed string', new String('a"'), '"a\\""'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an invalid date', new Date(NaN), '"Invalid Date"'],
    ['what only looks like a boxed string', Object.create(String.prototype), '"[Unreadable]"'],
    ['what only looks like a Map', Object.create(Map.prototype), '"[Unreadable]"'],
    ['what only looks like a Set', Object.create(Set.prototype), '"[Unreadable]"'],
    ['what only looks like a date', Object.create(Date.prototype), '"[Unreadable]"'],
  ])('%s', (_, value, expected) => {
    expect(write(value)).toBe(expected);
  });

  it.each<[string, unknown, string]>([
    ['an empty Map', new Map(), '{"Map":[]}'],
    ['a Map', new Map<unknown, unknown>([['a', 1], [2, { b: 3 }]]), '{"Map":[["a",1],[2,{"b":3}]]}'], // prettier-ignore
    ['a class of Maps', new (class Cache extends Map<string, number> {})([['a', 1]]), '{"Map":[["a",1]]}'],
    ['a Map that hides how it is read', Object.assign(new Map([['a', 1]]), { forEach: ignore }), '{"Map":[["a",1]]}'],
    ['a Map with a secret', new Map([['Api-Key', 'k'], ['name', 'Ann']]), '{"Map":[["Api-Key","__REDACTED__"],["name","Ann"]]}'], // prettier-ignore
    ['a Map with a card', new Map<string, unknown>([['card', 4111111111111111], ['n', 4111111111111111]]), '{"Map":[["card","__REDACTED__"],["n",4111111111111111]]}'], // prettier-ignore
    ['an empty Set', new Set(), '{"Set":[]}'],
    ['a Set', new Set([1, 'a', { b: 2 }]), '{"Set":[1,"a",{"b":2}]}'],
    ['a Set in a Set', new Set([new Set([1])]), '{"Set":[{"Set":[1]}]}'],
  ])('%s', (_, value, expected) => {
    expect(cut(value)).toEqual([expected, false]);
  });

  it('a Map or a Set shows as many entries as it may', () => {
    const limits = resolveLimits({ entries: 2 });
    expect(cut(new Set([1, 2]), 1_000, limits)).toEqual(['{"Set":[1,2]}', false]);
    expect(cut(new Set([1, 2, 3]), 1_000, limits)).toEqual(['{"Set":[1,2,"…[+1]"]}', true]);
    expect(cut(new Map([['a', 1], ['b', 2], ['c', 3], ['d', 4]]), 1_000, limits)).toEqual(['{"Map":[["a",1],["b",2],"…[+2]"]}', true]); // prettier-ignore
  });

  it.each([
    [119, '{"Set":["…[+5]"]}'],
    [120, '{"Set":[1,"…[+4]"]}'],
    [122, '{"Set":[1,2,"…[+3]"]}'],
    [1_000, '{"Set":[1,2,3,4,5]}'],
  ])('a Set has room in %i characters', (characters, expected) => {
    expect(write(new Set([1, 2, 3, 4, 5]), characters)).toBe(expected);
  });
});

describe('errors', () => {
  class Refused extends Error {
    override readonly name = 'Refused';
  }
  const cause = new Error('inner');
  const secretive = Object.defineProperty(new Error('m'), 'token', { value: 't', enumerable: false });
  it.each<[string, unknown, string]>([
    ['name and message', new RangeError('m'), '{"name":"RangeError","message":"m"}'],
    ['a name of its own', new Refused('m'), '{"name":"Refused","message":"m"}'],
    ['no message', new Error(undefined), '{"name":"Error","message":""}'],
    ['an own message that is enumerable', Object.assign(new Error(), { message: 'm', stack: 's', code: 1 }), '{"name":"Error","message":"m","code":1}'], // prettier-ignore
    ['an enumerable stack', Object.defineProperty(new Error('m'), 'stack', { value: 's', enumerable: true }), '{"name":"Error","message":"m"}'], // prettier-ignore
    ['a cause', new Error('m', { cause }), '{"name":"Error","message":"m","cause":{"name":"Error","message":"inner"}}'],
    ['a cause that is no error', new Error('m', { cause: 'why' }), '{"name":"Error","message":"m","cause":"why"}'],
    ['errors', new AggregateError([cause]), '{"name":"AggregateError","message":"","errors":[{"name":"Error","message":"inner"}]}'], // prettier-ignore
    ['what is not enumerable', secretive, '{"name":"Error","message":"m"}'],
    ['a secret', Object.assign(new Error('m'), { token: 't' }), '{"name":"Error","message":"m","token":"__REDACTED__"}'], // prettier-ignore
    ['an accessor', Object.defineProperty(new Error('m'), 'a', { get: () => 1, enumerable: true }), '{"name":"Error","message":"m","a":"[Getter]"}'], // prettier-ignore
    ['what a proxy lists and does not have', new Proxy(new Error('m'), { ownKeys: () => ['ghost'], getOwnPropertyDescriptor: () => undefined }), '{"name":"Error","message":""}'], // prettier-ignore
    ['a message that is an accessor', Object.defineProperty(new Error('m'), 'message', { get: () => 'x' }), '{"name":"Error","message":""}'], // prettier-ignore
    ['a name that is an accessor', Object.defineProperty(new Error('m'), 'name', { get: () => 'x' }), '{"name":"Error","message":"m"}'], // prettier-ignore
  ])('%s', (_, error, expected) => {
    expect(cut(error)).toEqual([expected, false]);
  });

  it('show no more properties of their own than entries', () => {
    const error = Object.assign(new Error('m'), { a: 1, b: 2, c: 3, d: 4, e: 5 });
    expect(write(error, 1_000, resolveLimits({ entries: 4 }))).not.toContain('"e"');
    expect(write(error, 1_000, resolveLimits({ entries: 10 }))).toBe(
      '{"name":"Error","message":"m","a":1,"b":2,"c":3,"d":4,"e":5}',
    );
  });
});

describe('objects', () => {
  it.each<[string, unknown, string]>([
    ['none of its prototype’s', Object.assign(Object.create({ inherited: 1 }), { own: 2 }), '{"own":2}'],
    ['what is enumerable', Object.defineProperty({ a: 1 }, 'b', { value: 2 }), '{"a":1}'],
    ['no symbols', { a: 1, [Symbol('b')]: 2 }, '{"a":1}'],
    ['a key that must be quoted', { 'a"b': 1 }, '{"a\\"b":1}'],
    ['nothing', {}, '{}'],
    ['holes', [, 1, ,], '[null,1,null]'], // eslint-disable-line no-sparse-arrays
    ['no properties of an array', Object.assign([1], { a: 2 }), '[1]'],
    ['control characters and quotes', ['a\u0001"\\\n'], '["a\\u0001\\"\\\\\\n"]'],
    ['lone surrogates', ['\ud800'], '["\\ud800"]'],
    ['a long text', [`${x(200)}"`], `["${x(200)}\\""]`],
    ['a long text with nothing to escape', [x(100)], `["${x(100)}"]`],
    ['the same object twice', [{ a: 1 }].flatMap((one) => [one, [one]]), '[{"a":1},[{"a":1}]]'],
    ['an object in itself', ((o: { a?: unknown }) => (o.a = [o], o))({}), '{"a":["[Circular]"]}'], // prettier-ignore
  ])('show %s', (_, value, expected) => {
    expect(cut(value)).toEqual([expected, false]);
  });

  it('one that throws while it is read is named in its place, and what was written of it goes', () => {
    const throwsAt = (index: number) =>
      new Proxy([x(50), 1, 2, 3], {
        getOwnPropertyDescriptor: (target, key) => {
          if (key === String(index)) throw new Error('trap');
          return Reflect.getOwnPropertyDescriptor(target, key);
        },
      });
    expect(write({ a: throwsAt(2), b: [throwsAt(0)], c: 1 })).toBe('{"a":"[Unreadable]","b":["[Unreadable]"],"c":1}');
    // its room is free again: the text after it fits as if nothing had been written
    expect(write([throwsAt(3), x(110)], 160)).toBe(`["[Unreadable]","${x(110)}"]`);
  });

  it('one that threw is no longer above what comes after it', () => {
    const inner = {};
    const thrower = new Proxy({ inner }, { ownKeys: () => { throw new Error('trap'); } }); // prettier-ignore
    expect(write([thrower, thrower, inner], 1_000, resolveLimits({ depth: 2 }))).toBe(
      '["[Unreadable]","[Unreadable]",{}]',
    );
  });
});

describe('toJSON', () => {
  const keyed = { toJSON: (key: string) => `<${key}>` };
  class Money {
    constructor(readonly amount: number) {}
    toJSON() {
      return `${this.amount} USD`;
    }
  }
  it.each<[string, unknown, string]>([
    ['gets the key of an object', { a: keyed }, '{"a":"<a>"}'],
    ['gets the index of an array', [0, keyed], '[0,"<1>"]'],
    ['gets the empty key at the top', keyed, '"<>"'],
    ['gets a Map’s key that is a text', new Map<unknown, unknown>([['a', keyed], [1, keyed], [keyed, 2]]), '{"Map":[["a","<a>"],[1,"<>"],["<>",2]]}'], // prettier-ignore
    ['gets the empty key in a Set', new Set([keyed]), '{"Set":["<>"]}'],
    ['may be inherited', { price: new Money(3) }, '{"price":"3 USD"}'],
    ['of an array', Object.assign([1], { toJSON: () => 'list' }), '"list"'],
    ['that gives undefined', { a: { toJSON: ignore } }, '{"a":"[undefined]"}'],
    ['that gives an object with another', { toJSON: () => ({ a: new Money(1) }) }, '{"a":"1 USD"}'],
    ['that is no function', { toJSON: 1 }, '{"toJSON":1}'],
    ['that is an accessor is not run', { get toJSON(): unknown { throw new Error('run'); } }, '{"toJSON":"[Getter]"}'], // prettier-ignore
    ['that throws shows the properties', Object.assign(new Money(1), { toJSON() { throw new Error('no'); } }), '{"amount":1,"toJSON":"[Function toJSON]"}'], // prettier-ignore
    ['whose result holds a secret', { toJSON: () => ({ password: 'p' }) }, '{"password":"__REDACTED__"}'],
    ['under a secret key is not asked', { password: { toJSON() { throw new Error('asked'); } } }, '{"password":"__REDACTED__"}'], // prettier-ignore
  ])('%s', (_, value, expected) => {
    expect(write(value)).toBe(expected);
  });

  it('is not asked below the last level', () => {
    let asked = 0;
    const value = { toJSON: () => (asked++, value.next()), next: (): unknown => ({ toJSON: value.toJSON }) };
    expect(JSON.parse(write(value, 1_000, resolveLimits({ depth: 3 })))).toEqual({ '…': '…[+1]' });
    expect(asked).toBeLessThanOrEqual(4);
  });
});

describe('levels beyond the limit', () => {
  const limits = resolveLimits({ depth: 1 });
  it.each<[string, unknown, [string, boolean]]>([
    ['one level', { a: 1 }, ['{"a":1}', false]],
    ['an object', { a: { b: 1, c: 2 } }, ['{"a":{"…":"…[+2]"}}', true]],
    ['an empty object', { a: {} }, ['{"a":{}}', false]],
    ['an array', [[1, 2]], ['[["…[+2]"]]', true]],
    ['an empty array', [[]], ['[[]]', false]],
    ['a Map', [new Map([[1, 2]])], ['[{"…":"…[+1]"}]', true]],
    ['an empty Map', [new Map()], ['[{}]', false]],
    ['a Set', [new Set([1, 2])], ['[{"…":"…[+2]"}]', true]],
    ['an error', [new Error('m')], ['[{"…":"…[+1]"}]', true]],
    ['a date', [new Date(0)], ['["1970-01-01T00:00:00.000Z"]', false]],
  ])('%s', (_, value, expected) => {
    expect(cut(value, 1_000, limits)).toEqual(expected);
  });
});

describe('room', () => {
  it.each<[string, unknown, number, [string, boolean]]>([
    ['a text that fits', x(38), 40, [`"${x(38)}"`, false]],
    ['a text that does not', x(39), 40, [`"${x(26)}…[+13 chars]"`, true]],
    ['a text far beyond', x(600), 40, [`"${x(25)}…[+575 chars]"`, true]],
    ['a text in which each character takes two', '"'.repeat(39), 40, [`"${'\\"'.repeat(13)}…[+26 chars]"`, true]],
    ['a text that its quotes make too long', '"'.repeat(30), 40, [`"${'\\"'.repeat(13)}…[+17 chars]"`, true]],
    ['a text that fits with its quotes', '"'.repeat(19), 40, [`"${'\\"'.repeat(19)}"`, false]],
    ['no room for any of a text', x(100), 10, ['"…[+100 chars]"', true]],
    ['a text in a container leaves an eighth', [x(80)], 100, [`["${x(49)}…[+31 chars]"]`, true]],
    ['an entry that fits', [1, 2, 3, 4, 5], 57, ['[1,"…[+4]"]', true]],
    ['an entry that does not', [1, 2, 3, 4, 5], 56, ['["…[+5]"]', true]],
    ['a property that fits', { a: 1, b: 2 }, 60, ['{"a":1,"…":"…[+1]"}', true]],
    ['a property that does not', { a: 1, b: 2 }, 59, ['{"…":"…[+2]"}', true]],
    ['containers, which give their room back', [[1], [2], [3], [4]], 150, ['[[1],[2],[3],[4]]', false]],
    ['all that fits', { a: 1, b: 2 }, 66, ['{"a":1,"b":2}', false]],
  ])('%s', (_, value, characters, expected) => {
    expect(cut(value, characters)).toEqual(expected);
  });

  it.each<[string, unknown, [string, boolean]]>([
    ['an array of as many entries', [1, 2], ['[1,2]', false]],
    ['an array of more', [1, 2, 3], ['[1,2,"…[+1]"]', true]],
    ['an object of as many', { a: 1, b: 2 }, ['{"a":1,"b":2}', false]],
    ['an object of more', { a: 1, b: 2, c: 3, d: 4 }, ['{"a":1,"b":2,"…":"…[+2]"}', true]],
  ])('%s', (_, value, expected) => {
    expect(cut(value, 1_000, resolveLimits({ entries: 2 }))).toEqual(expected);
  });

  it('a container’s end has its room: bounds hold with any bound', () => {
    for (let characters = 256; characters < 400; characters++) {
      for (const value of [
        { a: [x(80), { b: [x(80)] }], c: new Map([['d', x(90)]]) },
        [[[[[[x(200)], x(100)]]]]],
        Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, i])),
        new Set(Array.from({ length: 60 }, (_, i) => [i])),
      ]) {
        const text = write(value, characters);
        expect(text.length).toBeLessThanOrEqual(characters);
        JSON.parse(text);
      }
    }
  });

  it('names and values are cut as an object’s', () => {
    const entries = (names: string[], values: unknown[], characters = 1_000) => {
      const writer = new JsonWriter(characters, DEFAULT_LIMITS, Redaction.standard);
      return [writer.writeEntries(names, values), writer.truncated];
    };
    expect(entries([], [])).toEqual(['{}', false]);
    expect(entries(['a', 'token'], [1, 't'])).toEqual(['{"a":1,"token":"__REDACTED__"}', false]);
    expect(entries(['a', 'b', 'c'], [1, 2, 3], 60)).toEqual(['{"a":1,"…":"…[+2]"}', true]);
    expect(entries(['a', 'b', 'c'], [1, 2, 3], 59)).toEqual(['{"…":"…[+3]"}', true]);
  });
});

describe('secrets', () => {
  it.each<[string, unknown, string]>([
    ['a card’s number under a card’s key', { card: 4111111111111111 }, '{"card":"__REDACTED__"}'],
    ['its text', { card: '4111111111111111' }, '{"card":"__REDACTED__"}'],
    ['its groups', { visa: '4111-1111 11111111' }, '{"visa":"__REDACTED__"}'],
    ['another number', { card: 4111111111111112 }, '{"card":4111111111111112}'],
    ['another text', { card: 'none' }, '{"card":"none"}'],
    ['a card’s number under another key', { order: 4111111111111111 }, '{"order":4111111111111111}'],
    ['its text under another key', { order: '4111111111111111' }, '{"order":"4111111111111111"}'],
    ['a text under a secret key', { token: 't' }, '{"token":"__REDACTED__"}'],
    ['an empty one', { token: '' }, '{"token":"__REDACTED__"}'],
    ['a number under a secret key', { token: 1 }, '{"token":1}'],
    ['true under a secret key', { token: true }, '{"token":true}'],
    ['a container under a secret key', { token: { a: 1 } }, '{"token":"__REDACTED__"}'],
    ['a list under a secret key', { token: [1] }, '{"token":"__REDACTED__"}'],
    ['a secret in a key', { hf_a1B2c3D4e5F6g7H8i9J0: 1 }, '{"__REDACTED__":1}'],
    ['a secret in a list', ['hf_a1B2c3D4e5F6g7H8i9J0'], '["__REDACTED__"]'],
  ])('%s', (_, value, expected) => {
    expect(cut(value)).toEqual([expected, false]);
  });

  it('a secret that stands across the cut is withheld, and the mark counts from the text as it is shown', () => {
    const secret = `hf_${'a'.repeat(60)}`;
    expect(write(`${x(20)} ${secret}`, 40)).toBe(`"${x(20)} __REDACTED__"`); // once redacted, it fits
    expect(write(`${x(40)} ${secret}`, 40)).toBe(`"${x(25)}…[+28 chars]"`);
  });
});

describe('base64 data', () => {
  const head = 'data:image/png;base64,';
  it.each<[string, string, string, boolean]>([
    ['of 256 characters is shown', head + 'A'.repeat(234), head + 'A'.repeat(234), false],
    ['of 257 characters is counted', head + 'A'.repeat(235), `${head}…[+235 chars]`, true],
    ['with parameters', `data:text/plain;charset=utf-8;name=a.b;base64,${'A'.repeat(300)}`, 'data:text/plain;charset=utf-8;name=a.b;base64,…[+300 chars]', true], // prettier-ignore
    ['without a type', `data:;base64,${'A'.repeat(300)}`, 'data:;base64,…[+300 chars]', true],
    ['of another encoding is a text', `data:text/plain,${'A'.repeat(300)}`, `data:text/plain,${'A'.repeat(300)}`, false], // prettier-ignore
    ['behind such a beginning is a text', `data: see data:;base64,${'A'.repeat(300)}`, `data: see data:;base64,${'A'.repeat(300)}`, false], // prettier-ignore
    ['in a text is a text', `see ${head}${'A'.repeat(300)}`, `see ${head}${'A'.repeat(300)}`, false],
  ])('%s', (_, value, expected, truncated) => {
    expect(cut([value])).toEqual([JSON.stringify([expected]), truncated]);
  });

  it('under a secret key is withheld', () => {
    expect(write({ secret: head + 'A'.repeat(300) })).toBe('{"secret":"__REDACTED__"}');
  });
});
