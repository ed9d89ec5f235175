import { Element } from '../decorators/element.js';
import { wrap, wrapped } from '../decorators/wrapper.js';
import { isClass } from '../is-class.js';
import type { TraceFunctionOptions } from '../plan/trace-options.js';
import { functionSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';

/**
 * A function that does what `fn` does and traces each call as one span, named `fn.name` (else `anonymous`). Round a function that is
 * traced already it makes a new one, whose options stand over the other's; the other stays as it is.
 *
 * ```ts
 * const classify = traced(async (transcript: string) => …, { spanName: 'classify', spanKind: 'LLM' });
 * ```
 *
 * Throws a TypeError when `fn` is no function, or for an option that does not fit.
 */
export function traced<F extends AnyFn>(fn: F, options: TraceFunctionOptions<F> = {}): F {
  if (typeof fn !== 'function')
    throw new TypeError(`traced: expected a function, got ${fn === null ? 'null' : typeof fn}.`);
  if (isClass(fn)) throw new TypeError(`traced: "${fn.name}" is a class. Decorate it with @TraceFunction().`);
  const settings = functionSettings('traced', options as TraceFunctionOptions);
  const known = wrapped(fn);
  const element = known?.element.copyFor(undefined) ?? new Element(fn, nameOf(fn), () => undefined);
  element.override(settings);
  return wrap(known?.inner ?? fn, element, element.chain) as F;
}

/** A function's name, which anybody may have put something else in place of. */
function nameOf(fn: AnyFn): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : 'anonymous';
}
