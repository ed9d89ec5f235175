import fc from 'fast-check';
import { redactKeyed } from '../../lib/capture/keyed-secrets.js';
import { isPlainWords } from '../../lib/capture/plain-words.js';
import { isSecretKey, normalizeKey } from '../../lib/capture/secret-keys.js';
import { redactSecrets } from '../../lib/capture/secret-patterns.js';
import { propertyRuns } from '../support/property-runs.js';

const runs = propertyRuns(2_000);

it.each([
  'order-4711',
  'Acme Corp',
  'gpt-4o',
  'leave at the door please',
  "Isn't it 3 pieces (or 4)?",
  'It is late. Come, sit down!',
  '',
  '2026-11-23',
  'user@host',
  ' leading',
])('%p is plain', (text) => {
  expect(isPlainWords(text)).toBe(true);
});

it.each([
  'line\nbreak',
  'a "word"',
  'back\\slash',
  'pass=x',
  'a: b',
  '4111 1111 1111 1111',
  '4111-1111-1111-1111',
  'elevenchars',
  'eyJhbGciOiJ',
  '-----BEGIN PRIVATE KEY-----',
  'ünicode',
  ' leading space',
  'a'.repeat(200),
])('%p is not', (text) => {
  expect(isPlainWords(text)).toBe(false);
});

it('has nothing to withhold and nothing to escape where it is plain', () => {
  const piece = fc.constantFrom(
    ...['sk-', 'ghp_', 'AKIA', 'eyJ', 'Bearer', 'bearer ', 'SG.', 'xoxb-', 'password', 'key', 'token=', 'Authorization: ', '4111', '1111'],
    ...[' ', ',', '-', '.', '_', '"', ':', '=', '://', '?', '@', '\\', '\n', 'word', 'a', '7', '1234', 'abcdefghij', 'ABCDEFGH12'],
  ); // prettier-ignore
  let plain = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      if (!isPlainWords(text)) return;
      plain++;
      expect(redactSecrets(redactKeyed(text, (key) => isSecretKey(normalizeKey(key))))).toBe(text);
      expect(JSON.stringify(text)).toBe(`"${text}"`);
    }),
    runs,
  );
  expect(plain).toBeGreaterThan(runs.numRuns / 50);
});
