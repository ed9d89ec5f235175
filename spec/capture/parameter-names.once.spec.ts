import { parameterNames } from '../../lib/capture/parameter-names.js';
import type { AnyFn } from '../../lib/index.js';

class Holder {
  classify(a: number, b: number) {
    return a + b;
  }
  async later(a: number) {
    return a;
  }
  *items(a: number) {
    yield a;
  }
  async *stream(a: number) {
    yield a;
  }
  static make(a: number) {
    return a;
  }
  ['computed (,)'](a: number) {
    return a;
  }
  #hidden(a: number) {
    return a;
  }
  static hidden = (holder: Holder) => holder.#hidden;
}

it.each<[string, AnyFn, (string | undefined)[], boolean]>([
  ['none', () => 1, [], false],
  ['plain', function (a: number, b: number) { return a + b; }, ['a', 'b'], false],
  ['an arrow', (a: number) => a, ['a'], false],
  ['an async arrow', async (a: number) => a, ['a'], false],
  ['an arrow without parentheses', new Function('return a => a')() as AnyFn, ['a'], false],
  ['an async one', new Function('return async a => a')() as AnyFn, ['a'], false],
  ['defaults', (a = 1, b = '),(', c = `\`${[1, 2].join(')')}`) => [a, b, c], ['a', 'b', 'c'], false],
  ['a default with a regular expression', (a = /[)/,]/, b = 4 / 2) => [a, b], ['a', 'b'], false],
  ['rest', (a: number, ...rest: number[]) => [a, rest], ['a', 'rest'], true],
  ['destructured', ({ a }: { a: number }, [b]: number[], c: number) => [a, b, c], [undefined, undefined, 'c'], false],
  ['comments', new Function('return function (a /* , x */, // y)\n b) {}')() as AnyFn, ['a', 'b'], false],
  ['other letters', new Function('return (größe, 名) => 1')() as AnyFn, ['größe', '名'], false],
  ['a method whose name begins with class', Holder.prototype.classify, ['a', 'b'], false],
  ['an async method', Holder.prototype.later, ['a'], false],
  ['a generator method', Holder.prototype.items, ['a'], false],
  ['an async generator method', Holder.prototype.stream, ['a'], false],
  ['a static method', Holder.make, ['a'], false],
  ['a computed name', Holder.prototype['computed (,)'], ['a'], false],
  ['a private method', Holder.hidden(new Holder()), ['a'], false],
])('%s', (_, fn, names, rest) => {
  expect(parameterNames(fn)).toStrictEqual({ names, rest });
}); // prettier-ignore

it.each<[string, AnyFn]>([
  ['native', Math.max],
  ['bound', ((a: number) => a).bind(null)],
  ['a class', class {} as unknown as AnyFn],
])('%s: not known', (_, fn) => {
  expect(parameterNames(fn)).toBeUndefined();
});
