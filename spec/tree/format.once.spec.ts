import { formatDuration, formatUsd, oneLine } from '../../lib/tree/format.js';

it.each([
  [0, '$0.00'],
  [0.000875, '$0.000875'],
  [0.00025, '$0.00025'],
  [1.2, '$1.20'],
  [1234.5, '$1,234.50'],
  [0.0000001, '<$0.000001'],
  [0.1 + 0.2, '$0.30'],
  [-0.5, '-$0.50'],
])('%d dollars are %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

it.each([
  [0, '0.0 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [812.4, '812 ms'],
  [999.6, '1.00 s'],
  [59_994, '59.99 s'],
  [59_996, '1 min 00 s'],
  [125_000, '2 min 05 s'],
])('%d milliseconds are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('keeps what a span says on its line, and the terminal as it is', () => {
  expect(oneLine('a\n\u001b[2Jb\u202ec')).toBe('a [2Jb c');
  expect(oneLine('x'.repeat(200), 10)).toBe('xxxxxxxxx…');
});
