import { inject, injectable, injectAll } from 'tsyringe';
import { isDependency, optional, Wanted, type Dependency, type Given } from './dependency.js';

/** What the container gives for a list of dependencies. */
type GivenAll<D extends readonly Dependency[]> = { -readonly [I in keyof D]: Given<D[I]> };

/** `unknown` where the values fit the parameters, else the sentence that the compiler shows. */
type Fit<Parameters extends readonly unknown[], Values extends readonly unknown[]> = Values extends Parameters
  ? unknown
  : Misfit<Parameters, Values, [1]>;

type Misfit<
  Parameters extends readonly unknown[],
  Values extends readonly unknown[],
  At extends readonly 1[],
> = Values extends readonly [infer Value, ...infer MoreValues]
  ? Parameters extends readonly []
    ? `InjectWith: there are more tokens than the constructor's ${Before<At>} parameters`
    : Parameters extends readonly [(infer Parameter)?, ...infer MoreParameters]
      ? [Value] extends [Parameter]
        ? Misfit<MoreParameters, MoreValues, [...At, 1]>
        : `InjectWith: token ${At['length']} gives something else than parameter ${At['length']} of the constructor takes`
      : 'InjectWith: the tokens do not fit the parameters of the constructor'
  : `InjectWith: there are ${Before<At>} tokens, and the constructor needs more`;

type Before<At extends readonly 1[]> = At extends readonly [1, ...infer Rest extends readonly 1[]] ? Rest['length'] : 0;

/** A class decorator in both protocols, for classes whose constructor takes what the tokens give. */
export interface InjectDecorator<D extends readonly Dependency[]> {
  <C extends new (...args: any) => unknown>(
    value: C & Fit<ConstructorParameters<C>, GivenAll<D>>,
    context?: ClassDecoratorContext<any>,
  ): void;
}

/**
 * Tells tsyringe what to give to a class's constructor, a token for each parameter, in their order. Under standard decorators there
 * is no other way: they have no parameters and no types at run time. The class needs no `@injectable()`; `@singleton()` and
 * `@scoped()` may stand above or below.
 *
 * ```ts
 * @InjectWith(Database, 'region', optional(CLOCK), delay(() => Reports))
 * class Service {
 *   constructor(database: Database, region: string, clock: Clock | undefined, reports: Reports) {}
 * }
 * ```
 *
 * A subclass with a constructor of its own names its tokens itself. Throws a TypeError while decorating for what is no token.
 */
export function InjectWith<const D extends readonly Dependency[]>(...dependencies: D): InjectDecorator<D> {
  return (target: unknown, context?: { readonly kind: string; readonly name?: string | undefined }): void => {
    if (typeof target !== 'function' || (context && context.kind !== 'class'))
      throw new TypeError('@InjectWith goes on a class: its tokens are those of the constructor.');
    const className = context?.name ?? target.name;
    const wrong = dependencies.findIndex((dependency) => !isDependency(dependency));
    if (wrong >= 0) throw new TypeError(refusal(className, wrong, dependencies[wrong]));
    // tsyringe writes the tokens over this list: a subclass would share its base's, and what legacy decorators left of a longer one
    // would be resolved too
    defineMetadata('design:paramtypes', [], target);
    (dependencies.length > 0 || target.length === 0 ? dependencies : NOTHING).forEach((dependency, index) => {
      parameter(dependency)(target, undefined, index);
    });
    injectable()(target as new () => unknown);
  };
}

/** For a constructor that takes nothing but could: tsyringe refuses one with parameters and no tokens. */
const NOTHING = [optional(Symbol('spandrel.nothing'))];

const { defineMetadata } = Reflect as unknown as {
  defineMetadata(key: string, value: unknown, target: object): void;
};

/** tsyringe's own parameter decorator, to be called by hand. */
function parameter(dependency: Dependency): ReturnType<typeof inject> {
  if (!(dependency instanceof Wanted)) return inject(dependency);
  return dependency.many ? injectAll(dependency.token) : inject(dependency.token, { isOptional: true });
}

function refusal(className: string, index: number, dependency: unknown): string {
  const token: unknown = dependency instanceof Wanted ? dependency.token : dependency;
  if (token === undefined)
    return `@InjectWith: token ${index + 1} of "${className}" is undefined. Where two files import each other, write delay(() => TheClass).`;
  return `@InjectWith: token ${index + 1} of "${className}" is ${token === null ? 'null' : `of type ${typeof token}`}, not a class, a string, a symbol or delay(). A value is registered under a token first.`;
}
