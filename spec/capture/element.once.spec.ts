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
