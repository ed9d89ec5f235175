import { Stream as AnthropicStream } from '@anthropic-ai/sdk/core/streaming';
import { Stream } from 'openai/core/streaming';
import { Feed } from '../fixtures/shapes.mjs';
import { anthropic, chatChunks, messageEvents, openai } from '../fixtures/model-api.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'SDK streams and other iterables';
const texts = (chunks) => chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('');
const all = async (iterable) => {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
};

export default [
  {
    group,
    name: 'an async iterable object is the same object, with its fields and private state',
    broken: 'wraps iterables',
    async run(t) {
      const feed = new Feed([1, 2, 3]);
      const got = t.wrap(() => feed)();
      same(got, feed);
      equal([got.size, got.closed, Object.keys(got)], [3, false, ['closed']]);
      equal(await all(got), [1, 2, 3]);
      same(got.closed, true);
    },
  },
  {
    group,
    name: '`break` reaches the source of an async iterable object',
    broken: 'wraps iterables',
    async run(t) {
      const feed = new Feed([1, 2, 3]);
      const got = t.wrap(() => feed)();
      for await (const value of got) if (value === 2) break;
      ok(feed.closed && got.closed, 'the source was not closed');
    },
  },
  {
    group,
    name: 'an iterable that can be read twice can be read twice',
    broken: 'wraps iterables',
    async run(t) {
      const got = t.wrap(() => new Feed([1, 2]))();
      equal([await all(got), await all(got)], [[1, 2], [1, 2]]); // prettier-ignore
    },
  },
  {
    group,
    name: 'an array, a Map and a Set are themselves',
    broken: 'copies results',
    async run(t) {
      for (const value of [[1], new Map([[1, 2]]), new Set([1]), 'text']) same(t.wrap(() => value)(), value);
    },
  },
  {
    group,
    name: 'openai: a stream is its SDK’s `Stream`, with its controller and every chunk',
    broken: 'wraps iterables',
    async run(t) {
      const stream = await t.wrap(openai().stream)();
      ok(stream instanceof Stream);
      ok(stream.controller instanceof AbortController);
      equal(await all(stream), chatChunks);
    },
  },
  {
    group,
    name: 'openai: `tee()` gives every chunk twice',
    broken: 'wraps iterables',
    async run(t) {
      const [left, right] = (await t.wrap(openai().stream)()).tee();
      equal(await Promise.all([all(left), all(right)].map((one) => one.then(texts))), ['Hello there', 'Hello there']);
    },
  },
  {
    group,
    name: 'openai: `toReadableStream()` works',
    broken: 'wraps iterables',
    async run(t) {
      const text = await new Response((await t.wrap(openai().stream)()).toReadableStream()).text();
      equal(text.trim().split('\n').map(JSON.parse), chatChunks); // prettier-ignore
    },
  },
  {
    group,
    name: 'openai: `break` aborts the request',
    broken: 'never returns to the source',
    async run(t) {
      const api = openai();
      const stream = await t.wrap(api.stream)('slow');
      for await (const chunk of stream) {
        same(chunk.choices[0].delta.content, 'Hello');
        break;
      }
      await t.settled();
      same(api.counts.aborted, 1);
      ok(stream.controller.signal.aborted);
    },
  },
  {
    group,
    name: 'openai: `controller.abort()` ends the stream without an error',
    broken: 'wraps iterables',
    async run(t) {
      const api = openai();
      const stream = await t.wrap(api.stream)('slow');
      const chunks = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
        stream.controller.abort();
      }
      equal(chunks.length, 1);
      same(api.counts.aborted, 1);
    },
  },
  {
    group,
    name: "openai: a second iteration gives the SDK's own error",
    broken: 'reads again',
    run: (t) =>
      t.alike(
        () => openai().stream,
        async (fn, log) => {
          const stream = await fn();
          log((await all(stream)).length);
          await all(stream).catch((error) => log(error.message));
        },
      ),
  },
  {
    group,
    name: 'openai: `.withResponse()` of a stream works',
    broken: 'derives promises',
    async run(t) {
      const { data, response } = await t.wrap(openai().stream)().withResponse();
      same(response.headers.get('x-request-id'), 'req_1');
      same(texts(await all(data)), 'Hello there');
    },
  },
  {
    group,
    name: 'openai: the stream helper gives events and its final completion',
    broken: 'wraps iterables',
    run: (t) =>
      t.alike(
        () => openai().helper,
        async (fn, log) => {
          const helper = fn();
          helper.on('content', (part) => log('content', part));
          log((await helper.finalChatCompletion()).choices[0].message.content);
          log(await all(fn()).then((chunks) => chunks.length));
        },
      ),
  },
  {
    group,
    name: 'openai: a failing stream helper that is ignored is as unhandled as the bare one',
    broken: 'listens for errors',
    run: (t) =>
      t.alike(
        () => openai().helper,
        async (fn) => {
          fn('fail');
          await t.settled();
          await t.settled();
        },
      ),
  },
  {
    group,
    name: 'anthropic: a stream is its SDK’s `Stream`, with its controller and every event',
    broken: 'wraps iterables',
    async run(t) {
      const stream = await t.wrap(anthropic().stream)();
      ok(stream instanceof AnthropicStream);
      ok(stream.controller instanceof AbortController);
      equal(await all(stream), messageEvents);
    },
  },
  {
    group,
    name: 'anthropic: `tee()` gives every event twice',
    broken: 'wraps iterables',
    async run(t) {
      const [left, right] = (await t.wrap(anthropic().stream)()).tee();
      equal((await Promise.all([all(left), all(right)])).map(({ length }) => length), [7, 7]); // prettier-ignore
    },
  },
  {
    group,
    name: 'anthropic: the stream helper gives events and its final message',
    broken: 'wraps iterables',
    run: (t) =>
      t.alike(
        () => anthropic().helper,
        async (fn, log) => {
          const helper = fn();
          helper.on('text', (part) => log('text', part));
          log((await helper.finalMessage()).content[0].text);
          const again = fn();
          for await (const event of again) if (event.type === 'content_block_delta') break;
          log(again.aborted);
        },
      ),
  },
  {
    group,
    name: 'anthropic: a failing stream helper that is ignored is as unhandled as the bare one',
    broken: 'listens for errors',
    run: (t) =>
      t.alike(
        () => anthropic().helper,
        async (fn) => {
          fn('fail');
          await t.settled();
          await t.settled();
        },
      ),
  },
  {
    group,
    name: 'a memoised iterable returned by two calls is one object, and readable',
    broken: 'wraps iterables',
    async run(t) {
      const feed = new Feed([1]);
      const wrapped = t.wrap(() => feed);
      same(wrapped(), wrapped());
      equal(await all(wrapped()), [1]);
    },
  },
  {
    group,
    name: 'frozen and sealed iterables and generators are readable',
    broken: 'wraps iterables',
    async run(t) {
      const steps = (function* () {
        yield 1;
      })();
      equal([...t.wrap(() => Object.freeze(steps))()], [1]);
      const frozen = Object.freeze({ [Symbol.asyncIterator]: async function* () { yield 2; } }); // prettier-ignore
      const got = t.wrap(() => frozen)();
      same(got, frozen);
      equal(await all(got), [2]);
      const sealed = Object.seal(new Feed([3]));
      equal([t.wrap(() => sealed)() === sealed, await all(sealed)], [true, [3]]);
    },
  },
];
