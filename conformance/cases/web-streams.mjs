import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { byteStream, webStream } from '../fixtures/shapes.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Web streams';
const bytes = (...texts) => texts.map((text) => new TextEncoder().encode(text));
const tick = () => new Promise((done) => setImmediate(done));

export default [
  {
    group,
    name: 'it is the same object, unlocked, without new keys',
    broken: 'locks streams',
    async run(t) {
      const stream = webStream([1]);
      const got = t.wrap(() => stream)();
      same(got, stream);
      ok(got instanceof ReadableStream);
      equal([got.locked, Object.keys(got)], [false, []]);
    },
  },
  {
    group,
    name: '`new Response(stream)` reads it whole',
    broken: 'locks streams',
    async run(t) {
      const stream = webStream(bytes('Hel', 'lo'));
      const response = new Response(t.wrap(() => stream)());
      same(response.body, stream);
      same(await response.text(), 'Hello');
    },
  },
  {
    group,
    name: '`pipeThrough` and `pipeTo` work, with a slow sink and back-pressure',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        (log) => () => webStream(bytes('a', 'b', 'c'), (what) => log(what)),
        async (fn, log) => {
          const sink = new WritableStream(
            {
              async write(chunk) {
                await tick();
                log('wrote', chunk);
              },
              close: () => log('closed'),
            },
            { highWaterMark: 1 },
          );
          await fn().pipeThrough(new TextDecoderStream(undefined, {})).pipeTo(sink);
        },
      ),
  },
  {
    group,
    name: 'an error of the sink, or an abort signal, cancels the source',
    broken: 'swallows cancellation',
    run: (t) =>
      t.alike(
        (log) => () => webStream([1, 2, 3], (what, reason) => what === 'cancel' && log('cancel', String(reason))),
        async (fn, log) => {
          const sink = new WritableStream({
            write() {
              throw new Error('full');
            },
          });
          await fn()
            .pipeTo(sink)
            .catch((error) => log('rejected', error.message));
          const stream = fn();
          await stream
            .pipeTo(new WritableStream(), { signal: AbortSignal.abort('enough') })
            .catch((reason) => log(String(reason)));
          log(stream.locked);
        },
      ),
  },
  {
    group,
    name: 'a byte stream fills the reader’s own buffer (BYOB)',
    broken: 'pipes streams',
    async run(t) {
      const reader = t
        .wrap(() => byteStream([1, 2]))()
        .getReader({ mode: 'byob' });
      const seen = [];
      for (;;) {
        const { done, value } = await reader.read(new Uint8Array(4));
        if (done) break;
        seen.push(...value);
      }
      equal(seen, [1, 2]);
    },
  },
  {
    group,
    name: '`tee` gives both branches every chunk',
    broken: 'locks streams',
    async run(t) {
      const branches = t
        .wrap(() => webStream(bytes('a', 'b')))()
        .tee();
      equal(await Promise.all(branches.map((branch) => new Response(branch).text())), ['ab', 'ab']);
    },
  },
  {
    group,
    name: '`cancel` reaches the source with its reason',
    broken: 'locks streams',
    run: (t) =>
      t.alike(
        (log) => () => webStream([1, 2], log),
        async (fn, log) => {
          log(await fn().cancel('enough'));
          const reader = fn().getReader();
          log(await reader.read());
          log(await reader.cancel('no more'), await reader.closed);
        },
      ),
  },
  {
    group,
    name: 'nothing is pulled before somebody reads, and nothing ahead',
    broken: 'pipes streams',
    run: (t) =>
      t.alike(
        (log) => () => webStream([1, 2, 3], log),
        async (fn, log) => {
          const stream = fn();
          await tick();
          log('called');
          const reader = stream.getReader();
          log(await reader.read());
          await tick();
          log('waited');
          log(await reader.read());
        },
      ),
  },
  {
    group,
    name: '`for await`, `break`, and `values({ preventCancel })` work',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        (log) => () => webStream([1, 2, 3], (what, reason) => what === 'cancel' && log('cancel', reason)),
        async (fn, log) => {
          for await (const value of fn()) log(value);
          for await (const value of fn()) {
            log('first', value);
            break;
          }
          const stream = fn();
          for await (const value of stream.values({ preventCancel: true })) {
            log('kept', value);
            break;
          }
          log(await stream.getReader().read());
        },
      ),
  },
  {
    group,
    name: 'a reader that gives its lock back lets another go on',
    broken: 'locks streams',
    run: (t) =>
      t.alike(
        () => () => webStream([1, 2]),
        async (fn, log) => {
          const stream = fn();
          const first = stream.getReader();
          log(await first.read(), stream.locked);
          first.releaseLock();
          log(stream.locked, await stream.getReader().read());
        },
      ),
  },
  {
    group,
    name: 'its error arrives as it is',
    broken: 'swallows stream errors',
    run: (t) =>
      t.alike(
        () => () => webStream([1, Object.assign(new Error('broke'), { code: 'E' })]),
        async (fn, log) => {
          const reader = fn().getReader();
          log(await reader.read());
          await reader.read().catch((error) => log(error.message, error.code));
          await new Response(fn()).text().catch((error) => log(error.constructor.name));
        },
      ),
  },
  {
    group,
    name: '`Readable.fromWeb` and stream consumers take it',
    broken: 'locks streams',
    run: (t) =>
      t.alike(
        () => () => webStream(bytes('a', 'b')),
        async (fn, log) => {
          log(await textOf(Readable.fromWeb(fn())));
          log(await textOf(fn()));
        },
      ),
  },
  {
    group,
    name: 'a memoised stream returned by two calls is one stream, read once',
    broken: 'pipes streams',
    async run(t) {
      const stream = webStream(bytes('once'));
      const wrapped = t.wrap(() => stream);
      const first = wrapped();
      same(first, wrapped());
      same(await new Response(first).text(), 'once');
    },
  },
  {
    group,
    name: 'frozen and sealed streams are readable',
    broken: 'locks streams',
    async run(t) {
      for (const close of [Object.freeze, Object.seal]) {
        const stream = close(webStream(bytes('x')));
        same(await new Response(t.wrap(() => stream)()).text(), 'x');
      }
    },
  },
];
