import type { Watch } from './watch.js';

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a base whose `this` is the object given
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * Private fields on somebody else's object: unseen by it, and possible on a frozen one. A WeakMap would do the same at
 * 2 µs for each promise (it is cleared by the garbage collector, entry by entry) where this takes 50 ns.
 */
class Mark extends Given {
  readonly #watch: Watch;
  readonly #returned: object;

  constructor(source: object, watch: Watch, returned: object) {
    super(source);
    this.#watch = watch;
    this.#returned = returned;
  }

  static watchOf(source: object): Watch | undefined {
    return #watch in source ? source.#watch : undefined;
  }

  static returnedFor(source: object): object | undefined {
    return #returned in source ? source.#returned : undefined;
  }
}

/** For engines that refuse private fields on a frozen object, as a proposal to TC39 has it. */
let unmarkable: WeakMap<object, { watch: Watch; returned: object }> | undefined;

/** The watch of a source that a traced call has returned before. */
export function watchOf(source: object): Watch | undefined {
  return Mark.watchOf(source) ?? unmarkable?.get(source)?.watch;
}

/** What the callers of that call got: the source itself, or what had to be derived from it. The same object each time. */
export function returnedFor(source: object): object {
  return Mark.returnedFor(source) ?? unmarkable?.get(source)?.returned ?? source;
}

/** Remembers that a source is watched, so that the next call that returns it joins instead of watching again. */
export function remember(source: object, watch: Watch, returned: object = source): void {
  try {
    new Mark(source, watch, returned);
  } catch {
    (unmarkable ??= new WeakMap()).set(source, { watch, returned });
  }
}
