import OpenAI from 'openai';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Observable } from 'rxjs';
import { settle } from '../../../lib/span/settle.js';
import { startModelServer, type ModelServer } from '../../support/shapes-model-server.js';
import { RecordingRun, useContexts } from '../../support/shapes-recording-run.js';

useContexts();

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: ModelServer;
let client: OpenAI;
beforeAll(async () => {
  server = await startModelServer();
  client = new OpenAI({ apiKey: 'key', baseURL: `${server.url}/v1`, maxRetries: 0 });
});
afterAll(() => server.close());

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

/** Collects garbage until every run has ended, or has had many chances to. */
async function ended(runs: readonly RecordingRun[]): Promise<unknown[][]> {
  for (let i = 0; i < 50 && runs.some((run) => run.ends.length === 0); i++) {
    await turn();
    collectGarbage();
    await turn();
  }
  return runs.map((run) => run.ends.map(([what]) => what));
}

// In functions of their own, so that no frame of a test keeps the object.
function* numbers(): Generator<number> {
  yield 1;
  yield 2;
}
async function* later(): AsyncGenerator<number> {
  yield 1;
  yield 2;
}
const iterable = (): AsyncIterable<number> => ({ [Symbol.asyncIterator]: later });
const web = (): ReadableStream => new ReadableStream({ pull: (c) => c.enqueue(1) }, { highWaterMark: 0 });
const chat = () => client.chat.completions.create({ model: 'gpt-x', messages: [] });
const chatStream = () => client.chat.completions.create({ model: 'gpt-x', messages: [], stream: true });
const thenable = () => ({ then: (resolved: (value: number) => void) => resolved(1) });

const cases: [string, () => unknown, (value: any) => unknown][] = [
  ['an unread generator', numbers, () => {}],
  ['a partly read generator', numbers, (g: Generator) => g.next()],
  ['an unread async generator', later, () => {}],
  ['a partly read async generator', later, (g: AsyncGenerator) => g.next()],
  ['an unread async iterable', iterable, () => {}],
  ['a partly read async iterable', iterable, (i: AsyncIterable<number>) => i[Symbol.asyncIterator]().next()],
  ['an unread web stream', web, () => {}],
  ['a partly read web stream', web, (s: ReadableStream) => s.getReader().read()],
  ['a teed web stream', web, (s: ReadableStream) => s.tee()[0].getReader().read()],
  ['an unread Readable', () => Readable.from(['a', 'b']), () => {}],
  ['an SDK promise that is not awaited', chat, () => {}],
  ['an SDK stream that is not read', chatStream, (p: Promise<unknown>) => p],
  [
    'an SDK stream that is partly read',
    chatStream,
    async (p: ReturnType<typeof chatStream>) => (await p)[Symbol.asyncIterator]().next(),
  ],
  ['a query that is not run', thenable, () => {}],
  ['an observable without subscribers', () => new Observable(() => {}), () => {}],
  ['a promise of an unread stream', async () => web(), (p: Promise<unknown>) => p],
];

test.each(cases)('%s is abandoned when it is garbage', async (_, make, use) => {
  const runs = Array.from({ length: 20 }, () => new RecordingRun());
  const begin = async (run: RecordingRun): Promise<void> => {
    await use(settle(make(), run));
  };
  await Promise.all(runs.map(begin));
  expect(await ended(runs)).toEqual(runs.map(() => ['abandon']));
});

test.each(cases.slice(0, 10))('%s that somebody keeps is not abandoned', async (_, make, use) => {
  const run = new RecordingRun();
  const kept = settle(make(), run);
  const used: unknown = await use(kept);
  for (let i = 0; i < 5; i++) {
    collectGarbage();
    await turn();
  }
  expect(run.ends).toEqual([]);
  expect([kept, used]).toHaveLength(2);
});

const inUse: [string, () => unknown, (value: any) => AsyncIterator<unknown>][] = [
  [
    'a teed SDK stream',
    chatStream,
    (s: { tee(): AsyncIterable<unknown>[] }) => (s.tee()[0] as AsyncIterable<unknown>)[Symbol.asyncIterator](),
  ],
  ['an SDK stream by its iterator', chatStream, (s: AsyncIterable<unknown>) => s[Symbol.asyncIterator]()],
  ['a teed web stream', web, (s: ReadableStream) => s.tee()[1].values()],
  ['a web stream by its iterator', web, (s: ReadableStream) => s.values()],
  ['an iterable by its iterator', iterable, (s: AsyncIterable<unknown>) => s[Symbol.asyncIterator]()],
  [
    'an iterable whose iterator knows nothing of it',
    () => ({ [Symbol.asyncIterator]: () => later() }),
    (s: AsyncIterable<unknown>) => s[Symbol.asyncIterator](),
  ],
];

test.each(inUse)('%s is read on when nobody keeps the stream itself', async (_, make, open) => {
  const run = new RecordingRun();
  const begin = async (): Promise<AsyncIterator<unknown>> => open(await settle(make(), run));
  const iterator = await begin();
  await iterator.next();
  for (let i = 0; i < 5; i++) {
    collectGarbage();
    await turn();
  }
  await iterator.next();
  expect(run.log.map(([what]) => what)).toEqual(['chunk', 'chunk']);
});

test('a query whose builder is dropped while it runs ends with its rows', async () => {
  const run = new RecordingRun();
  let finish!: (rows: number[]) => void;
  const work = new Promise<number[]>((done) => (finish = done));
  const begin = (): Promise<number[]> => {
    const query = { then: (a: (rows: number[]) => number[], b: () => never) => work.then(a, b) };
    return (settle(query, run) as typeof query).then((rows) => rows, undefined as never);
  };
  const rows = begin();
  for (let i = 0; i < 5; i++) {
    collectGarbage();
    await turn();
  }
  finish([1]);
  await rows;
  expect(run.log).toEqual([['succeed', [1]]]);
});

test('a source that has ended with a value that refers to it can be collected', async () => {
  const begin = (): WeakRef<object> => {
    const end: { of?: object } = {};
    const source = (function* () {
      yield 1;
      return end;
    })();
    end.of = source;
    const forgetful = {
      enter: (fn: () => unknown, self: unknown) => Reflect.apply(fn, self, []),
      chunk() {},
      succeed() {},
      fail() {},
      cancel() {},
      abandon() {},
    };
    const given = settle(source, forgetful as never) as typeof source;
    expect([...given]).toEqual([1]);
    return new WeakRef(given);
  };
  const ended = begin();
  for (let i = 0; i < 20 && ended.deref(); i++) {
    await turn();
    collectGarbage();
  }
  expect(ended.deref()).toBeUndefined();
});
