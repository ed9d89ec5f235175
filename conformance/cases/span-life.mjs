import { Readable } from 'node:stream';
import vm from 'node:vm';
import { Observable } from 'rxjs';
import { anthropic, openai } from '../fixtures/model-api.mjs';
import { knex, OnceQuery } from '../fixtures/queries.mjs';
import { Feed, Job, nodeStream, webStream } from '../fixtures/shapes.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'The span lasts as long as the data';
const needs = ['spans'];
const tick = () => new Promise((done) => setImmediate(done));
const bytes = (...texts) => texts.map((text) => new TextEncoder().encode(text));

/** The span is open after each of the first steps and finished, once, after the last. */
const lasts = (what, broken, make, ...steps) => ({
  ...{ group, needs, broken },
  name: what,
  async run(t) {
    let state = t.wrap(make)();
    const last = steps.at(-1);
    for (const [i, step] of steps.slice(0, -1).entries()) {
      const next = step(state);
      state = next === undefined ? state : await next;
      await tick();
      same(t.spans.length, 0, `ended early, at step ${i}`);
    }
    await last(state);
    await t.settled();
    same(t.spans.length, 1);
    same(t.failed(), false);
    same(t.open.length, 0);
  },
});

export default [
  lasts(
    'a promise: until it is settled',
    'ends at return',
    () => new Promise((done) => setTimeout(done, 10, 1)),
    () => undefined,
    (promise) => promise,
  ),
  lasts(
    'a promise subclass: until it is settled',
    'ends at return',
    () => new Job((done) => setTimeout(done, 10, 1)),
    () => undefined,
    (job) => job,
  ),
  lasts(
    'a promise of another realm: until it is settled',
    'ends when settled',
    () => vm.runInNewContext('(later) => new Promise((done) => later(done))')((done) => setTimeout(done, 10, 1)),
    () => undefined,
    (promise) => promise,
  ),
  lasts(
    'a generator: until its last value',
    'ends when settled',
    function* () {
      yield 1;
      yield 2;
    },
    (steps) => void steps.next(),
    (steps) => void steps.next(),
    (steps) => steps.next(),
  ),
  lasts(
    'an async generator: until its last value',
    'ends when settled',
    async function* () {
      yield 1;
      await tick();
      yield 2;
    },
    async (steps) => (await steps.next(), steps),
    async (steps) => (await steps.next(), steps),
    (steps) => steps.next(),
  ),
  lasts(
    'a generator that is left by `break`: until then, and no error',
    'never ends',
    function* () {
      for (let i = 0; ; i++) yield i;
    },
    (steps) => void steps.next(),
    (steps) => steps.return(),
  ),
  lasts(
    'an async generator that is left by `break`: until its `finally` is done, and no error',
    'ends when settled',
    async function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        await tick();
      }
    },
    async (steps) => (await steps.next(), steps),
    async (steps) => {
      for await (const value of steps) if (value === 2) break;
    },
  ),
  lasts(
    'a promise of an async generator: until its last value',
    'ends when settled',
    async () =>
      (async function* () {
        yield 1;
      })(),
    async (promise) => ({ steps: await promise }),
    async ({ steps }) => (await steps.next(), { steps }),
    ({ steps }) => steps.next(),
  ),
  lasts(
    'an iterable object: until its last value',
    'ends at return',
    () => new Feed([1, 2]),
    () => undefined,
    async (feed) => {
      for await (const value of feed) void value;
    },
  ),
  lasts(
    'a web stream read by `new Response(stream)`: until its end',
    'ends at return',
    () => webStream(bytes('a', 'b')),
    () => undefined,
    (stream) => new Response(stream).text(),
  ),
  lasts(
    'a web stream read by hand: until its end',
    'ends at return',
    () => webStream(bytes('a')),
    (stream) => ({ reader: stream.getReader() }),
    async ({ reader }) => (await reader.read(), { reader }),
    ({ reader }) => reader.read(),
  ),
  lasts(
    'a web stream piped through another: until its end',
    'ends at return',
    () => webStream(bytes('a', 'b')),
    () => undefined,
    async (stream) => {
      for await (const chunk of stream.pipeThrough(new TextDecoderStream())) void chunk;
    },
  ),
  lasts(
    'a web stream that is cancelled: until then, and no error',
    'ends at return',
    () => webStream(bytes('a', 'b')),
    () => undefined,
    (stream) => stream.cancel('enough'),
  ),
  lasts(
    'a teed web stream: until one branch is read',
    'ends at return',
    () => webStream(bytes('a', 'b')),
    (stream) => ({ branch: stream.tee()[0] }),
    ({ branch }) => new Response(branch).text(),
  ),
  lasts(
    'a byte stream read with BYOB: until its end',
    'ends at return',
    () =>
      new ReadableStream({
        type: 'bytes',
        start(controller) {
          controller.enqueue(new Uint8Array([1]));
          controller.close();
        },
      }),
    (stream) => ({ reader: stream.getReader({ mode: 'byob' }) }),
    async ({ reader }) => {
      while (!(await reader.read(new Uint8Array(2))).done);
    },
  ),
  lasts(
    'a Node stream in a loop: until its end',
    'ends at return',
    () => nodeStream(['a', 'b']),
    () => undefined,
    (stream) => stream.toArray(),
  ),
  lasts(
    'a Node stream that is piped: until its end',
    'ends at return',
    () => nodeStream(['a', 'b']),
    () => undefined,
    (stream) => Readable.from(stream).toArray(),
  ),
  lasts(
    'a Node stream that is destroyed: until then, and no error',
    'ends at return',
    () => nodeStream(['a', 'b']),
    () => undefined,
    (stream) => stream.destroy(),
  ),
  lasts(
    'an openai call: until the answer is parsed',
    'ends at return',
    () => openai().chat('late'),
    () => undefined,
    (promise) => promise,
  ),
  lasts(
    'an openai stream: until its last chunk',
    'ends when settled',
    () => openai().stream(),
    async (promise) => ({ stream: await promise }),
    async ({ stream }) => {
      for await (const chunk of stream) void chunk;
    },
  ),
  lasts(
    'an openai stream that is teed: until a branch is read',
    'ends when settled',
    () => openai().stream(),
    async (promise) => ({ branch: (await promise).tee()[0] }),
    async ({ branch }) => {
      for await (const chunk of branch) void chunk;
    },
  ),
  lasts(
    'an openai stream got by `.withResponse()`: until its last chunk',
    'ends when settled',
    () => openai().stream(),
    async (promise) => ({ stream: (await promise.withResponse()).data }),
    async ({ stream }) => {
      for await (const chunk of stream) void chunk;
    },
  ),
  lasts(
    'an anthropic stream that is left: until then',
    'ends when settled',
    () => anthropic().stream(),
    async (promise) => ({ stream: await promise }),
    async ({ stream }) => {
      for await (const event of stream) if (event.type === 'content_block_delta') break;
    },
  ),
  lasts(
    'an openai stream helper: until its final completion',
    'ends at return',
    () => openai().helper('late'),
    () => undefined,
    (helper) => helper.finalChatCompletion(),
  ),
  lasts(
    'an anthropic stream helper: until its final message',
    'ends at return',
    () => anthropic().helper('late'),
    () => undefined,
    (helper) => helper.finalMessage(),
  ),
  lasts(
    'a knex query: until it has run',
    'ends at return',
    () => knex().db('users'),
    (query) => void query.where({ id: 1 }),
    (query) => query.then((rows) => rows),
  ),
  lasts(
    'a Mongoose-like query run by `.exec()`: until it has run',
    'ends at return',
    () => new OnceQuery(1),
    () => undefined,
    (query) => query.exec(),
  ),
  {
    ...{ group, needs },
    name: 'an Observable: a span a subscription, to complete or unsubscribe',
    broken: 'ends when settled',
    async run(t) {
      const observers = [];
      const numbers = t.wrap(() => new Observable((observer) => void observers.push(observer)))();
      const first = numbers.subscribe();
      numbers.subscribe();
      await tick();
      same(t.spans.length, 0);
      observers[1].complete();
      await tick();
      same(t.spans.length, 1);
      first.unsubscribe();
      await tick();
      equal(
        t.spans.map((span) => t.failed(span)),
        [false, false],
      );
    },
  },
  {
    ...{ group, needs },
    name: 'a memoised promise: a span for each call that got it',
    broken: 'makes no span',
    async run(t) {
      const promise = new Promise((done) => setTimeout(done, 5, 1));
      const wrapped = t.wrap(() => promise);
      await Promise.all([wrapped(), wrapped()]);
      await t.settled();
      equal([t.spans.length, t.open.length], [2, 0]);
    },
  },
  {
    ...{ group, needs },
    name: 'a frozen promise, generator and stream: the span ends',
    broken: 'never ends',
    async run(t) {
      await t.wrap(() => Object.freeze(Promise.resolve(1)))();
      void [...t.wrap(() => Object.freeze([1][Symbol.iterator]()))()];
      await new Response(t.wrap(() => Object.freeze(webStream(bytes('x'))))()).text();
      await t.settled();
      equal([t.spans.length, t.open.length], [3, 0]);
    },
  },
  {
    ...{ group, needs },
    name: 'a generator that nobody reads: closed by garbage collection or shutdown, never leaked',
    broken: 'ends at a finished iteration only',
    async run(t) {
      const unread = t.wrap(async function* () {
        yield 1;
      });
      const partly = t.wrap(function* () {
        yield 1;
        yield 2;
      });
      const use = async () => {
        for (let i = 0; i < 5; i++) unread();
        for (let i = 0; i < 5; i++) partly().next();
      };
      await use();
      await t.afterGarbage(() => t.open.length === 0);
      if (t.open.length > 0) await t.shutdown();
      equal([t.spans.length, t.open.length], [10, 0]);
      ok(t.spans.every((span) => !t.failed(span)));
    },
  },
];
