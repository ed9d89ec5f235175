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

const USES: Readonly<Record<string, string>> = {
  TraceAgent: "@TraceAgent({ agentName: '…' })",
  PromptTemplate: "@PromptTemplate('…')",
  CostBudget: '@CostBudget({ maxUsd: … })',
};

/**
 * Throws when a decorator was written without its parentheses: it then receives what decorators receive instead of options.
 * Call it with all arguments the factory got.
 */
export function checkParentheses(name: string, args: ArrayLike<unknown>): void {
  const [first, second] = [args[0], args[1]];
  const standardUse = typeof second === 'object' && second !== null && 'kind' in second;
  const legacyUse = args.length === 3 && (typeof second === 'string' || typeof second === 'symbol');
  const legacyClassUse = args.length === 1 && typeof first === 'function';
  if (!standardUse && !legacyUse && !legacyClassUse) return;
  const forFunctions = legacyClassUse && !isClass(first) ? ' To trace a function, write traced(fn).' : '';
  throw new TypeError(`@${name} needs parentheses: write ${USES[name] ?? `@${name}()`}.${forFunctions}`);
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

type MemberContext = ClassMethodDecoratorContext | ClassFieldDecoratorContext;

function standardMember(context: MemberContext): Member {
  const owner = context.metadata as object | undefined;
  return {
    key: context.name,
    isStatic: context.static,
    isPrivate: context.private,
    owner,
    className: (self) => (owner === undefined ? undefined : nameOfClass(declaringClass(self, owner, context))),
  };
}

function standardClass(constructor: ClassTarget['constructor'], context: ClassDecoratorContext): ClassTarget {
  const owner = (context.metadata as object | undefined) ?? constructor;
  return { constructor, name: nameOfClass(constructor, context.name), instanceOwner: owner, staticOwner: owner };
}

/** A class that stands finished: one of the legacy protocol, or one of standard decorators, to which ours is applied by hand. */
export function classTarget(constructor: ClassTarget['constructor']): ClassTarget {
  const metadata = ownMetadata(constructor);
  return {
    constructor,
    name: nameOfClass(constructor),
    instanceOwner: metadata ?? constructor.prototype,
    staticOwner: metadata ?? constructor,
  };
}

function ownMetadata(constructor: object): object | undefined {
  const { metadata } = Symbol as unknown as { metadata: symbol };
  return Object.getOwnPropertyDescriptor(constructor, metadata)?.value as object | undefined;
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
    decoration.class(classTarget(target as ClassTarget['constructor']));
    return;
  }
  // Babel's legacy protocol describes a field by its initializer
  if (descriptor === undefined || 'initializer' in descriptor)
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

/**
 * The class among those of `self` (its own and the inherited ones) that has the metadata `owner`. Where a decorator of somebody
 * else's put a subclass in its place, the class under it that has the member.
 */
function declaringClass(self: unknown, owner: object, { name, static: isStatic }: MemberContext): unknown {
  try {
    const found = classesOf(self).find((constructor) => ownMetadata(constructor) === owner);
    for (let at: unknown = found; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
      const holder: unknown = isStatic ? at : at.prototype;
      if (holder && Object.hasOwn(holder, name)) return at;
    }
    return found;
  } catch {
    return undefined; // a proxy whose traps throw: the class stays unknown
  }
}

/** The classes of an instance, or of a class itself, from the nearest to the root. */
function classesOf(self: unknown): object[] {
  const classes: object[] = [];
  if ((typeof self !== 'object' && typeof self !== 'function') || self === null) return classes;
  for (let at: object | null = self; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const constructor: unknown =
      typeof self === 'function' ? at : Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof constructor === 'function') classes.push(constructor);
  }
  return classes;
}

function nameOfClass(constructor: unknown, given?: string): string | undefined {
  if (typeof constructor !== 'function') return undefined;
  // a class may have a static member called `name`, which compilers then give as the class's name
  const name: unknown = given ?? Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
