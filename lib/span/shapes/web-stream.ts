import type { Context } from '@opentelemetry/api';
import { withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { watchIterator } from './iterator.js';
import { methodOf, overlay, unwatchable, type Method } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';
import { piping } from './web-stream-pipe.js';

/**
 * A web ReadableStream, watched in place: a TransformStream between would take a chunk early, lose BYOB readers and report
 * errors as cancellations. What reads through the public methods is seen, `new Response(stream)` among it; a stream that is
 * transferred by `structuredClone` is not, nor, from Node 26 on, one that is read by `Readable.fromWeb`.
 */
export const webStream: Shape = (value, run) => {
  if (!isWebStream(value)) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  // Who locked it before it was returned reads it unseen; nobody else can.
  if (value.locked || !watchStream(value, watch)) return unwatchable('ReadableStream', value, run);
  remember(value, watch);
  watch.abandonWithout(value);
  return value;
};

/** A ReadableStream of this realm, another, or a polyfill. */
export function isWebStream(value: object): value is ReadableStream {
  return (
    Boolean(methodOf(value, 'getReader') && methodOf(value, 'tee') && methodOf(value, 'pipeTo')) && 'locked' in value
  );
}

function watchStream(stream: ReadableStream, run: Run): boolean {
  const methods: Record<PropertyKey, Method> = {};
  const getReader = methodOf(stream, 'getReader');
  if (getReader) {
    methods['getReader'] = function (...args) {
      const reader = Reflect.apply(getReader, this, args);
      if (typeof reader === 'object' && reader !== null) watchReader(reader, run);
      return reader;
    };
  }
  const cancel = methodOf(stream, 'cancel');
  if (cancel) {
    methods['cancel'] = function (this: ReadableStream, ...args) {
      const locked = this.locked; // then the call is refused and nothing is cancelled
      const result = withContext(run.context, cancel, this, args);
      if (!locked) run.cancel();
      return result;
    };
  }
  const tee = methodOf(stream, 'tee');
  if (tee) {
    methods['tee'] = function (...args) {
      const branches = Reflect.apply(tee, this, args);
      if (Array.isArray(branches)) watchBranches(branches, run);
      return branches;
    };
  }
  return overlay(stream, { ...methods, ...shortcuts(stream, run) });
}

/** The ways of reading that do not go through `getReader`, unless a subclass brings its own, which do. */
function shortcuts(stream: ReadableStream, run: Run): Record<PropertyKey, Method> {
  const native = prototypeWith('getReader', stream);
  const isNative = (key: PropertyKey): boolean =>
    native !== undefined && Reflect.get(native, key) === Reflect.get(stream, key);
  return {
    ...(isNative('pipeTo') && isNative('pipeThrough') && piping(native as ReadableStream, run)),
    ...(isNative('values') && iterating('values', stream, run)),
    ...(isNative(Symbol.asyncIterator) && iterating(Symbol.asyncIterator, stream, run)),
  };
}

function iterating(key: PropertyKey, stream: object, run: Run): Record<PropertyKey, Method> {
  const iterate = methodOf(stream, key);
  if (!iterate) return {};
  const watched: Method = function (...args) {
    const iterator = Reflect.apply(iterate, this, args);
    const [options] = args;
    const keeps =
      typeof options === 'object' && options !== null && 'preventCancel' in options && Boolean(options.preventCancel);
    if (typeof iterator === 'object' && iterator !== null) watchIterator(iterator, keeps ? new Reading(run) : run);
    return iterator;
  };
  return { [key]: watched };
}

function prototypeWith(key: string, object: object): object | undefined {
  let prototype: unknown = Object.getPrototypeOf(object);
  while (typeof prototype === 'object' && prototype !== null && !Object.hasOwn(prototype, key))
    prototype = Object.getPrototypeOf(prototype);
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function watchReader(reader: object, run: Run): void {
  const read = methodOf(reader, 'read');
  const cancel = methodOf(reader, 'cancel');
  const releaseLock = methodOf(reader, 'releaseLock');
  if (!read || !cancel || !releaseLock) return;
  let released = false; // reading may go on with another reader
  const seen = (result: unknown): unknown => {
    const { done, value } = result as { done: boolean; value?: unknown };
    if (done) run.succeed();
    else run.chunk(value);
    return result;
  };
  overlay(reader, {
    read: function (this: ReadableStreamDefaultReader, ...args: readonly unknown[]) {
      const result = withContext(run.context, read, this, args) as Promise<unknown>;
      return result.then(seen, (error: unknown) => {
        // A read may be refused (a released lock, a view of no bytes) and the stream be sound: `closed` knows.
        this.closed.catch((reason: unknown) => released || run.fail(reason));
        throw error;
      });
    },
    cancel: function (...args: readonly unknown[]) {
      const result = withContext(run.context, cancel, this, args);
      if (!released) run.cancel();
      return result;
    },
    releaseLock: function () {
      released = true;
      return Reflect.apply(releaseLock, this, []);
    },
  });
}

function watchBranches(branches: readonly unknown[], run: Run): void {
  const seen = { chunks: 0, cancelled: 0 };
  for (const branch of branches) {
    if (typeof branch === 'object' && branch !== null && isWebStream(branch))
      watchStream(branch, new Branch(run, seen));
  }
}

/** A way of reading that may stop while the source goes on. */
class Reading implements Run {
  protected readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  get context(): Context {
    return this.run.context;
  }

  chunk(value: unknown): void {
    this.run.chunk(value);
  }

  succeed(value?: unknown): void {
    this.run.succeed(value);
  }

  fail(error: unknown): void {
    this.run.fail(error);
  }

  cancel(): void {}

  abandon(): void {}
}

/** One branch of `tee()`. Both give all chunks: each is counted at its first arrival, the first end is the end. */
class Branch extends Reading {
  #chunks = 0;
  #cancelled = false;
  readonly #seen: { chunks: number; cancelled: number };

  constructor(run: Run, seen: { chunks: number; cancelled: number }) {
    super(run);
    this.#seen = seen;
  }

  override chunk(value: unknown): void {
    this.#chunks += 1;
    if (this.#chunks <= this.#seen.chunks) return;
    this.#seen.chunks = this.#chunks;
    super.chunk(value);
  }

  /** The source is cancelled when both branches are. */
  override cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#seen.cancelled += 1;
    if (this.#seen.cancelled === 2) this.run.cancel();
  }
}
