import { escaped } from '../../lib/capture/escaped.js';

const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const ESCAPES = ['"', '\\', '\n', '\t', '\u0000', '\u001f', '\ud83d', '\ude00'];
const OTHERS = ['\u007f', '\u00e9', '\u2028', '€', '😀', "'", '/', '<'];

describe.each([0, 1, 50, 99, 100, 101, 128, 5_000])('the characters of a text of %d and one more', (length) => {
  const rest = 'x'.repeat(length);

  it.each([...ESCAPES, ...OTHERS])('are as JSON has them: %j', (character) => {
    for (const text of [
      character + rest,
      rest + character,
      rest.slice(length / 2) + character + rest.slice(0, length / 2),
    ])
      expect(escaped(text)).toBe(asJson(text));
  });

  it('are as JSON has them where the text is of two-byte characters', () => {
    for (const character of [...ESCAPES, ...OTHERS])
      expect(escaped(`€${rest}${character}`)).toBe(asJson(`€${rest}${character}`));
  });
});
