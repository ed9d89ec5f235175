import './symbol-metadata.js';
import { isClass } from '../is-class.js';
import type { AnyFn } from '../span/call.js';
import { describeMember, type ClassTarget, type Member } from './member.js';

type StandardContext =
  | ClassMethodDecoratorContext
  | ClassFieldDecoratorContext
  | ClassDecoratorContext
  | ClassGetterDecoratorContext
  | ClassSetterDecoratorContext
  | ClassAccessorDecoratorContext;

/** What a decorator of ours does with a method and with a class; where one is missing the decorator cannot stand there. */
export interface Decoration {
  /** Gives the function that takes the method's place. */
  readonly method: (value: AnyFn, member: Member) => AnyFn;
  /** Gives what makes, of each instance's function, the one that takes its place. */
  readonly field: (member: Member) => (initial: AnyFn, instance: unknown) => AnyFn;
  /** Changes the class's prototype and statics in place. */
  readonly class: (target: ClassTarget) => void;
}

/**
 * The one junction of both decorator protocols: standard (`value, context`) and legacy (`target, key, descriptor`).
 * `name` is the decorator's, for messages. Misuse throws while decorating, with the cure.
 */
export function decorate(name: string, decoration: Decoration): never {
  const decorator = (target: unknown, context?: unknown, descriptor?: unknown): unknown => {
    if (typeof context === 'object' && context !== null && 'kind' in context)
      return standard(name, decoration, target, context as StandardContext);
    return legacy(
      name,
      decoration,
      target,
      context as string | symbol | undefined,
      descriptor as PropertyDescriptor | number | undefined,
    );
  };
  return decorator as never;
}

/**
 * Throws when a decorator was written without its parentheses: it then receives what decorators receive instead of options.
 * Call it with all arguments the factory got.
 */
export function checkParentheses(name: string, args: ArrayLike<unknown>): void {
  const first = args[0];
  const second = args[1];
  const standardUse = typeof second === 'object' && second !== null && 'kind' in second;
  const legacyUse = args.length >= 2 && (typeof second === 'string' || typeof second === 'symbol') && args.length === 3;
  if (standardUse || legacyUse || (args.length === 1 && typeof first === 'function' && isClass(first)))
    throw new TypeError(
      `@${name} needs parentheses: write @${name}(${name === 'TraceAgent' || name === 'PromptTemplate' ? '…' : ''}).`,
    );
}

function standard(name: string, decoration: Decoration, value: unknown, context: StandardContext): unknown {
  switch (context.kind) {
    case 'class': {
      decoration.class(standardClass(value as ClassTarget['constructor'], context));
      return;
    }
    case 'method':
      return decoration.method(value as AnyFn, standardMember(context));
    case 'field': {
      const initialize = decoration.field(standardMember(context));
      return function (this: unknown, initial: unknown): unknown {
        if (typeof initial !== 'function')
          throw new TypeError(
            `@${name} cannot decorate ${describeMember('field', context.name)}: it holds ${initial === null ? 'null' : typeof initial}, not a function.`,
          );
        return initialize(initial as AnyFn, this);
      };
    }
    default:
      throw new TypeError(
        `@${name} cannot decorate ${describeMember(context.kind, context.name)}. Move the work to a method, or use traced() inside the ${context.kind}.`,
      );
  }
}

function standardMember(context: ClassMethodDecoratorContext | ClassFieldDecoratorContext): Member {
  const owner = context.metadata as object | undefined;
  return {
    key: context.name,
    isStatic: context.static,
    isPrivate: context.private,
    owner,
    className: (self) =>
      nameOfClass(findClass(self, (constructor) => owner !== undefined && ownMetadata(constructor) === owner)),
  };
}

function standardClass(constructor: ClassTarget['constructor'], context: ClassDecoratorContext): ClassTarget {
  const owner = (context.metadata as object | undefined) ?? constructor;
  return { constructor, name: context.name ?? constructor.name, instanceOwner: owner, staticOwner: owner };
}

function ownMetadata(constructor: object): unknown {
  return Object.getOwnPropertyDescriptor(constructor, (Symbol as unknown as { metadata: symbol }).metadata)?.value;
}

function legacy(
  name: string,
  decoration: Decoration,
  target: unknown,
  key: string | symbol | undefined,
  descriptor: PropertyDescriptor | number | undefined,
): unknown {
  if (typeof descriptor === 'number')
    throw new TypeError(`@${name} cannot decorate a parameter. Put it on the method.`);
  if (key === undefined) {
    if (typeof target !== 'function')
      throw new TypeError(
        `@${name} can decorate classes and methods, not ${target === null ? 'null' : typeof target}. For a function, use traced().`,
      );
    const constructor = target as ClassTarget['constructor'];
    decoration.class({
      constructor,
      name: constructor.name,
      instanceOwner: constructor.prototype,
      staticOwner: constructor,
    });
    return;
  }
  if (descriptor === undefined)
    throw new TypeError(
      `@${name} cannot decorate ${describeMember('field', key)} under experimentalDecorators: the field would shadow it. Make it a method, use traced(fn), or switch to standard decorators.`,
    );
  if (typeof descriptor.value !== 'function')
    throw new TypeError(
      `@${name} cannot decorate ${describeMember(descriptor.get ? 'getter' : descriptor.set ? 'setter' : 'property', key)}. Move the work to a method, or use traced() inside it.`,
    );
  return { ...descriptor, value: decoration.method(descriptor.value as AnyFn, legacyMember(target as object, key)) };
}

function legacyMember(target: object, key: string | symbol): Member {
  const isStatic = typeof target === 'function';
  return {
    key,
    isStatic,
    isPrivate: false,
    owner: target,
    className: () => nameOfClass(isStatic ? target : target.constructor),
  };
}

/** The class among those of `self` (its own and the inherited ones) that meets the test. */
function findClass(self: unknown, test: (constructor: object) => boolean): unknown {
  try {
    if (typeof self === 'function') {
      for (let at: object | null = self; at !== null; at = Object.getPrototypeOf(at) as object | null)
        if (test(at)) return at;
    } else if (typeof self === 'object') {
      for (let at: object | null = self; at !== null; at = Object.getPrototypeOf(at) as object | null) {
        const constructor: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
        if (typeof constructor === 'function' && test(constructor)) return constructor;
      }
    }
  } catch {
    // a proxy whose traps throw: the class stays unknown
  }
  return undefined;
}

function nameOfClass(constructor: unknown): string | undefined {
  if (typeof constructor !== 'function') return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
