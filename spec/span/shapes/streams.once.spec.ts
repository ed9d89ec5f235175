import { EventEmitter } from 'node:events';
import { PassThrough, pipeline as pipelineOf, Readable, Transform, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { settle } from '../../../lib/span/settle.js';
import { runInProcess } from '../../support/shapes-child.js';
import { RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};

interface Source {
  stream: ReadableStream;
  pulls: () => number;
  cancelled: unknown[];
  contexts: unknown[];
}

function counting(options: { fail?: unknown; items?: number; bytes?: boolean; endless?: boolean } = {}): Source {
  let pulls = 0;
  const cancelled: unknown[] = [];
  const contexts: unknown[] = [];
  const { items = 3, bytes, endless } = options;
  const pull = (controller: {
    enqueue(chunk: unknown): void;
    close(): void;
    error(reason: unknown): void;
    byobRequest?: { respond(n: number): void } | null;
  }): void => {
    pulls += 1;
    contexts.push(where());
    if (pulls <= items || endless) return controller.enqueue(bytes ? new Uint8Array([pulls]) : pulls);
    if ('fail' in options) controller.error(options.fail);
    else controller.close();
    controller.byobRequest?.respond(0);
  };
  const underlying = { pull, cancel: (reason: unknown) => void cancelled.push(reason) };
  const stream = bytes
    ? new ReadableStream({ ...underlying, type: 'bytes' } as never)
    : new ReadableStream(underlying as never, { highWaterMark: 0 });
  return { stream, pulls: () => pulls, cancelled, contexts };
}

const read = async (stream: ReadableStream): Promise<unknown[]> => {
  const all: unknown[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return all;
    all.push(value);
  }
};
const sink = (log: unknown[] = [], failAt = Infinity): WritableStream =>
  new WritableStream({
    write: (chunk) => {
      log.push(chunk);
      if (log.length >= failAt) throw new Error('sink');
    },
    abort: (reason) => void log.push(['abort', reason]),
  });
const done = [['chunk', 1], ['chunk', 2], ['chunk', 3], ['succeed']];
const error = { reason: 'source' };

describe('a web ReadableStream', () => {
  test('stays what it was', async () => {
    const { value, run } = watch(counting().stream);
    expect(value.constructor).toBe(ReadableStream);
    expect(Object.keys(value)).toEqual([]);
    expect(value.locked).toBe(false);
    expect(run.log).toEqual([]);
  });

  test.each<[string, (s: ReadableStream) => Promise<unknown>, unknown[][]]>([
    ['a reader', read, done],
    [
      'for await',
      async (s) => {
        const all = [];
        for await (const x of s) all.push(x);
        return all;
      },
      done,
    ],
    [
      'break',
      async (s) => {
        for await (const x of s) return x as unknown;
        return 0;
      },
      [['chunk', 1], ['cancel']],
    ],
    [
      'values() that keep the stream, then a reader',
      async (s) => {
        for await (const _ of s.values({ preventCancel: true })) break;
        return read(s);
      },
      done,
    ],
    [
      'a released reader, then another',
      async (s) => {
        const r = s.getReader();
        await r.read();
        r.releaseLock();
        return read(s);
      },
      done,
    ],
    [
      'pipeTo',
      async (s) => {
        const log: unknown[] = [];
        await s.pipeTo(sink(log));
        return log;
      },
      done,
    ],
    ['pipeThrough', (s) => read(s.pipeThrough(new TransformStream())), done],
    ['tee, both', async (s) => Promise.all(s.tee().map(read)), done],
    ['tee, the first', async (s) => read(s.tee()[0]), done],
    ['tee, the second', async (s) => read(s.tee()[1]), done],
    [
      'tee of a tee',
      async (s) => {
        const [a, b] = s.tee();
        const [c, d] = a.tee();
        return Promise.all([b, c, d].map(read));
      },
      done,
    ],
    [
      'tee, one cancelled',
      async (s) => {
        const [a, b] = s.tee();
        void a.cancel('no');
        return read(b);
      },
      done,
    ],
    [
      'tee, both cancelled',
      async (s) => {
        const [a, b] = s.tee();
        await Promise.all([a.cancel('no'), b.cancel('no')]);
        return s.locked;
      },
      [['cancel']],
    ],
    ['cancel', async (s) => s.cancel('why'), [['cancel']]],
    [
      'cancel of a reader',
      async (s) => {
        const r = s.getReader();
        await r.read();
        return r.cancel('why');
      },
      [['chunk', 1], ['cancel']],
    ],
    [
      'cancel while it is locked, which is refused',
      async (s) => {
        const r = s.getReader();
        const e: unknown = await s.cancel().catch((x: unknown) => x);
        return [String(e), (await r.read()).value as unknown];
      },
      [['chunk', 1]],
    ],
    [
      'a read of a released reader, which is refused',
      async (s) => {
        const r = s.getReader();
        r.releaseLock();
        return r.read().catch((x: unknown) => (x as Error).name);
      },
      [],
    ],
    [
      'a pipe that is refused',
      async (s) => {
        const to = sink();
        to.getWriter();
        return [await s.pipeTo(to).catch((x: unknown) => (x as Error).name), s.locked, await read(s)];
      },
      done,
    ],
    [
      'a transform that is refused',
      async (s) => {
        try {
          s.pipeThrough({} as never);
        } catch (e) {
          return [(e as Error).name, s.locked, await read(s)];
        }
        return 0;
      },
      done,
    ],
    [
      'Readable.fromWeb',
      (s) => Readable.fromWeb(s as never, { objectMode: true }).toArray(),
      // from Node 26 on it reads past the stream's methods, so that nothing is seen, and the span ends with the stream's collection
      Number(process.versions.node.split('.')[0]) >= 26 ? [] : done,
    ],
  ])('gives the same by %s', async (_, use, events) => {
    const bare = counting();
    const { stream, pulls, cancelled } = counting();
    const { value, run } = watch(stream);
    expect(await use(value)).toEqual(await use(bare.stream));
    expect([pulls(), cancelled, value.locked]).toEqual([bare.pulls(), bare.cancelled, bare.stream.locked]);
    expect(run.log).toEqual(events);
  });

  test.each<[string, (s: ReadableStream) => Promise<unknown>]>([
    ['a reader', read],
    [
      'for await',
      async (s) => {
        for await (const _ of s);
      },
    ],
    ['pipeTo', (s) => s.pipeTo(sink())],
    ['pipeTo that keeps the source', (s) => s.pipeTo(sink(), { preventCancel: true })],
    ['pipeThrough', (s) => read(s.pipeThrough(new TransformStream()))],
    ['tee', (s) => read(s.tee()[1])],
    ['new Response', (s) => new Response(s.pipeThrough(new TextEncoderStream())).text()],
  ])('that fails rejects with its very reason by %s', async (_, use) => {
    const { value, run } = watch(counting({ fail: error }).stream);
    await expect(use(value)).rejects.toBe(error);
    await null;
    expect(run.ends).toEqual([['fail', error]]);
  });

  test('is read by Response, which has it as its body', async () => {
    const { value, run } = watch(counting({ bytes: true }).stream);
    const response = new Response(value as never);
    expect(response.body).toBe(value);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
    expect(run.chunks).toHaveLength(3);
    expect(run.ends).toEqual([['succeed']]);
  });

  test("of bytes fills the reader's own buffer", async () => {
    const { value, run } = watch(counting({ bytes: true }).stream);
    const reader = value.getReader({ mode: 'byob' } as never) as unknown as {
      read(view: Uint8Array): Promise<{ done: boolean; value: Uint8Array }>;
    };
    const first = await reader.read(new Uint8Array(8));
    expect(first.value[0]).toBe(1);
    expect(first.value.buffer.byteLength).toBe(8);
    await expect(reader.read(new Uint8Array(0))).rejects.toMatchObject({ name: 'TypeError' });
    expect(run.ends).toEqual([]);
  });

  test('pulls inside the run', async () => {
    const { stream, contexts } = counting();
    watch(stream);
    for await (const _ of stream) expect(where()).toBe('consumer');
    expect(contexts).toEqual(['run', 'run', 'run', 'run']);
  });

  test('is paced by a slow sink as before', async () => {
    const paces = await Promise.all(
      [true, false].map(async (traced) => {
        const source = counting({ endless: true });
        if (traced) watch(source.stream);
        const controller = new AbortController();
        const ahead: number[] = [];
        const slow = new WritableStream(
          {
            write: () => {
              ahead.push(source.pulls() - ahead.length);
              return new Promise<void>((next) => setImmediate(next));
            },
          },
          { highWaterMark: 1 },
        );
        const piped = source.stream
          .pipeTo(slow, { signal: controller.signal })
          .catch((e: unknown) => (e as Error).name);
        while (ahead.length < 5) await new Promise((next) => setImmediate(next));
        controller.abort();
        return [ahead.slice(0, 5), await piped, source.cancelled.length, source.stream.locked];
      }),
    );
    expect(paces[0]).toEqual(paces[1]);
  });

  test('is cancelled by a failing sink, or kept when the pipe says so', async () => {
    const first = counting();
    const cancelled = watch(first.stream);
    await expect(cancelled.value.pipeTo(sink([], 1))).rejects.toThrow('sink');
    expect(cancelled.run.ends).toEqual([['cancel']]);
    expect(first.cancelled).toHaveLength(1);
    const kept = watch(counting({ endless: true }).stream);
    await expect(kept.value.pipeTo(sink([], 1), { preventCancel: true })).rejects.toThrow('sink');
    await null;
    expect(kept.run.ends).toEqual([]);
    await kept.value.cancel();
    expect(kept.run.ends).toEqual([['cancel']]);
  });

  const keepingPipes: [string, (s: ReadableStream, into: WritableStream) => Promise<unknown>][] = [
    ['pipeTo', (s, into) => s.pipeTo(into, { preventCancel: true })],
    [
      'pipeThrough',
      async (s, into) => {
        const readable = new ReadableStream();
        expect(s.pipeThrough({ writable: into, readable }, { preventCancel: true })).toBe(readable);
        while (s.locked) await new Promise((turn) => setImmediate(turn));
      },
    ],
  ];

  test.each(keepingPipes)('that %s keeps gives the next reader what is left, as the bare one', async (_, pipe) => {
    const left = async (s: ReadableStream) => {
      await pipe(s, sink([], 1)).catch(() => {});
      return read(s);
    };
    const { value, run } = watch(counting({ items: 6 }).stream);
    expect(await left(value)).toEqual(await left(counting({ items: 6 }).stream));
    expect(run.ends).toEqual([['succeed']]);
  });

  test.each(keepingPipes)('that %s would keep is over when all of it has gone', async (_, pipe) => {
    const log: unknown[] = [];
    const { value, run } = watch(counting().stream);
    await pipe(value, sink(log));
    await null;
    expect([log, run.ends]).toEqual([[1, 2, 3], [['succeed']]]);
  });

  test('locked before it is returned ends at the return', () => {
    const { stream } = counting();
    stream.getReader();
    expect(watch(stream).run.log).toEqual([['succeed', stream]]);
  });

  test('can be transferred', async () => {
    const { value } = watch(counting().stream);
    const moved = structuredClone(value, { transfer: [value as never] });
    expect(await read(moved)).toEqual([1, 2, 3]);
  });

  test('returned by two calls tells both', async () => {
    const { value, run } = watch(counting().stream);
    const outer = new RecordingRun('outer');
    expect(settle(value, outer)).toBe(value);
    await read(value);
    expect([run.log, outer.log]).toEqual([done, done]);
  });
});

describe('a Node Readable', () => {
  const make = (): Readable => Readable.from(['a', 'b', 'c']);
  const all = [['chunk', 'a'], ['chunk', 'b'], ['chunk', 'c'], ['succeed']];
  const closed = (stream: Readable): Promise<void> =>
    new Promise((next) => (stream.closed ? setImmediate(next) : stream.once('close', next)));

  test.each<[string, (s: Readable) => Promise<unknown>, unknown[][]]>([
    [
      'for await',
      async (s) => {
        let out = '';
        for await (const x of s) out += String(x);
        return out;
      },
      all,
    ],
    [
      'break',
      async (s) => {
        for await (const x of s) return x as unknown;
        return 0;
      },
      [['chunk', 'a'], ['cancel']],
    ],
    [
      'on data',
      (s) =>
        new Promise((next) => {
          const log: unknown[] = [];
          s.on('data', (x) => log.push(x)).on('end', () => next(log));
        }),
      all,
    ],
    [
      'readable and read()',
      (s) =>
        new Promise((next) => {
          const log: unknown[] = [];
          s.on('readable', () => {
            for (let x: unknown; (x = s.read()) !== null;) log.push(x);
          }).on('end', () => next(log));
        }),
      all,
    ],
    ['pipe', (s) => text(s.pipe(new PassThrough())), all],
    [
      'pipeline',
      async (s) => {
        const log: unknown[] = [];
        await pipeline(s, async function (from) {
          for await (const x of from) log.push(x);
        });
        return log;
      },
      all,
    ],
    ['text()', text, all],
    ['toArray()', (s) => s.toArray(), all],
    ['map()', (s) => s.map((x: string) => x + x).toArray(), all],
    [
      'toWeb',
      async (s) => {
        const log: unknown[] = [];
        for await (const x of Readable.toWeb(s)) log.push(x);
        return log;
      },
      all,
    ],
    ['destroy', async (s) => s.destroy().destroyed, [['cancel']]],
  ])('gives the same by %s', async (_, use, events) => {
    const { value, run } = watch(make());
    const bare = make();
    expect(await use(value)).toEqual(await use(bare));
    await Promise.all([closed(value), closed(bare)]);
    expect(run.log.map(([what, chunk]) => (what === 'chunk' ? [what, String(chunk)] : [what]))).toEqual(events);
  });

  test('is not started, and has no listener more', () => {
    const { value, run } = watch(make());
    expect(value.readableFlowing).toBeNull();
    expect(value.eventNames()).toEqual(make().eventNames());
    expect(Object.keys(value)).toEqual(Object.keys(make()));
    expect(run.log).toEqual([]);
  });

  test('that fails tells its error', async () => {
    const failure = new Error('disk');
    const { value, run } = watch(
      new Readable({
        read() {
          this.destroy(failure);
        },
      }),
    );
    await expect(text(value)).rejects.toBe(failure);
    expect(run.log).toEqual([['fail', failure]]);
  });

  test('that is aborted by its signal is cancelled', async () => {
    const controller = new AbortController();
    const { value, run } = watch(new Readable({ read() {}, signal: controller.signal }));
    value.on('error', () => {});
    controller.abort();
    await closed(value);
    expect(run.log).toEqual([['cancel']]);
  });

  test.each<[string, () => Promise<Readable>, string]>([
    [
      'ended',
      async () => {
        const s = make();
        await s.toArray();
        return s;
      },
      'succeed',
    ],
    ['destroyed', async () => make().destroy(), 'cancel'],
    [
      'failed',
      async () => {
        const s = make();
        s.on('error', () => {});
        s.destroy(new Error('x'));
        await closed(s);
        return s;
      },
      'fail',
    ],
  ])('%s before it is returned ends at the return', async (_, over, end) => {
    expect(watch(await over()).run.log.map(([what]) => what)).toEqual([end]);
  });

  test('produces inside the run', async () => {
    const contexts: unknown[] = [];
    const { value } = watch(
      Readable.from(
        (async function* () {
          contexts.push(where());
          yield 1;
          await null;
          contexts.push(where());
        })(),
      ),
    );
    for await (const _ of value) expect(where()).toBe('consumer');
    expect(contexts).toEqual(['run', 'run']);
  });

  test('may be the readable side of a transform; a Writable is a plain value', async () => {
    const { value, run } = watch(
      new Transform({ transform: (chunk, _, next) => next(null, String(chunk).toUpperCase()) }),
    );
    value.end('x');
    expect(await text(value)).toBe('X');
    expect(run.ends).toEqual([['succeed']]);
    const writable = new Writable();
    expect(watch(writable).run.log.map(([what]) => what)).toEqual(['succeed']);
  });

  test('goes through a pipeline whose sink fails', async () => {
    const { value, run } = watch(make());
    const failure = await new Promise((next) =>
      pipelineOf(value, new Writable({ write: (_c, _e, cb) => cb(new Error('sink')) }), next),
    );
    expect(String(failure)).toContain('sink');
    await closed(value);
    expect(run.ends).toHaveLength(1);
  });

  test('stays as fatal as it was when nobody listens to its error', async () => {
    const script = `
      import { Readable } from 'node:stream';
      import { settle } from './lib/span/settle.ts';
      let fatal = 0, failures = 0;
      process.on('uncaughtException', () => fatal++);
      const run = { enter: (fn, self, args) => fn.apply(self, args), chunk() {}, succeed() {}, fail() { failures++ }, cancel() {}, abandon() {} };
      const make = () => new Readable({ read() { this.destroy(new Error('x')) } });
      make().resume();
      setTimeout(() => { const bare = fatal; fatal = 0; settle(make(), run).resume(); setTimeout(() => console.log(JSON.stringify([bare, fatal, failures])), 20); }, 20);`;
    expect(await runInProcess(script)).toEqual([1, 1, 1]);
  });

  test('of a buffer is read by consumers', async () => {
    const { value, run } = watch(Readable.from([Buffer.from('a')]));
    expect((await buffer(value)).toString()).toBe('a');
    expect(run.chunks).toHaveLength(1);
  });
});

describe('a stream of another make', () => {
  /** A ReadableStream of a polyfill, or of an engine that does not iterate streams. */
  class Polyfill {
    readonly #native: ReadableStream;
    constructor(native: ReadableStream) {
      this.#native = native;
    }
    get locked() {
      return this.#native.locked;
    }
    getReader() {
      const reader = this.#native.getReader();
      return {
        get closed() {
          return reader.closed;
        },
        read: () => reader.read(),
        cancel: (reason: unknown) => reader.cancel(reason),
        releaseLock: () => reader.releaseLock(),
      };
    }
    tee() {
      return this.#native.tee().map((branch) => new Polyfill(branch));
    }
    async pipeTo(to: WritableStream) {
      const writer = to.getWriter();
      for (const chunk of await read(this as never)) await writer.write(chunk);
      await writer.close();
    }
    cancel(reason: unknown) {
      return this.#native.cancel(reason);
    }
  }

  test.each<[string, (s: ReadableStream) => Promise<unknown>, unknown[][]]>([
    ['a reader', read, done],
    ['tee', (s) => Promise.all(s.tee().map(read)), done],
    ['its own pipeTo', (s) => s.pipeTo(sink()), done],
    ['cancel', (s) => s.cancel(), [['cancel']]],
    ['cancel of a reader that has gone', async (s) => { const r = s.getReader(); r.releaseLock(); await r.cancel().catch(() => {}); return read(s); }, done],
  ])('that only has readers is watched by %s', async (_, use, events) => {
    const polyfill = () => new Polyfill(counting().stream) as unknown as ReadableStream;
    const { value, run } = watch(polyfill());
    expect(await use(value)).toEqual(await use(polyfill()));
    expect(run.log).toEqual(events);
  }); // prettier-ignore

  test('whose reader is none of these is left alone', async () => {
    const odd = { locked: false, getReader: () => ({ read: () => 1 }), tee: () => 'two', pipeTo: () => 3 };
    const { value, run } = watch(odd);
    expect([value.getReader().read(), value.tee(), value.pipeTo()]).toEqual([1, 'two', 3]);
    expect(run.log).toEqual([]);
  });

  test.each(['locked', 'getReader', 'tee', 'pipeTo'])('without %s is a plain value', (name) => {
    const { [name]: _, ...plain } = { locked: false, getReader() {}, tee() {}, pipeTo() {} } as Record<string, unknown>;
    expect(watch(plain).run.log).toEqual([['succeed', plain]]);
  });

  /** A Readable of Node before it could be iterated, or of a port of it. */
  class OldReadable extends EventEmitter {
    readonly readable = true;
    readonly readableFlowing = null;
    read() {}
    pipe() {}
  }

  test('that only emits is watched', () => {
    const { value, run } = watch(new OldReadable());
    for (const chunk of [1, 2]) value.emit('data', chunk);
    value.emit('resume');
    value.emit('end');
    value.emit('close');
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]); // prettier-ignore
  });

  test.each<[unknown, string]>([
    [new Error('x'), 'fail'],
    [null, 'fail'],
    ['AbortError', 'fail'],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'cancel'],
  ])('that fails with %p ends so', (reason, end) => {
    const { value, run } = watch(new OldReadable());
    value.on('error', () => {});
    value.emit('error', reason);
    expect(run.ends.map(([what]) => what)).toEqual([end]);
  });

  test.each(['read', 'pipe', 'emit', 'readableFlowing'])('with %s alone missing is a plain value', (name) => {
    const plain = { readable: true, readableFlowing: null, read() {}, pipe() {}, emit() {}, [name]: undefined };
    if (name === 'readableFlowing') Reflect.deleteProperty(plain, name);
    expect(watch(plain).run.log).toEqual([['succeed', plain]]);
  });

  test('that is frozen ends at the return', () => {
    const { value, run } = watch(Object.freeze(new OldReadable()));
    expect(run.log).toEqual([['succeed', value]]);
  });
});
