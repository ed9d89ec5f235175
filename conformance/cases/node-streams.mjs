import { finished, PassThrough, Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { nodeStream } from '../fixtures/shapes.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Node streams';
const tick = () => new Promise((done) => setImmediate(done));
const collecting = (log) =>
  new Writable({
    objectMode: true,
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      log('wrote', chunk);
      setImmediate(done);
    },
  });

export default [
  {
    group,
    name: 'it is the same object, not flowing, nothing read',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        (log) => () => nodeStream([1, 2], log),
        async (fn, log) => {
          const stream = fn();
          log(
            stream.readableFlowing,
            stream.listenerCount('data'),
            stream.listenerCount('error'),
            Object.keys(stream).sort(),
          );
          await tick();
          log('waited', stream.readableLength, stream instanceof Readable);
          stream.destroy();
        },
      ),
  },
  {
    group,
    name: '`pipe` gives every chunk, as slowly as the sink takes them',
    broken: 'pipes streams',
    run: (t) =>
      t.alike(
        (log) => () => nodeStream(['a', 'b', 'c'], log),
        async (fn, log) => {
          const sink = fn().pipe(collecting(log));
          await new Promise((done) => finished(sink, done));
        },
      ),
  },
  {
    group,
    name: '`pipeline` ends, and gives the error of either side',
    broken: 'listens for errors',
    run: (t) =>
      t.alike(
        () => (chunks) => nodeStream(chunks),
        async (fn, log) => {
          await pipeline(fn(['a', 'b']), collecting(log));
          await pipeline(fn(['a', new Error('source')]), collecting(log)).catch((error) => log(error.message));
          const failing = new Writable({ objectMode: true, write: (_c, _e, done) => done(new Error('sink')) });
          const source = fn(['a', 'b']);
          log(source.listenerCount('error'));
          await pipeline(source, failing).catch((error) => log(error.message));
          log(source.destroyed);
        },
      ),
  },
  {
    group,
    name: 'async iteration gives every chunk; `break` destroys it',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        () => (chunks) => nodeStream(chunks),
        async (fn, log) => {
          const whole = fn(['a', 'b', 'c']);
          await tick();
          for await (const chunk of whole) log(chunk);
          const left = fn(['a', 'b', 'c']);
          await tick();
          for await (const chunk of left) {
            log('first', chunk);
            break;
          }
          log(left.destroyed);
        },
      ),
  },
  {
    group,
    name: 'a listener that comes later gets every chunk',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        () => () => nodeStream(['a', 'b']),
        async (fn, log) => {
          const stream = fn();
          await tick();
          await tick();
          stream.on('data', (chunk) => log(chunk));
          await new Promise((done) => stream.on('end', done));
          log('end');
        },
      ),
  },
  {
    group,
    name: '`read()` in paused mode and `setEncoding` work',
    broken: 'reads streams',
    run: (t) =>
      t.alike(
        () => () =>
          nodeStream([Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)], undefined, { objectMode: false }),
        async (fn, log) => {
          const stream = fn();
          await tick();
          stream.setEncoding('utf8');
          stream.on('readable', () => {
            for (let chunk; (chunk = stream.read()) !== null;) log(chunk);
          });
          await new Promise((done) => stream.on('end', done));
        },
      ),
  },
  {
    group,
    name: '`destroy()` closes it without an error',
    broken: 'pipes streams',
    run: (t) =>
      t.alike(
        (log) => () =>
          nodeStream(['a'], undefined, { destroy: (error, done) => (log('destroyed', error), done(error)) }),
        async (fn, log) => {
          const stream = fn();
          stream.on('close', () => log('close'));
          stream.destroy();
          await tick();
        },
      ),
  },
  {
    group,
    name: 'an error that nobody listens for is as fatal as the bare one’s',
    broken: 'listens for errors',
    run: (t) =>
      t.alike(
        () => () => nodeStream([new Error('fatal')]),
        async (fn) => {
          fn().resume();
          await tick();
          await tick();
        },
      ),
  },
  {
    group,
    name: 'an error that is listened for arrives once and kills nothing',
    broken: 'pipes streams',
    run: (t) =>
      t.alike(
        () => () => nodeStream([new Error('heard')]),
        async (fn, log) => {
          const stream = fn();
          stream.on('error', (error) => log(error.message));
          stream.resume();
          await tick();
          await tick();
          log(stream.errored?.message);
        },
      ),
  },
  {
    group,
    name: 'a Duplex or Transform is still written to',
    broken: 'pipes streams',
    async run(t) {
      const upper = t.wrap(
        () => new Transform({ transform: (chunk, _e, done) => done(null, String(chunk).toUpperCase()) }),
      )();
      ok(upper instanceof Transform && !(upper instanceof PassThrough));
      upper.end('abc');
      const chunks = [];
      for await (const chunk of upper) chunks.push(String(chunk));
      equal(chunks, ['ABC']);
    },
  },
  {
    group,
    name: 'a memoised stream returned by two calls is one stream',
    broken: 'pipes streams',
    async run(t) {
      const stream = nodeStream(['a', 'b']);
      const wrapped = t.wrap(() => stream);
      const first = wrapped();
      same(first, wrapped());
      equal(await first.toArray(), ['a', 'b']);
    },
  },
];
