import { gap } from '../../lib/capture/json-text.js';
import { Redaction, type Redact } from '../../lib/capture/redaction.js';
import { diagLog } from '../support/diag-log.js';

const { standard } = Redaction;

describe('rules', () => {
  it('that are not given change nothing', () => {
    expect(standard.with(undefined)).toBe(standard);
    expect(standard.with({}).text('a secret is no word')).toBe('a secret is no word');
    expect(standard.with({ keys: undefined, patterns: undefined, redactor: undefined }).key('k').secret).toBe(false);
  });

  it('add to those that were there, which stay as they were', () => {
    const first = standard.with({ keys: ['patient'], patterns: [/CASE-\d+/] });
    const second = first.with({ keys: ['Doctor_Name'], patterns: [/WARD-\d+/] });
    expect(second.text('CASE-1 in WARD-2')).toBe('__REDACTED__ in __REDACTED__');
    expect([second.key('patient').secret, second.key('doctorName').secret]).toEqual([true, true]);
    expect(first.text('CASE-1 in WARD-2')).toBe('__REDACTED__ in WARD-2');
    expect([first.key('patient').secret, first.key('doctorName').secret]).toEqual([true, false]);
    expect(standard.text('CASE-1 in WARD-2')).toBe('CASE-1 in WARD-2');
    expect(standard.key('patient').secret).toBe(false);
  });

  it.each<[string, RegExp, string, string]>([
    ['every match, global or not', /a/, 'banana', 'b__REDACTED__n__REDACTED__n__REDACTED__'],
    ['every match of a global pattern', /a/g, 'bana', 'b__REDACTED__n__REDACTED__'],
    ['with the flags it has', /A/i, 'ba', 'b__REDACTED__'],
    ['with its u flag', /\p{Lu}/u, 'Ä', '__REDACTED__'],
  ])('a pattern withholds %s', (_, pattern, text, expected) => {
    const redaction = standard.with({ patterns: [pattern] });
    expect(redaction.text(text)).toBe(expected);
    expect(redaction.text(text)).toBe(expected);
  });

  it('run in order: the default ones, patterns, the function', () => {
    const seen: string[] = [];
    const redaction = standard.with({
      patterns: [/CASE-\d+/],
      redactor: (text) => (seen.push(text), text.replace('of', 'OF')),
    });
    expect(redaction.text('CASE-17 of hf_a1B2c3D4e5F6g7H8i9J0')).toBe('__REDACTED__ OF __REDACTED__');
    expect(seen).toEqual(['__REDACTED__ of __REDACTED__']);
    expect(redaction.with((text) => text.toLowerCase()).text('OF')).toBe('of');
  });

  it.each<[string, unknown, string]>([
    ['a rule it does not know', { key: [] }, 'redact: unknown rule "key". Known: keys, patterns, redactor.'],
    ['a pattern that is a string', { patterns: ['x'] }, 'redact.patterns: expected regular expressions, got string.'],
    ['a pattern that looks like one', { patterns: [{ source: 'x', flags: '' }] }, 'redact.patterns: expected regular expressions, got object.'],
    ['a key that is no string', { keys: [/x/] }, 'redact.keys: expected strings, got object.'],
    ['a redactor that is no function', { redactor: 'x' }, 'redact.redactor: expected a function, got string.'],
  ])('%s is a TypeError', (_, rules, message) => {
    expect(() => standard.with(rules as Redact)).toThrow(new TypeError(message));
  }); // prettier-ignore
});

describe('a redactor that fails', () => {
  it.each<[string, () => string, string]>([
    ['throws', () => { throw new Error('mine'); }, 'spandrel: a redactor failed, so the value is withheld: Error: mine'],
    ['gives no string', () => 5 as never, 'spandrel: a redactor gave no string, so the value is withheld'],
  ])('and %s withholds the value, which is reported once', (_, redactor, warning) => {
    const log = diagLog();
    const redaction = standard.with(redactor);
    expect([redaction.text('a'), redaction.text('b')]).toEqual(['__REDACTED__', '__REDACTED__']);
    expect(redaction.key('a').first.plain).toBe('"__REDACTED__":');
    expect(log.warnings).toEqual([warning]);
    log.stop();
  }); // prettier-ignore

  it('is the last that sees the value', () => {
    let calls = 0;
    const redaction = standard.with(() => undefined as never).with((text) => (calls++, text));
    expect(redaction.text('a')).toBe('__REDACTED__');
    expect(calls).toBe(0);
  });
});

describe('a key', () => {
  it.each<[string, string, { quoted: string; secret: boolean; card: boolean }]>([
    ['is written as it is', 'name', { quoted: '"name"', secret: false, card: false }],
    ['is quoted', 'a"b\n', { quoted: '"a\\"b\\n"', secret: false, card: false }],
    ['may name a secret', 'Api-Key', { quoted: '"Api-Key"', secret: true, card: false }],
    ['may speak of a card', 'cardNumber', { quoted: '"cardNumber"', secret: false, card: true }],
    ['may be a secret', 'hf_a1B2c3D4e5F6g7H8i9J0', { quoted: '"__REDACTED__"', secret: false, card: false }],
    ['of 256 characters is whole', 'k'.repeat(256), { quoted: `"${'k'.repeat(256)}"`, secret: false, card: false }],
    ['of 257 characters is cut', 'k'.repeat(257), { quoted: `"${'k'.repeat(256)}…"`, secret: false, card: false }],
    ['of 256 characters may name a secret', `${'_'.repeat(251)}token`, { quoted: `"${'_'.repeat(251)}token"`, secret: true, card: false }],
    ['is not looked at behind its cut', `${'_'.repeat(252)}token card`, { quoted: `"${'_'.repeat(252)}toke…"`, secret: false, card: false }],
  ])('%s', (_, key, { quoted, ...rule }) => {
    const expected = { ...rule, first: gap(`${quoted}:`), next: gap(`,${quoted}:`) };
    expect(standard.key(key)).toEqual(expected);
    expect(standard.key(key)).toEqual(expected);
  }); // prettier-ignore

  it('that is too long names no secret, whatever the rules say', () => {
    expect(standard.with({ keys: ['k'.repeat(257)] }).key('k'.repeat(257)).secret).toBe(false);
  });

  it('is looked at once when it has up to 64 characters, and 4,096 of them are remembered', () => {
    let calls = 0;
    const redaction = standard.with((text) => (calls++, text));
    const callsFor = (key: string): number => {
      const before = calls;
      redaction.key(key);
      return calls - before;
    };
    const short = 'k'.repeat(64);
    const long = 'k'.repeat(65);
    expect([callsFor(short), callsFor(short), callsFor(long), callsFor(long)]).toEqual([1, 0, 1, 1]);
    for (let i = 1; i < 4_096; i++) redaction.key(`k${i}`);
    expect([callsFor('k4095'), callsFor('one more'), callsFor('one more'), callsFor(short)]).toEqual([0, 1, 1, 0]);
  });
});
