import { captureValue } from '../../lib/capture/capture-value.js';
import { DEFAULT_LIMITS } from '../../lib/capture/limits.js';
import { Redaction } from '../../lib/capture/redaction.js';

const json = (value: unknown): unknown =>
  JSON.parse(captureValue(value, DEFAULT_LIMITS, Redaction.standard).text) as unknown;
const never = (): never => {
  throw new Error('a getter ran');
};

it('runs no getter of an array, and shows where one is', () => {
  const list = [1, 2, 3, 4];
  Object.defineProperty(list, 0, { get: never, enumerable: true });
  Object.defineProperty(list, 1, { set: () => {}, enumerable: true });
  Object.defineProperty(list, 2, { get: never, set: () => {}, enumerable: true });
  expect(json(list)).toEqual(['[Getter]', '[Setter]', '[Getter/Setter]', 4]);
});

it('runs no getter of an object, and shows where one is', () => {
  const object = { a: 1, b: 2, c: 3, d: 4 };
  Object.defineProperty(object, 'a', { get: never, enumerable: true });
  Object.defineProperty(object, 'b', { set: () => {}, enumerable: true });
  Object.defineProperty(object, 'c', { get: never, set: () => {}, enumerable: true });
  expect(json(object)).toEqual({ a: '[Getter]', b: '[Setter]', c: '[Getter/Setter]', d: 4 });
});

it('shows a value of its own that stands before an inherited getter, and nothing inherited', () => {
  class Below {
    declare own: string;
  }
  const getter = { get: never, set: () => {}, enumerable: true };
  Object.defineProperty(Below.prototype, 'own', getter);
  Object.defineProperty(Below.prototype, 'other', getter);
  Object.assign(Below.prototype, { third: 3 });
  const object = Object.defineProperty(new Below(), 'own', { value: 'mine', enumerable: true });
  expect(json(object)).toEqual({ own: 'mine' });
});

it('reads no property of a Proxy but through its descriptors', () => {
  const trapped: string[] = [];
  const note = (trap: string): never => {
    trapped.push(trap);
    throw new Error(trap);
  };
  const object = new Proxy({ a: 1 }, { get: () => note('get') });
  expect(json({ object })).toEqual({ object: { a: 1 } });
  expect(trapped).toEqual([]);
});

it('shows a symbol that is called like an accessor as the symbol it is', () => {
  expect(json({ s: Symbol('Getter'), list: [Symbol('absent')] })).toEqual({
    s: '[Symbol(Getter)]',
    list: ['[Symbol(absent)]'],
  });
});

it('shows a hole as JSON does, whatever stands behind it', () => {
  // eslint-disable-next-line no-sparse-arrays -- the case
  const list = [1, , 3];
  let text: string;
  Object.defineProperty(Array.prototype, 1, { get: never, set: () => {}, configurable: true });
  try {
    ({ text } = captureValue(list, DEFAULT_LIMITS, Redaction.standard));
  } finally {
    Reflect.deleteProperty(Array.prototype, 1);
  }
  expect(text).toBe('[1,null,3]');
});

it('shows undefined, null and nested lists', () => {
  expect(json([undefined, null, [undefined], 'x'])).toEqual(['[undefined]', null, ['[undefined]'], 'x']);
  expect(json({ a: undefined, b: { c: undefined } })).toEqual({ a: '[undefined]', b: { c: '[undefined]' } });
});

it('reads no element of a Proxy through its get trap', () => {
  const read: PropertyKey[] = [];
  const list = new Proxy(['a', 'b'], {
    get: (target, key, self) => {
      read.push(key);
      return Reflect.get(target, key, self) as unknown;
    },
  });
  expect(json({ list })).toEqual({ list: ['a', 'b'] });
  expect(read.filter((key) => key !== 'length')).toEqual([]);
});

it('withholds the value of a pair whose name is a secret’s, in arrays and Proxies of them', () => {
  const pair = ['authorization', 'abcdefgh'];
  for (const list of [pair, new Proxy(pair, {})]) expect(json([list])).toEqual([['authorization', '__REDACTED__']]);
  expect(json([['authorization', 'abcdefgh', 'c']])).toEqual([['authorization', 'abcdefgh', 'c']]);
});
