import { untracedMethods } from '../decorators/amend.js';
import { classTarget } from '../decorators/decorate.js';
import { memberName, type Member } from '../decorators/member.js';
import { checkOptions } from '../options.js';
import { SpanAssertionError } from './span-assertion-error.js';

type AnyClass = (abstract new (...args: never[]) => unknown) & { readonly prototype: object };

export interface AssertTracedOptions {
  /** Methods that need no span, by name; `@Untraced()` on the method says the same. Default: none. */
  readonly except?: readonly string[];
  /** Whether the methods of its base classes are looked at too. Default: false. */
  readonly inherited?: boolean;
}

/**
 * Passes when a call of each public method of a service, static ones too, makes a span: decorated itself or by its class's decorator.
 * Fields that hold functions, and what TypeScript alone calls `private`, are not told apart at run time: the first are not looked at,
 * the second are.
 *
 * @throws an AssertionError that names the methods that no decorator covers; a TypeError for what is no class, and for an exception that names no method.
 * @example
 * assertTraced(CallAnalyzer);
 * assertTraced(CallAnalyzer, { except: ['toString'] });
 */
export function assertTraced(service: AnyClass, options: AssertTracedOptions = {}): void {
  checkOptions('assertTraced', options, ['except', 'inherited']);
  if (typeof service !== 'function' || typeof service.prototype !== 'object')
    throw new TypeError(
      `assertTraced: expected a class, got ${service === null ? 'null' : typeof service}. Give the class itself, not an instance.`,
    );
  const { except = [], inherited = false } = options;
  const classes = inherited ? lineage(service) : [service];
  for (const name of except)
    if (!classes.some((one) => name in one.prototype || name in one))
      throw new TypeError(`assertTraced: ${service.name} has no method "${name}" to except.`);

  const found = classes.flatMap((one, i) => {
    const target = classTarget(one as never);
    return untracedMethods(target)
      .filter(({ key }) => !except.includes(String(key)))
      .filter((member) => !classes.slice(0, i).some((below) => overrides(below, member)))
      .map((member) => `${member.isStatic ? 'static ' : ''}${target.name ?? 'a class'}.${memberName(member)}`);
  });
  if (found.length === 0) return;
  throw new SpanAssertionError(
    `no decorator makes a span of ${found.length === 1 ? 'this method' : 'these methods'}:\n${found.map((one) => `  ${one}`).join('\n')}\n\n` +
      'Decorate the method or the class with @TraceFunction() or another trace decorator, or the method with @Untraced().',
  );
}

const overrides = (service: AnyClass, { key, isStatic }: Member): boolean =>
  Object.hasOwn(isStatic ? service : service.prototype, key);

/** A class and those that it extends. */
function lineage(service: AnyClass): AnyClass[] {
  const classes: AnyClass[] = [];
  for (let at: unknown = service; typeof at === 'function' && at !== Function.prototype; at = Object.getPrototypeOf(at))
    classes.push(at as AnyClass);
  return classes;
}
