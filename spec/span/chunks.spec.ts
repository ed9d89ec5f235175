import { Chunks } from '../../lib/span/chunks.js';
import type { SpanRun } from '../../lib/span/span-run.js';

/** A run as chunks see it: where they are gathered. */
function runThat(gather: (chunk: unknown) => void): SpanRun {
  const aggregate = () => ({ add: gather, attributes: () => ({ 'output.value': 'gathered' }) });
  return { plan: { aggregate }, span: { isRecording: () => true } } as unknown as SpanRun;
}

let now = 0;
beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

function delivered(count: number, msBetween: number, chunks = new Chunks(), run = runThat(() => {})): Chunks {
  for (let i = 0; i < count; i++) {
    chunks.add(run, i);
    now += msBetween;
  }
  return chunks;
}

it('each is gathered and counted, however fast they come', () => {
  const gathered: unknown[] = [];
  const chunks = delivered(1_000, 0, new Chunks(), runThat((chunk) => gathered.push(chunk))); // prettier-ignore
  expect(gathered).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  expect(chunks.attributes(900)).toEqual({
    'performance.time_to_first_chunk_ms': 100,
    'performance.chunks': 1_000,
    'output.value': 'gathered',
  });
});

it('of a slow stream it is known when each came', () => {
  const chunks = new Chunks();
  for (let i = 0; i < 40; i++) {
    delivered(1, 20, chunks);
    expect(chunks.lastAt).toBe(1_000 + 20 * i);
  }
  expect(chunks.firstAt).toBe(1_000);
});

it('in a rush the clock is looked at for one chunk in sixteen, which is all that its end can be early by', () => {
  const looks = performance.now as jest.Mock;
  const chunks = delivered(1_002, 0.001);
  expect(looks.mock.calls.length).toBeLessThan(66);
  expect(now - chunks.lastAt).toBeLessThan(0.02);
});

it('a stream that slows down after a rush is timed again', () => {
  const chunks = delivered(100, 0.001);
  delivered(17, 50, chunks);
  delivered(1, 50, chunks);
  expect(chunks.lastAt).toBe(now - 50);
});

it('a gatherer that throws reaches nobody', () => {
  const run = runThat(() => {
    throw new Error('no');
  });
  expect(() => delivered(3, 1, new Chunks(), run)).not.toThrow();
});
