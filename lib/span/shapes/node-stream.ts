import { withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { methodOf, overlay, unwatchable, type Method } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * A Node Readable, told by its shape, since the core runs where there is no Node. All that happens to one passes its own
 * `emit`. Listeners would change it: 'data' starts the flow, 'error' makes a fatal error harmless.
 */
export const nodeStream: Shape = (value, run) => {
  if (!isNodeReadable(value)) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  if (!value.readable) over(value, watch);
  else if (!watchEvents(value, watch)) return unwatchable('Readable', value, run);
  remember(value, watch);
  watch.abandonWithout(value);
  return value;
};

interface NodeReadable {
  readonly readable: boolean;
  readonly readableEnded?: boolean;
  readonly errored?: unknown;
  readonly destroyed?: boolean;
  readonly emit: Method;
}

function isNodeReadable(value: object): value is NodeReadable {
  return (
    'readableFlowing' in value && Boolean(methodOf(value, 'read') && methodOf(value, 'pipe') && methodOf(value, 'emit'))
  );
}

/** Ended, failed or destroyed before it was returned; or the writable half of a duplex stream, a plain value. */
function over(stream: NodeReadable, run: Run): void {
  if (stream.errored) endWith(stream.errored, run);
  else if (stream.destroyed && !stream.readableEnded) run.cancel();
  else run.succeed();
}

function watchEvents(stream: NodeReadable, run: Run): boolean {
  const { emit } = stream;
  const read = methodOf(stream, '_read');
  return overlay(stream, {
    emit: function (...args: readonly unknown[]) {
      const [event, value] = args;
      if (event === 'data')
        run.chunk(value); // also when it is read by `read()` or `for await`
      else if (event === 'end') run.succeed();
      else if (event === 'error') endWith(value, run);
      else if (event === 'close') run.cancel(); // without an 'end': destroyed
      return Reflect.apply(emit, this, args);
    },
    ...(read && {
      // The body of Readable.from(generator), say: what it starts nests below the call.
      _read: function (...args: readonly unknown[]) {
        return withContext(run.context, read, this, args);
      },
    }),
  });
}

/** A consumer that leaves (`break`, an aborted signal) destroys the stream with an AbortError. */
function endWith(error: unknown, run: Run): void {
  if (typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError') run.cancel();
  else run.fail(error);
}
