// What becomes of spans that a backend does not take. The exporter is the backend here: it answers as the spec says.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { startTracing, type StartTracingOptions, type Tracing } from '../../lib/setup/index.js';
import { otlpJsonLines } from '../../lib/setup/otlp-json.js';
import { unsentFiles, unsentNames } from './support/trace-file.js';

type Done = (result: { code: number; error?: Error }) => void;
const OK = { code: 0 };
const down = () => ({ code: 1, error: new Error('down') });
const refused = (code: number) => ({ code: 1, error: Object.assign(new Error('bad span'), { code }) });

/** A backend whose answers are scripted: `answer` gives one, or nothing, and then `done` is the spec's to call. */
class Backend {
  readonly batches: ReadableSpan[][] = [];
  readonly taken: ReadableSpan[] = [];
  answer: (spans: readonly ReadableSpan[], done: Done) => ReturnType<typeof down> | typeof OK | undefined = () => OK;

  export(spans: ReadableSpan[], done: Done): void {
    this.batches.push(spans);
    const settle: Done = (result) => {
      if (result.code === 0) this.taken.push(...spans);
      done(result);
    };
    const result = this.answer(spans, settle);
    if (result) settle(result);
  }
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
  get names(): string[] {
    return this.taken.map(({ name }) => name);
  }
}

let directory: string;
let backend: Backend;
let said: string[];
let tracing: Tracing | undefined;
const before = { ...process.env };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'spandrel-delivery-'));
  backend = new Backend();
  said = [];
  jest.spyOn(process, 'cwd').mockReturnValue(directory);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(async () => {
  await tracing?.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
  jest.restoreAllMocks();
  process.env = { ...before };
  rmSync(directory, { recursive: true, force: true });
});

function start(options: StartTracingOptions = {}): Tracing {
  return (tracing = startTracing({ backends: [backend], handleSignals: false, ...options }));
}
const spans = (...names: string[]) => {
  for (const name of names) trace.getTracer('spec').startSpan(name).end();
};
const many = (count: number) => spans(...Array.from({ length: count }, (_, i) => `span ${i}`));
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((later) => setTimeout(later, 5));
};

it('keeps what a backend did not take, and sends it after the next success', async () => {
  const { flush } = start();
  backend.answer = down;
  spans('a', 'b');
  await flush();
  expect(unsentNames(directory)).toEqual(['a', 'b']);
  backend.answer = () => OK;
  spans('c');
  await flush();
  expect(backend.names).toEqual(['c', 'a', 'b']);
  expect(unsentFiles(directory)).toEqual([]);
});

it('sends a span from its file exactly as it was', async () => {
  const { flush } = start({ resourceAttributes: { 'service.version': '1.2' } });
  backend.answer = down;
  const tracer = trace.getTracer('spec', '1.2.3');
  const parent = tracer.startSpan('parent', { kind: SpanKind.CLIENT, startTime: [1_700_000_000, 999_999_999] });
  const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
  const child = tracer.startSpan(
    'child "é\u2028',
    {
      attributes: { text: 'x', count: 3, ratio: 0.25, yes: true, list: ['a', 'b'], numbers: [1, 2.5], flags: [false] },
      links: [{ context: remote, attributes: { 'link.type': 'follows' } }],
    },
    trace.setSpan(context.active(), parent),
  );
  child.addEvent('exception', { 'exception.message': 'bad' });
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'bad' });
  child.end();
  parent.end([1_700_000_001, 0]);
  await flush();
  const [failed] = backend.batches;
  backend.answer = () => OK;
  spans('next');
  await flush();
  const json = (list: readonly ReadableSpan[] = []) => [...otlpJsonLines(list, fail)].join('');
  expect(json(backend.taken.slice(1))).toBe(json(failed));
  expect(backend.taken[1]?.duration).toEqual(failed?.[0]?.duration);
});

const fail = (error: unknown) => {
  throw error;
};

it('sends what a process left that is gone, to the same address only', async () => {
  backend.answer = down;
  await (async () => {
    const { shutdown } = start();
    spans('left');
    await shutdown();
  })();
  const [own] = unsentFiles(directory) as [string];
  const rename = (change: (name: string) => string) => {
    const path = join(dirname(own), change(basename(own)));
    writeFileSync(path, readFileSync(own, 'utf8').replaceAll('"left"', `"${change('left')}"`));
  };
  const gone = 4_194_400; // above the highest process id of Linux
  rename((name) => name.replace(`-${process.pid}-`, `-${gone}-`));
  rename((name) => name.replace(`-${process.pid}-`, `-${process.ppid}-`)); // alive, and not us
  rename((name) => name.replace(/^unsent-backend-[0-9a-f]{6}/, 'unsent-backend-ffffff')); // another address
  rename((name) => name.replace(/-[0-9a-f]{6}-(?=\d+-\d+-)/, '-ffffff-')); // another host, just now
  backend.answer = () => OK;
  const { flush } = start();
  spans('next');
  await flush();
  expect(backend.names).toEqual(['next', 'left', 'left']);
  expect(unsentFiles(directory)).toHaveLength(3);
});

it('puts away a span that the backend refuses for what it holds, and sends the others', async () => {
  const { flush } = start();
  backend.answer = (batch) => (batch.some(({ name }) => name === 'span 77') ? refused(400) : OK);
  many(200);
  await flush();
  expect(backend.names).toHaveLength(199);
  expect(unsentFiles(directory).map((file) => basename(file))).toEqual([
    expect.stringMatching(/^unsent-refused-backend-[0-9a-f]{6}\.jsonl$/),
  ]);
  expect(unsentNames(directory)).toEqual(['span 77']);
  const requests = backend.batches.length;
  spans('next');
  await flush();
  expect(backend.batches).toHaveLength(requests + 1);
  expect(said.join('')).toContain('did not take 1 span: bad span');
});

it.each([
  ['HTTP', refused(413)],
  ['gRPC', { code: 1, error: Object.assign(new Error('grpc: received message larger than max'), { code: 8 }) }],
])('sends less at once where a batch is too large for %s', async (_, answer) => {
  const { flush } = start();
  backend.answer = (batch) => (batch.length > 50 ? answer : OK);
  many(512);
  await flush();
  expect(new Set(backend.names).size).toBe(512);
});

it('does not ask for ever where everything is refused', async () => {
  const { flush } = start();
  backend.answer = () => refused(400);
  many(512);
  await flush();
  expect(backend.batches.length).toBeLessThan(140);
  expect(unsentNames(directory)).toHaveLength(512);
});

it('writes down what is on its way for longer than an interval, and takes it back when it arrives', async () => {
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '10';
  start();
  let arrive: Done | undefined;
  backend.answer = (_, done) => void (arrive ??= done);
  spans('slow');
  await until(() => arrive !== undefined);
  spans('waiting');
  await until(() => unsentFiles(directory).length === 2);
  expect(unsentNames(directory).sort()).toEqual(['slow', 'waiting']);
  backend.answer = () => OK;
  arrive?.(OK);
  await until(() => unsentFiles(directory).length === 0);
  expect(backend.names).toEqual(['slow', 'waiting']);
});

it('does not take an exporter that never answers for a success', async () => {
  process.env['OTEL_BSP_EXPORT_TIMEOUT'] = '20';
  const { flush } = start();
  backend.answer = () => undefined;
  spans('a');
  await flush();
  expect(unsentNames(directory)).toEqual(['a']);
  expect(said.join('')).toContain('no answer within 20 ms');
});

it('survives an exporter that throws', async () => {
  const { flush } = start();
  backend.answer = () => fail(new Error('broken'));
  spans('a');
  await flush();
  expect(unsentNames(directory)).toEqual(['a']);
});

it('where nothing can be written, lets as many wait as may, and counts the others', async () => {
  process.env['OTEL_BSP_MAX_QUEUE_SIZE'] = '100';
  writeFileSync(join(directory, '.spandrel'), 'a file in the place of the folder');
  const { flush, shutdown } = start();
  backend.answer = down;
  many(150);
  await flush();
  backend.answer = () => OK;
  await flush();
  expect(backend.names).toHaveLength(100);
  backend.answer = down;
  spans('last');
  await shutdown();
  const text = said.join('');
  expect(text).toMatch(/what Backend does not take cannot be kept: E/);
  expect(text).toContain('51 spans did not reach Backend');
});

it('writes nothing when it must not', async () => {
  const { flush, shutdown } = start({ unsent: false });
  backend.answer = down;
  spans('a');
  await flush();
  backend.answer = () => OK;
  await flush();
  expect(backend.names).toEqual(['a']);
  backend.answer = down;
  spans('b');
  await shutdown();
  expect(existsSync(join(directory, '.spandrel'))).toBe(false);
  expect(said.join('')).toContain('Backend did not take 1 span: tracing was shut down');
});

it('keeps no more than the unsent files may hold, and counts the rest', async () => {
  const { shutdown } = start({ unsent: { maxMegabytes: 0.02 } });
  backend.answer = down;
  many(500);
  await shutdown();
  const kept = unsentNames(directory).length;
  expect(unsentFiles(directory).reduce((sum, file) => sum + readFileSync(file).length, 0)).toBeLessThan(20_000);
  expect(said.join('')).toMatch(new RegExp(`${500 - kept} spans`));
  expect(said.join('')).toContain('are full');
});

it('sends the rest of a file whose last line was cut off, and keeps the piece', async () => {
  const { flush } = start();
  backend.answer = down;
  spans('a');
  await flush();
  const [file] = unsentFiles(directory) as [string];
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"resourceSpans":[{"sco`);
  backend.answer = () => OK;
  spans('b');
  await flush();
  expect(backend.names).toEqual(['b', 'a']);
  const [refusedFile] = unsentFiles(directory) as [string];
  expect(readFileSync(refusedFile, 'utf8')).toBe('{"resourceSpans":[{"sco\n');
});

it('goes on with a file where a failure stopped it', async () => {
  const { flush } = start();
  backend.answer = down;
  many(512);
  await flush();
  let left = 3; // the batch of the next flush, and two lines of the file
  backend.answer = () => (left-- > 0 ? OK : down());
  spans('next');
  await flush();
  expect(backend.names).toHaveLength(1 + 2 * 64);
  backend.answer = () => OK;
  spans('last');
  await flush();
  expect(new Set(backend.names).size).toBe(514);
  expect(backend.names).toHaveLength(514);
});

it('what is new, and other files, do not wait for a file that always fails', async () => {
  const { flush } = start();
  backend.answer = down;
  spans('poison');
  await flush();
  const [file] = unsentFiles(directory) as [string];
  writeFileSync(file.replace(/\.jsonl$/, '0.jsonl'), readFileSync(file, 'utf8').replace('"poison"', '"kept"'));
  backend.answer = (batch) => (batch.some(({ name }) => name === 'poison') ? down() : OK);
  for (const name of ['new', 'newer']) {
    spans(name);
    await flush();
  }
  expect(backend.names).toEqual(['new', 'newer', 'kept']);
  expect(unsentNames(directory)).toEqual(['poison']);
});

it('another folder may hold them, for its owner only', async () => {
  const { flush } = start({ unsent: { directory: 'kept' } });
  backend.answer = down;
  spans('a');
  await flush();
  mkdirSync(join(directory, 'moved'));
  renameSync(join(directory, 'kept'), join(directory, 'moved/.spandrel'));
  expect(unsentNames(join(directory, 'moved'))).toEqual(['a']);
});

it('makes no spans of the requests of an exporter', async () => {
  const { flush } = start();
  backend.answer = () => {
    spans('of the exporter');
    return OK;
  };
  spans('a');
  await flush();
  await flush();
  expect(backend.names).toEqual(['a']);
});

it('reads nothing but its own kind of file', async () => {
  start();
  mkdirSync(join(directory, '.spandrel'));
  for (const name of ['unsent-.jsonl', 'unsent-backend.jsonl', 'unsent-backend-000000-000000-x-0-a.jsonl', 'unsent-x'])
    writeFileSync(join(directory, '.spandrel', name), 'not ours');
  spans('a');
  await tracing?.flush();
  expect(backend.names).toEqual(['a']);
});
