import type { Run } from '../run.js';
import { methodOf, type Method } from './methods.js';

/**
 * `pipeTo` and `pipeThrough` read past every public method. They are given a stream that reads the watched one chunk by chunk,
 * on demand, and keeps none in stock: the sink sets the pace as before; errors, cancellation and the lock go through.
 */
export function piping(implementation: ReadableStream, run: Run): Record<string, Method> {
  const pipeTo = methodOf(implementation, 'pipeTo');
  const pipeThrough = methodOf(implementation, 'pipeThrough');
  const Stream = implementation.constructor as typeof ReadableStream;
  if (!pipeTo || !pipeThrough) return {};

  const pipeKept = (source: ReadableStream, args: readonly unknown[]): Promise<unknown> =>
    observed(Reflect.apply(pipeTo, source, args) as Promise<unknown>, source, run);

  return {
    pipeTo: function (this: ReadableStream, ...args: readonly unknown[]) {
      if (this.locked || !isFree(args[0])) return Reflect.apply(pipeTo, this, args);
      if (keepsSource(args[1])) return pipeKept(this, args);
      const relay = relayOf(this, Stream);
      const piped = Reflect.apply(pipeTo, relay.stream, args) as Promise<unknown>;
      return piped.finally(relay.release);
    },
    pipeThrough: function (this: ReadableStream, ...args: readonly unknown[]) {
      if (this.locked) return Reflect.apply(pipeThrough, this, args);
      const [pair, options] = args as [Transform?, unknown?];
      if (keepsSource(options) && pair && isFree(pair.writable)) {
        pipeKept(this, [pair.writable, options]).catch(() => {}); // as the original: the other end tells of a failure
        return pair.readable;
      }
      const relay = relayOf(this, Stream);
      try {
        return Reflect.apply(pipeThrough, relay.stream, args);
      } catch (refusal) {
        relay.release(); // no transform, or a locked one
        throw refusal;
      }
    },
  };
}

interface Transform {
  readonly readable: unknown;
  readonly writable: unknown;
}

interface Relay {
  readonly stream: ReadableStream;
  readonly release: () => void;
}

function relayOf(source: ReadableStream, Stream: typeof ReadableStream): Relay {
  const reader = source.getReader(); // the watched one
  const release = (): void => reader.releaseLock();
  const stream = new Stream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            return;
          }
        } catch (error) {
          release();
          throw error;
        }
        release();
        controller.close();
      },
      async cancel(reason) {
        try {
          await reader.cancel(reason);
        } finally {
          release();
        }
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, release };
}

/** A pipe to anything else is refused, and leaves the source as it is. */
function isFree(sink: unknown): boolean {
  return typeof sink === 'object' && sink !== null && 'getWriter' in sink && 'locked' in sink && !sink.locked;
}

/** Where a failing sink must leave the source as it is, no one may stand between: the chunks are not seen, the end is. */
function keepsSource(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && 'preventCancel' in options && Boolean(options.preventCancel)
  );
}

function observed(piped: Promise<unknown>, source: ReadableStream, run: Run): Promise<unknown> {
  return piped.then(
    (value) => {
      run.succeed();
      return value;
    },
    (error: unknown) => {
      // The source's failure or the sink's? A reader of a failed stream is closed with the stream's own error.
      const reader = source.getReader();
      reader.closed.catch((reason: unknown) => reason === error && run.fail(error));
      reader.releaseLock();
      throw error;
    },
  );
}
