import type { Context } from '@opentelemetry/api';
import { activeContext, withContext } from '../context/active.js';

/**
 * Calls `fn` in a context. When that context is active already, as for each step of a stream that is read inside its own call,
 * entering it again would cost more than the step itself.
 */
export function enterContext<A extends readonly unknown[], R>(
  active: Context,
  fn: (...args: A) => R,
  self: unknown,
  args: A,
): R {
  if (activeContext() === active) return Reflect.apply<unknown, A, R>(fn, self, args);
  return withContext(active, fn, self, args);
}
