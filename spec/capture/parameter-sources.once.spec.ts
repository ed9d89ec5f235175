import { parameterNames } from '../../lib/capture/parameter-names.js';
import type { AnyFn } from '../../lib/index.js';

const evaluated = (source: string): AnyFn => new Function(`return ${source}`)() as AnyFn;
const method = (source: string): AnyFn => Object.values(evaluated(`({ ${source} })`))[0] as AnyFn;

it.each<[string, string, (string | undefined)[]]>([
  ['a quote of the other kind in a string', `(a = "it's (", b = '"') => 1`, ['a', 'b']],
  ['an escaped quote', String.raw`(a = 'say \'b, c\' (', d) => 1`, ['a', 'd']],
  ['an escaped backslash', String.raw`(a = "\\", b = '\\') => 1`, ['a', 'b']],
  ['braces in a template', '(a = `x, ${ { y: `)${1}` }.y } (`, b) => 1', ['a', 'b']],
  ['an escaped backtick', '(a = `\\`,`, b) => 1', ['a', 'b']],
  ['a dollar and a brace apart', '(a = `$,{ ${1}$`, b = `{}`, c) => 1', ['a', 'b', 'c']],
  ['a dollar behind braces', '(a = `${1}$)`, b) => 1', ['a', 'b']],
  ['a brace in a string in a template', "(a = `${ '}`,' },`, b) => 1", ['a', 'b']],
  ['a brace in a regular expression in a template', '(a = `${ /}`/ },`, b) => 1', ['a', 'b']],
  ['blocks in a template', '(a = `${ (() => { if (1) { } return 2 })() },`, b) => 1', ['a', 'b']],
  ['a slash in a class of a regular expression', '(a = /[/,)]/, b) => 1', ['a', 'b']],
  ['an escaped slash', String.raw`(a = /\/,\)/, b) => 1`, ['a', 'b']],
  ['an escaped bracket', String.raw`(a = /[\]/,)]/, b) => 1`, ['a', 'b']],
  ['a bracket outside a class', String.raw`(a = /]\[,/, b) => 1`, ['a', 'b']],
  ['a regular expression after return', `(a = function () { return /[)}]/ }, b) => 1`, ['a', 'b']],
  ['a regular expression after typeof', `(a = typeof /[)]/, b) => 1`, ['a', 'b']],
  ['divisions', `(a = 4 / 2, b = ')/', c = 1 / 2) => 1`, ['a', 'b', 'c']],
  ['a division after a string', `(a = 'x' / 2, b = ')/', c) => 1`, ['a', 'b', 'c']],
  ['a division after a string, and a body', `(a = 'x' / 2, b = ')/', c) => {}`, ['a', 'b', 'c']],
  ['a division after a string with a slash', `(a = '/x' / 2, b = ')/', c) => 1`, ['a', 'b', 'c']],
  ['a division after a regular expression', `(a = /x/ / 2, b = ')/', c) => 1`, ['a', 'b', 'c']],
  ['a division in a template', '(a = `${ 4 / 2 }/)`, b) => 1', ['a', 'b']],
  ['a template in braces in a template', '(a = `${ { x: {} }[`),`] }`, b) => 1', ['a', 'b']],
  ['a division after a return', `(a = () => { return 1 / 2 }, b = ')/', c) => 1`, ['a', 'b', 'c']],
  ['a division after a typeof', `(a = typeof 1 / 2, b = ')/', c) => 1`, ['a', 'b', 'c']],
  ['brackets of each kind', `(a = (1, 2), b = [1, 2], c = { d: 1, e: 2 }, f = g(1, [2, { h: 3 }])) => 1`, ['a', 'b', 'c', 'f']],
  ['a function as default', `(a = (b, c) => { b(c, 1) }, d) => 1`, ['a', 'd']],
  ['an arrow as default', `(a=b=>b, c) => 1`, ['a', 'c']],
  ['comments', `(a /* ), */, /* b, */ c /**/, d) => 1`, ['a', 'c', 'd']],
  ['a comment that begins with a slash', `(a /*/ ), */, b) => 1`, ['a', 'b']],
  ['a comment to the line’s end', `(a, // ), b\n c) => 1`, ['a', 'c']],
  ['a comment behind a default', `(a = 1 /* / */, b = 2 // /\n, c) => 1`, ['a', 'b', 'c']],
  ['a comma at the end', `(a, b,) => 1`, ['a', 'b']],
  ['spaces', `(  ) => 1`, []],
  ['a comment alone', `(/* none */) => 1`, []],
  ['destructuring with defaults', `({ a = 1 }, { b } = {}, [c] = [], [d = 2], e) => 1`, [undefined, undefined, undefined, undefined, 'e']],
  ['an arrow', `x=> x`, ['x']],
  ['an arrow and space', `x   => x`, ['x']],
  ['an async arrow', `async   x => x`, ['x']],
  ['an async arrow with parentheses', `async(x, y) => x`, ['x', 'y']],
  ['a parameter called async', `async => 1`, ['async']],
  ['an arrow that gives an arrow', `(a) => b => b`, ['a']],
  ['signs in names', `($a, _b, c1) => 1`, ['$a', '_b', 'c1']],
  ['joiners in names', `(a\u200db, c\u200cd) => 1`, ['a\u200db', 'c\u200cd']],
  ['an arrow with signs', `$_1 => 1`, ['$_1']],
  ['a function', `function f(a, b) {}`, ['a', 'b']],
  ['a generator', `function* f(a) {}`, ['a']],
  ['an async function', `async function (a) {}`, ['a']],
  ['a long body', `(a) => '${'x'.repeat(100_000)}'`, ['a']],
])('%s', (_, source, names) => {
  expect(parameterNames(evaluated(source))).toStrictEqual({ names, rest: false });
}); // prettier-ignore

it.each<[string, string, (string | undefined)[]]>([
  ['alone', `(...rest) => 1`, ['rest']],
  ['with space', `(... rest) => 1`, ['rest']],
  ['behind others', `(a, b, ...rest) => 1`, ['a', 'b', 'rest']],
  ['destructured', `(a, ...[b, c]) => 1`, ['a', undefined]],
])('rest: %s', (_, source, names) => {
  expect(parameterNames(evaluated(source))).toStrictEqual({ names, rest: true });
});

it('a spread in a default is no rest', () => {
  expect(parameterNames(evaluated(`(a, b = [...c]) => 1`))).toStrictEqual({ names: ['a', 'b'], rest: false });
});

it.each<[string, string]>([
  ['quoted', `'one (,)'(a) {}`],
  ['quoted twice', `"it's ("(a) {}`],
  ['computed', `['x(' + "]"](a) {}`],
  ['computed by a template', '[`${"("}]`](a) {}'],
  ['computed, with brackets in brackets', `[[1, 2].join('(')](a) {}`],
  ['computed by a call', `[String([1])](a) {}`],
  ['computed by a regular expression', String.raw`[/\(]/.source](a) {}`],
  ['computed by divisions', `[8 / 2 / 1](a) {}`],
  ['computed by a division', `[8 / 2](a = ')/') {}`],
  ['behind a comment', `async /* (b, c) */ m(a) {}`],
  ['behind a comment to the line’s end', `async * // (b, c)\n m(a) {}`],
  ['async', `async m(a) {}`],
  ['a generator', `*m(a) {}`],
  ['a setter’s word', `set(a) {}`],
])('a method’s name %s', (_, source) => {
  expect(parameterNames(method(source))).toStrictEqual({ names: ['a'], rest: false });
});

it.each<[string, unknown]>([
  ['a proxy', new Proxy((a: number) => a, {})],
  ['no function', {}],
  ['parameters longer than 100,000 characters', evaluated(`(a = '${'x'.repeat(100_000)}', b) => 1`)],
  ['a comment longer than 100,000 characters', evaluated(`(a /* ${'x'.repeat(100_000)} */, b) => 1`)],
])('%s: not known', (_, fn) => {
  expect(parameterNames(fn as AnyFn)).toBeUndefined();
});
