import { captureArguments, type CaptureArgs } from '../../lib/capture/capture-arguments.js';
import { DEFAULT_LIMITS, resolveLimits } from '../../lib/capture/limits.js';
import type { ParameterNames } from '../../lib/capture/parameter-names.js';
import { Redaction } from '../../lib/capture/redaction.js';

const named = (...names: (string | undefined)[]): ParameterNames => ({ names, rest: false });
const rest = (...names: (string | undefined)[]): ParameterNames => ({ names, rest: true });
const text = (args: unknown[], parameters: ParameterNames | undefined, capture: CaptureArgs = true) => {
  const captured = captureArguments(args, parameters, capture, DEFAULT_LIMITS, Redaction.standard);
  return captured && [captured.mimeType, captured.text];
};
const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

it.each<[string, unknown[], ParameterNames | undefined, CaptureArgs, [string, string]]>([
  ['by name', [1, 'x'], named('a', 'b'), true, [JSON_TYPE, '{"a":1,"b":"x"}']],
  ['by number where names are not known', [1, 'x'], undefined, true, [JSON_TYPE, '{"arg0":1,"arg1":"x"}']],
  ['by number where one has no name', [{}, 2], named(undefined, 'b'), true, [JSON_TYPE, '{"arg0":{},"b":2}']],
  ['more than declared', [1, 2, 3], named('a'), true, [JSON_TYPE, '{"a":1,"arg1":2,"arg2":3}']],
  ['fewer than declared', [1], named('a', 'b'), true, [JSON_TYPE, '{"a":1}']],
  ['none', [], named('a'), true, [JSON_TYPE, '{}']],
  ['one string as text', ['x'], named('a'), true, [TEXT_TYPE, 'x']],
  ['one empty string as text', [''], named('a'), true, [TEXT_TYPE, '']],
  ['one number', [1], named('a'), true, [JSON_TYPE, '{"a":1}']],
  ['one string for two parameters', ['x'], named('a', 'b'), true, [JSON_TYPE, '{"a":"x"}']],
  ['two strings for one parameter', ['x', 'y'], named('a'), true, [JSON_TYPE, '{"a":"x","arg1":"y"}']],
  ['one string without names', ['x'], undefined, true, [JSON_TYPE, '{"arg0":"x"}']],
  ['one string under a secret name', ['x'], named('password'), true, [JSON_TYPE, '{"password":"__REDACTED__"}']],
  ['one string for a rest', ['x'], rest('all'), true, [JSON_TYPE, '{"all":["x"]}']],
  ['a rest takes what follows', [1, 2, 3], rest('a', 'more'), true, [JSON_TYPE, '{"a":1,"more":[2,3]}']],
  ['a rest of nothing', [1], rest('a', 'more'), true, [JSON_TYPE, '{"a":1}']],
  ['a rest without a name', [1, 2], rest('a', undefined), true, [JSON_TYPE, '{"a":1,"arg1":[2]}']],
  ['those that are named', [1, 2, 3], named('a', 'b', 'c'), ['a', 'c'], [JSON_TYPE, '{"a":1,"c":3}']],
  ['those that are numbered', [1, 2], undefined, ['arg1'], [JSON_TYPE, '{"arg1":2}']],
  ['a named rest', [1, 2, 3], rest('a', 'more'), ['more'], [JSON_TYPE, '{"more":[2,3]}']],
  ['one named string as text', ['x'], named('a'), ['a'], [TEXT_TYPE, 'x']],
  ['one string that is not named', ['x'], named('a'), ['b'], [JSON_TYPE, '{}']],
  ['no names', [1, 2], named('a', 'b'), [], [JSON_TYPE, '{}']],
])('%s', (_, args, parameters, capture, expected) => {
  expect(text(args, parameters, capture)).toEqual(expected);
});

it('nothing is captured where nothing is asked for', () => {
  expect(text([1], named('a'), false)).toBeUndefined();
});

it('no more arguments are shown than entries', () => {
  const shown = (args: unknown[]) =>
    captureArguments(args, undefined, true, resolveLimits({ entries: 2 }), Redaction.standard)?.text;
  expect(shown([1, 2])).toBe('{"arg0":1,"arg1":2}');
  expect(shown([1, 2, 3])).not.toContain('arg2');
});

it('a text is cut at its limit', () => {
  const limits = resolveLimits({ characters: 256 });
  expect(captureArguments(['x'.repeat(1_000)], named('a'), true, limits, Redaction.standard)).toEqual({
    mimeType: TEXT_TYPE,
    text: `${'x'.repeat(242)}…[+758 chars]`,
    truncated: true,
  });
});
