// Capturing costs what the limits allow, not what the value holds: counted, since time depends on the machine.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { captureText, captureValue } from '../../lib/capture/capture-value.js';
import { ChunkAggregate } from '../../lib/capture/chunk-aggregate.js';
import { DEFAULT_LIMITS } from '../../lib/capture/limits.js';
import { Redaction } from '../../lib/capture/redaction.js';

const capture = (value: unknown) => captureValue(value, DEFAULT_LIMITS, Redaction.standard);

/** A proxy of `target` that counts what is asked of it and of what it holds. */
function counting(target: object): { readonly proxy: object; readonly count: () => number } {
  let count = 0;
  const handler: ProxyHandler<object> = {};
  for (const trap of ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const)
    handler[trap] = (...args: unknown[]) => {
      count++;
      return (Reflect[trap] as (...all: unknown[]) => any)(...args);
    };
  return { proxy: new Proxy(target, handler), count: () => count };
}

it.each([
  ['an array of 1,000,000 numbers', () => new Array<number>(1_000_000).fill(1)],
  ['an array of 1,000 long texts', () => new Array<string>(1_000).fill('x'.repeat(10_000))],
])('%s is read as far as it is shown', (_, make) => {
  const { proxy, count } = counting(make());
  expect(capture(proxy).text.length).toBeLessThanOrEqual(DEFAULT_LIMITS.characters);
  expect(count()).toBeLessThan(1_000);
});

it('an object of 100,000 properties: the properties that are shown are read, the others counted', () => {
  let read = 0;
  const target = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]));
  const proxy = new Proxy(target, {
    getOwnPropertyDescriptor: (object, key) => {
      if (Object.hasOwn(object, key)) read++;
      return Reflect.getOwnPropertyDescriptor(object, key);
    },
  });
  const { text } = capture(proxy);
  expect(text.length).toBeLessThanOrEqual(DEFAULT_LIMITS.characters);
  expect(text).toContain(`…[+${100_000 - DEFAULT_LIMITS.entries}]`);
  // Object.keys on a proxy asks for each descriptor once more, to count what is left
  expect(read).toBeLessThan(2 * 100_000 + 1_000);
});

it('values below many levels, in many containers, are read no further than the whole may be long', () => {
  let made = 0;
  const tree = (levels: number): unknown => ({
    get toJSON() {
      return undefined;
    },
    children: levels === 0 ? [] : new Proxy(new Array(200).fill(0), { getOwnPropertyDescriptor: (array, key) => {
      if (key === 'length' || typeof key === 'symbol' || !/^\d+$/.test(key)) return Reflect.getOwnPropertyDescriptor(array, key);
      made++;
      return { value: tree(levels - 1), configurable: true, enumerable: true, writable: true };
    } }),
  }); // prettier-ignore
  expect(capture(tree(10)).text.length).toBeLessThanOrEqual(DEFAULT_LIMITS.characters);
  expect(made).toBeLessThan(DEFAULT_LIMITS.characters);
});

it('a redactor sees no more than the limit and what lies just behind it', () => {
  const seen: number[] = [];
  const redaction = Redaction.standard.with((text) => {
    seen.push(text.length);
    return text;
  });
  captureText('x'.repeat(20_000_000), DEFAULT_LIMITS.characters, redaction);
  captureValue({ a: 'x'.repeat(20_000_000) }, DEFAULT_LIMITS, redaction);
  const chunks = new ChunkAggregate(DEFAULT_LIMITS, redaction);
  for (let i = 0; i < 1_000; i++) chunks.add('x'.repeat(20_000));
  expect(chunks.captured().text).toContain(`chars]`);
  expect(Math.max(...seen)).toBeLessThanOrEqual(DEFAULT_LIMITS.characters + 512);
});

it('a pattern of ours that nearly matches everywhere is tried in linear time', () => {
  // what a backtracking pattern would take years for ends at once; the spec's own time limit is the proof
  const starts = [
    'sk-',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'Bearer ',
    '4111 1111 ',
    'data:a;',
    'AKIA',
    'ghp_',
    'a.b.c.',
  ];
  for (const start of starts) {
    const nearly = start.repeat(Math.floor(100_000 / start.length));
    expect(captureText(nearly, 200_000, Redaction.standard).text.length).toBeGreaterThan(0);
    expect(captureText(`${start}${'a'.repeat(100_000)}!`, 200_000, Redaction.standard).text.length).toBeGreaterThan(0);
    expect(captureText(`${start}${' '.repeat(100_000)}!`, 200_000, Redaction.standard).text.length).toBeGreaterThan(0);
    expect(captureText(`${start}${'1 '.repeat(50_000)}!`, 200_000, Redaction.standard).text.length).toBeGreaterThan(0);
  }
});

describe('what is kept of a value keeps nothing else of it alive', () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const heap = () => {
    gc();
    return process.memoryUsage().heapUsed;
  };
  /** A text of 2 MB that is one flat string of its own. */
  const large = (i: number) => Buffer.alloc(2_000_000, 97 + (i % 26)).toString('latin1');

  it.each([
    ['a cut text', (i: number) => captureText(large(i), 16_384, Redaction.standard).text],
    ['a cut text within an object', (i: number) => capture({ text: large(i) }).text],
    ['the text of chunks', (i: number) => { const chunks = new ChunkAggregate(DEFAULT_LIMITS, Redaction.standard); chunks.add(large(i)); return chunks; }],
    ['a chunk of no known shape', (i: number) => { const chunks = new ChunkAggregate(DEFAULT_LIMITS, Redaction.standard); chunks.add({ odd: large(i) }); return chunks; }],
  ])('%s', (_, make) => {
    make(0);
    const before = heap();
    const kept = Array.from({ length: 50 }, (_unused, i) => make(i));
    expect(heap() - before).toBeLessThan(20_000_000); // 50 texts of 16 kB, not of 2 MB
    expect(kept).toHaveLength(50);
  }); // prettier-ignore
});
