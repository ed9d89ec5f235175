import { reportOnce } from '../../safely.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { asyncIterable } from './async-iterable.js';
import { eventStream } from './event-stream.js';
import { generator } from './generator.js';
import { nodeStream } from './node-stream.js';
import { observable } from './observable.js';
import { watchOf } from './watched.js';
import { webStream } from './web-stream.js';

/** Values whose data comes later, the more particular first: most of them can be read by `for await` as well. */
const shapes: readonly Shape[] = [observable, eventStream, webStream, nodeStream, asyncIterable, generator];

/**
 * Ends the run with a value that is here (returned, or what a promise gave), or, if its data is still to come, when that has
 * ended. All these are watched in place: the value stays the one it is. Never throws.
 */
export function settleData(value: unknown, run: Run): void {
  if (isObject(value) && mayHoldData(value, run)) return;
  run.succeed(value);
}

/** Is this a value with properties? */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' ? value !== null : typeof value === 'function';
}

function mayHoldData(value: object, run: Run): boolean {
  try {
    if (!hasTrait(value)) return false;
    const known = watchOf(value);
    if (known) {
      known.join(run);
      return true;
    }
    return shapes.some((shape) => shape(value, run) !== NOT_THIS_SHAPE);
  } catch (fault) {
    reportOnce('a returned value could not be watched', fault);
    return false;
  }
}

/** One of these is in every value that any of the shapes is about: most values are done with in a tenth of a microsecond. */
function hasTrait(value: object): boolean {
  return (
    Symbol.asyncIterator in value ||
    'getReader' in value ||
    'readableFlowing' in value ||
    ('next' in value && Symbol.iterator in value) ||
    ('subscribe' in value && 'pipe' in value) ||
    ('done' in value && 'on' in value)
  );
}
