import { DEFAULT_LIMITS, resolveLimits, type LimitOptions } from '../../lib/capture/limits.js';

const defaults = {
  characters: 16_384,
  depth: 12,
  entries: 200,
  contextCharacters: 8_192,
  messageCharacters: 32_768,
  messagesCharacters: 262_144,
};
const most = 268_435_456;
const smallest = {
  characters: 256,
  depth: 1,
  entries: 1,
  contextCharacters: 256,
  messageCharacters: 256,
  messagesCharacters: 256,
};

it.each<[string, LimitOptions | false | undefined, object]>([
  ['none given', undefined, defaults],
  ['one given', { depth: 3 }, { ...defaults, depth: 3 }],
  ['the smallest', smallest, smallest],
  ['undefined', { depth: undefined }, defaults],
  ['false for one', { characters: false }, { ...defaults, characters: most }],
  ['more than can be', { characters: 1e12, depth: 1e12 }, { ...defaults, characters: most, depth: 1_000 }],
  [
    'false for all',
    false,
    {
      characters: most,
      depth: 1_000,
      entries: 9_007_199_254_740_991,
      contextCharacters: most,
      messageCharacters: most,
      messagesCharacters: most,
    },
  ],
])('%s', (_, options, expected) => {
  expect(resolveLimits(options)).toEqual(expected);
});

it('the defaults stay as they are', () => {
  resolveLimits({ depth: 3 });
  expect(DEFAULT_LIMITS).toEqual(defaults);
});

it.each<[object, string]>([
  [{ characters: 255 }, 'configure({ limits: { characters } }): expected a whole number of at least 256, or false for none, got 255.'],
  [{ contextCharacters: 0 }, 'configure({ limits: { contextCharacters } }): expected a whole number of at least 256, or false for none, got 0.'],
  [{ depth: 0 }, 'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got 0.'],
  [{ entries: 1.5 }, 'configure({ limits: { entries } }): expected a whole number of at least 1, or false for none, got 1.5.'],
  [{ depth: Infinity }, 'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got Infinity.'],
  [{ depth: '3' }, 'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got 3.'],
  [{ depth: true }, 'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got true.'],
  [{ depth: null }, 'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got null.'],
])('%p is a RangeError', (options, message) => {
  expect(() => resolveLimits(options)).toThrow(new RangeError(message));
}); // prettier-ignore

it('a limit that is not known is a TypeError', () => {
  expect(() => resolveLimits({ length: 3 } as object)).toThrow(
    new TypeError(
      'configure({ limits }): unknown limit "length". Known: characters, depth, entries, contextCharacters, messageCharacters, messagesCharacters.',
    ),
  );
});
