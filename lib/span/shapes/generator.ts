import { NOT_THIS_SHAPE, type Shape } from '../run.js';
import { watchIterator } from './iterator.js';
import { methodOf, unwatchable } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/** A sync generator object, or another iterator that can be looped over once (`array.values()`, iterator helpers). Collections have no `next`: they are plain values. */
export const generator: Shape = (value, run) => {
  if (!(Symbol.iterator in value) || !methodOf(value, 'next')) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  if (!watchIterator(value, watch)) return unwatchable('iterator', value, run);
  remember(value, watch);
  watch.abandonWithout(value);
  return value;
};
