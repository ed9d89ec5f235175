import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { classNameOf, objectKind } from '../../lib/capture/object-kind.js';

const kindOf = (value: object) => objectKind(Object.getPrototypeOf(value) as object | null);
const named = (name: string) => ({ show: 'named', name });
const builtin = (name: string) => ({ show: 'builtin', name });
const ENTRIES = { show: 'entries' };
const chain = (length: number, top: object): object =>
  length === 0 ? top : Object.create(chain(length - 1, top), { constructor: { value: undefined } });
const anonymous = (members: object): object => Object.create({ ...members });

class Subject {
  subscribe() {}
}
class Source {
  pipe() {}
}
class Body {
  getReader() {}
}
class Lazy {
  then() {}
}
class Cursor {
  next() {}
}
class Feed {
  async *[Symbol.asyncIterator]() {}
}

it.each<[string, object, object]>([
  ['a plain object', {}, ENTRIES],
  ['an object without a prototype', Object.create(null), ENTRIES],
  ['a plain object of another realm', runInNewContext('({})'), ENTRIES],
  ['a class instance', new (class Account {})(), ENTRIES],
  ['an iterable that can be iterated again', new (class List { *[Symbol.iterator]() {} })(), ENTRIES], // prettier-ignore
  ['a Map', new Map(), builtin('Map')],
  ['a Set', new Set(), builtin('Set')],
  ['a class of Maps', new (class Cache extends Map {})(), builtin('Map')],
  ['a Map of another realm', runInNewContext('new Map()'), builtin('Map')],
  ['a date', new Date(), builtin('Date')],
  ['a regular expression', /a/, builtin('RegExp')],
  ['a URL', new URL('http://a.b'), builtin('URL')],
  ['URL parameters', new URLSearchParams(), builtin('URLSearchParams')],
  ['a boxed string', new String(''), builtin('String')],
  ['a boxed number', new Number(1), builtin('Number')],
  ['a boxed boolean', new Boolean(true), builtin('Boolean')],
  ['a boxed BigInt', Object(1n), builtin('BigInt')],
  ['a boxed symbol', Object(Symbol('s')), builtin('Symbol')],
  ['an error', new Error('m'), builtin('Error')],
  ['a class of errors', new (class Refused extends RangeError {})('m'), builtin('Error')],
  ['an error of another realm', runInNewContext('new TypeError("m")'), builtin('Error')],
  ['an error with a stream’s method', new (class Failed extends Error { pipe() {} })('m'), named('Failed')], // prettier-ignore
  ['an error that is an iterator', new (class Failed extends Error { next() {} })('m'), builtin('Error')], // prettier-ignore
  ['an ArrayBuffer', new ArrayBuffer(1), builtin('bytes')],
  ['shared memory', new SharedArrayBuffer(1), builtin('bytes')],
  ['a DataView', new DataView(new ArrayBuffer(1)), builtin('bytes')],
  ['an Int8Array', new Int8Array(1), builtin('bytes')],
  ['a Uint8ClampedArray', new Uint8ClampedArray(1), builtin('bytes')],
  ['a Uint16Array', new Uint16Array(1), builtin('bytes')],
  ['a Float64Array', new Float64Array(1), builtin('bytes')],
  ['a BigUint64Array', new BigUint64Array(1), builtin('bytes')],
  ['a Buffer', Buffer.alloc(1), builtin('bytes')],
  ['a promise', Promise.resolve(), named('Promise')],
  ['a class of promises', new (class Answer extends Promise<void> {})(() => {}), named('Answer')],
  ['a WeakMap', new WeakMap(), named('WeakMap')],
  ['a WeakRef', new WeakRef({}), named('WeakRef')],
  ['headers', new Headers(), named('Headers')],
  ['a response', new Response(), named('Response')],
  ['form data', new FormData(), named('FormData')],
  ['a blob', new Blob([]), named('Blob')],
  ['a signal', new AbortController().signal, named('AbortSignal')],
  ['a class of event targets', new (class Bus extends EventTarget {})(), named('Bus')],
  ['a web stream', new ReadableStream(), named('ReadableStream')],
  ['a Node stream', Readable.from([]), named('Readable')],
  ['a thenable', new Lazy(), named('Lazy')],
  ['a class of thenables', new (class Query extends Lazy {})(), named('Query')],
  ['what can be piped', new Source(), named('Source')],
  ['what has a reader', new Body(), named('Body')],
  ['an observable', new Subject(), named('Subject')],
  ['a thenable without a class', anonymous({ then() {} }), named('Object')],
  ['an iterator', new Cursor(), named('Cursor')],
  ['an async iterable', new Feed(), named('Feed')],
  ['an iterator without a class', anonymous({ next() {} }), named('Iterator')],
  ['an iterator with a tag', anonymous({ next() {}, [Symbol.toStringTag]: 'Rows' }), named('Rows')],
  ['an iterator with a tag and a class', new (class Cursor2 extends Cursor { declare tag: string; static { Object.defineProperty(this.prototype, Symbol.toStringTag, { value: 'Rows' }); } })(), named('Rows')], // prettier-ignore
  ['an iterator whose tag is an accessor', new (class Cursor3 extends Cursor { get [Symbol.toStringTag](): string { throw new Error('run'); } })(), named('Cursor3')], // prettier-ignore
  ['an array’s iterator', [].values(), named('Array Iterator')],
  ['a generator', (function* () {})(), named('Generator')],
  ['an async generator', (async function* () {})(), named('AsyncGenerator')],
  ['a then that is an accessor', new (class { get then(): unknown { throw new Error('run'); } })(), ENTRIES], // prettier-ignore
  ['a then that is no method', anonymous({ then: 1 }), ENTRIES],
  ['a class called Map', new (class Map { readonly a = 1; })(), ENTRIES], // prettier-ignore
  ['a class called Error', new (class Error { readonly a = 1; })(), ENTRIES], // prettier-ignore
  ['a class called Uint8Array', new (class Uint8Array { readonly a = 1; })(), ENTRIES], // prettier-ignore
  ['a prototype whose constructor is an accessor', Object.create(Object.create(null, { constructor: { get() { throw new Error('run'); } } })), ENTRIES], // prettier-ignore
  ['a prototype whose constructor is no function', Object.create({ constructor: 'Map' }), ENTRIES],
  ['what is a promise after 31 prototypes', Object.create(chain(31, Promise.prototype)), named('Promise')],
  ['what is a promise after 32 prototypes', Object.create(chain(32, Promise.prototype)), ENTRIES],
])('%s', (_, value, expected) => {
  expect(kindOf(value)).toEqual(expected);
});

it('a kind is found once for a prototype', () => {
  let reads = 0;
  const prototype = new Proxy({}, {
    getOwnPropertyDescriptor: (target, key) => (reads++, Reflect.getOwnPropertyDescriptor(target, key)),
  }); // prettier-ignore
  const kind = objectKind(prototype);
  const first = reads;
  expect(objectKind(prototype)).toBe(kind);
  expect(first).toBeGreaterThan(0);
  expect(reads).toBe(first);
});

it.each<[string, object, string | undefined]>([
  ['of a class', class Account {}.prototype, 'Account'],
  ['of a class without a name', (() => class {})().prototype, undefined],
  ['of a class whose name is no text', class { static override = 1; static name = 5; }.prototype, undefined], // prettier-ignore
  ['of a class whose name is an accessor', class { static get name(): string { throw new Error('run'); } }.prototype, undefined], // prettier-ignore
  ['of a class that lost its name', (() => { const C = class A {}; delete (C as { name?: string }).name; return C; })().prototype, undefined], // prettier-ignore
  ['of no class', Object.create(null), undefined],
  ['of a constructor that is no function', { constructor: { name: 'x' } }, undefined],
])('the name %s', (_, prototype, expected) => {
  expect(classNameOf(prototype)).toBe(expected);
});
