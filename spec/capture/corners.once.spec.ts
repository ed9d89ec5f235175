// Corners that were wrong once.
import { EventEmitter } from 'node:events';
import { Agent, createServer } from 'node:http';
import { captureArguments } from '../../lib/capture/capture-arguments.js';
import { captureText, captureValue } from '../../lib/capture/capture-value.js';
import { ChunkAggregate } from '../../lib/capture/chunk-aggregate.js';
import { DEFAULT_LIMITS } from '../../lib/capture/limits.js';
import { parameterNames } from '../../lib/capture/parameter-names.js';
import { redactAttribute } from '../../lib/capture/redact-attribute.js';
import { hiddenByEnvironment } from '../../lib/capture/hidden.js';
import { Redaction } from '../../lib/capture/redaction.js';

const written = (value: unknown) => captureValue(value, DEFAULT_LIMITS, Redaction.standard).text;
const card = '4111111111111111';

it.each([
  ['Diners Club, grouped as printed', '3056 930902 5904'],
  ['19 digits in groups', '6304 0000 0000 0000 000'],
  ['a plain number beside a word', `card ${card}`],
])('a card number: %s', (_, text) => {
  expect(captureText(text, 1_000, Redaction.standard).text).toContain('__REDACTED__');
});

it.each([
  [{ cards: [card] }, '{"cards":["__REDACTED__"]}'],
  [{ cards: [Number(card)] }, '{"cards":["__REDACTED__"]}'],
  [{ cardNumber: { toJSON: () => card } }, '{"cardNumber":"__REDACTED__"}'],
  [{ card: new String(card) }, '{"card":"__REDACTED__"}'],
  [
    { card: { number: { value: card } }, order: card },
    `{"card":{"number":{"value":"__REDACTED__"}},"order":"${card}"}`,
  ],
])('a card number below a key that speaks of cards: %j', (value, text) => {
  expect(written(value)).toBe(text);
});

it('a card number in an attribute whose name speaks of cards', () => {
  const redact = (name: string, value: string | number | string[]) => redactAttribute(name, value, Redaction.standard, hiddenByEnvironment()); // prettier-ignore
  expect(redact('payment.card_number', card)).toBe('__REDACTED__');
  expect(redact('payment.card_number', Number(card))).toBe('__REDACTED__');
  expect(redact('payment.cards', ['1', card])).toEqual(['1', '__REDACTED__']);
  expect(redact('order.number', card)).toBe(card);
});

it('a card number that is the only argument', () => {
  expect(captureArguments([card], { names: ['cardNumber'], rest: false }, true, DEFAULT_LIMITS, Redaction.standard)?.text).toBe('{"cardNumber":"__REDACTED__"}'); // prettier-ignore
});

it('arguments and an error’s properties beyond the limit are marked', () => {
  const limits = { ...DEFAULT_LIMITS, entries: 3 };
  const args = captureArguments([1, 2, 3, 4, 5], undefined, true, limits, Redaction.standard);
  expect(args).toMatchObject({ text: '{"arg0":1,"arg1":2,"arg2":3,"…":"…[+2]"}', truncated: true });
  const error = Object.assign(new Error('x'), { a: 1, b: 2, c: 3, d: 4, e: 5 });
  expect(captureValue(error, limits, Redaction.standard)).toMatchObject({
    text: '{"name":"Error","message":"x","a":1,"b":2,"c":3,"…":"…[+2]"}',
    truncated: true,
  });
});

it('classes of the user’s that have the names of platform classes are shown; those of the platform are named', () => {
  const own = (name: string) => Object.assign(new (class {}.constructor(`return class ${name} {}`)() as new () => object)(), { status: 200 }); // prettier-ignore
  for (const name of ['Response', 'Request', 'Agent', 'Server', 'Worker', 'File', 'Socket', 'Headers'])
    expect(written(own(name))).toBe('{"status":200}');
  const server = createServer();
  const agent = new Agent();
  const signal = new AbortController();
  expect([new Response('x'), new Request('http://127.0.0.1'), new Headers(), new Blob([]), server, agent, signal.signal, signal].map(written)).toEqual(
    ['Response', 'Request', 'Headers', 'Blob', 'Server', 'Agent', 'AbortSignal', 'AbortController'].map((name) => `"[${name}]"`),
  ); // prettier-ignore
  expect(written(new EventEmitter())).toContain('{');
  agent.destroy();
});

it('no accessor is run: of a class called URL, of a boxed primitive', () => {
  let ran = 0;
  class URL {
    get href() {
      ran++;
      return 'run';
    }
  }
  const boxed = Object.defineProperty(new String('a'), 'valueOf', { get: () => void ran++ });
  expect(written(new URL())).toBe('{}');
  expect(written(boxed)).toBe('"a"');
  expect(ran).toBe(0);
  expect(written(new globalThis.URL('http://127.0.0.1/x'))).toBe('"http://127.0.0.1/x"');
});

it('a text that fits once its secret is withheld carries no mark', () => {
  const secret = `sk-${'a'.repeat(200)}`;
  const limits = { ...DEFAULT_LIMITS, characters: 100 };
  expect(captureValue([secret], limits, Redaction.standard)).toMatchObject({ text: '["__REDACTED__"]', truncated: false }); // prettier-ignore
});

it('text beside other chunks says all that was cut of it; bytes are counted beside the rest', () => {
  const chunks = new ChunkAggregate({ ...DEFAULT_LIMITS, characters: 400 }, Redaction.standard);
  for (let i = 0; i < 50; i++) chunks.add('x'.repeat(100));
  chunks.add({ odd: 1 });
  chunks.add(new Uint8Array(7));
  const { text, truncated } = chunks.captured();
  const { text: joined, chunks: others, bytes } = JSON.parse(text) as { text: string; chunks: unknown[]; bytes: number }; // prettier-ignore
  expect(text.length).toBeLessThanOrEqual(400);
  expect([others, bytes, truncated]).toEqual([[{ odd: 1 }], 7, true]);
  const [, kept = '', cut = '0'] = /^(x+)…\[\+(\d+) chars\]$/.exec(joined) ?? [];
  expect(kept.length + Number(cut)).toBe(5_000);
});

it('comments round a parameter are read as such', () => {
  const evaluated = (source: string) => (0, eval)(source) as () => unknown;
  expect(parameterNames(evaluated('a /* x */ => f(b, c)'))).toEqual({ names: ['a'], rest: false });
  expect(parameterNames(evaluated('async /* x */ a => f(b)'))).toEqual({ names: ['a'], rest: false });
});

it('an anonymous class of bytes is called what it is', () => {
  expect(written(new (class extends Uint8Array {})(2))).toMatch(/^"\[\w+ 2 bytes\]"$/);
});
