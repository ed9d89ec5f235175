import { copyOf, cutEntriesMark, cutMark, headOf } from '../../lib/capture/cut.js';

it('the marks say how many characters or entries went', () => {
  expect(cutMark(12)).toBe('…[+12 chars]');
  expect(cutEntriesMark(3)).toBe('…[+3]');
});

it.each<[string, string, number, string]>([
  ['a shorter text is whole', 'abc', 4, 'abc'],
  ['a text of that length is whole', 'abc', 3, 'abc'],
  ['a longer one is cut', 'abcd', 2, 'ab'],
  ['nothing is left of length 0', 'abc', 0, ''],
  ['a pair that would be halved goes', 'a😀b', 2, 'a'],
  ['a pair that fits stays', 'a😀b', 3, 'a😀'],
  ['the first pair of all goes', '\ud800\udc00x', 1, ''],
  ['the last pair of all goes', '\udbff\udfffx', 1, ''],
  ['what stands before the surrogates is no half', '\ud7ffab', 1, '\ud7ff'],
  ['a second half alone is no first half', 'a\udc00b', 2, 'a\udc00'],
  ['what stands behind the surrogates is no half', '\ue000ab', 1, '\ue000'],
  ['a whole text keeps what it ends with', 'a\ud83d', 2, 'a\ud83d'],
])('a head: %s', (_, text, length, expected) => {
  expect(headOf(text, length)).toBe(expected);
});

it('a copy is the same text; lone surrogates become U+FFFD', () => {
  expect(copyOf('grüß 😀')).toBe('grüß 😀');
  expect(copyOf('a\ud83d')).toBe('a\ufffd');
});
