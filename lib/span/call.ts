export type AnyFn = (this: any, ...args: any[]) => any;

/** One call of a decorated function, as selectors see it. */
export interface Call<F extends AnyFn = AnyFn> {
  /** The `this` of the call. */

  readonly self: any;
  /** The arguments as they were given. */
  readonly args: Parameters<F>;
  /** The class that declares the method; undefined for a function, or when it cannot be told. */
  readonly className: string | undefined;
  readonly methodName: string;
}

/** A value, or a function of the call that gives it at once. Traced functions that it calls run bare: they are not part of the call. */
export type Selected<T, F extends AnyFn = AnyFn> = T | ((call: Call<F>) => T);

/** Where a call happens: what its span is called when nobody names it. */
export interface Site {
  readonly methodName: string;
  /** The class that declares the method, found from a `this`. */
  className(self: unknown): string | undefined;
}

/** A call with its class name found when it is asked for. */
export class SiteCall implements Call {
  readonly self: unknown;
  /** The arguments themselves, to be read alone. */
  readonly given: readonly unknown[];
  readonly #site: Site;
  #args: never[] | undefined;

  constructor(site: Site, self: unknown, args: readonly unknown[]) {
    this.#site = site;
    this.self = self;
    this.given = args;
  }

  /** A list of its own: a selector that changes it does not change the call. */
  get args(): never[] {
    return (this.#args ??= [...this.given] as never[]);
  }

  get className(): string | undefined {
    return this.#site.className(this.self);
  }

  get methodName(): string {
    return this.#site.methodName;
  }
}
