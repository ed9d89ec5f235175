import type { delay, InjectionToken } from 'tsyringe';

/** A token with how much of it is wanted; {@link optional} and {@link all} make it. */
export class Wanted<T> {
  /** For the compiler alone: what the constructor gets. */
  declare readonly gives: T;

  constructor(
    readonly token: InjectionToken,
    readonly many: boolean,
  ) {}
}

/** What {@link InjectWith} takes for a parameter: a token of tsyringe's, `delay(() => Later)` too, or one in `optional()` or `all()`. */
export type Dependency = InjectionToken | Wanted<unknown>;

/** What a container gives for a dependency; `any` for a string or a symbol, which say nothing of a type. */
export type Given<D> =
  D extends Wanted<infer T>
    ? T
    : D extends new (...args: any) => infer T
      ? T
      : D extends ReturnType<typeof delay>
        ? D extends { createProxy(create: never): infer T }
          ? T
          : never
        : any;

/** The dependency under a token, or undefined where the token is not registered. Needs tsyringe 4.9; 4.8 throws there. */
export function optional<const K extends InjectionToken>(token: K): Wanted<Given<K> | undefined> {
  return new Wanted(token, false);
}

/** Every registration of a token, as a list; one at least. */
export function all<const K extends InjectionToken>(token: K): Wanted<Given<K>[]> {
  return new Wanted(token, true);
}

/** Whether tsyringe can look something up by it. */
export function isDependency(value: unknown): value is Dependency {
  const token: unknown = value instanceof Wanted ? value.token : value;
  return (
    typeof token === 'string' ||
    typeof token === 'symbol' ||
    typeof token === 'function' ||
    // delay()'s class is not exported
    typeof (token as ReturnType<typeof delay> | null | undefined)?.createProxy === 'function'
  );
}
