import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { builtinModule } from '../builtin-module.js';
import { reportOnce } from '../safely.js';
import { shared } from '../shared-state.js';

/** What of `AsyncLocalStorage` is needed. */
interface Carrier {
  run<R>(store: Context, fn: () => R): R;
  getStore(): Context | undefined;
}

const fallback = shared<{ carrier: Carrier | undefined }>('carrier', () => ({ carrier: undefined }));

/** The active context: OpenTelemetry's, or what {@link carryContexts} carries where nobody has registered a context manager. */
export function activeContext(): Context {
  const active = context.active();
  return fallback.carrier !== undefined && active === ROOT_CONTEXT ? (fallback.carrier.getStore() ?? active) : active;
}

/** Calls `fn` as `self`'s with a context active. Through `Reflect.apply`, since a context manager may call with a `this` of its own. */
export function withContext<A extends readonly unknown[], R>(
  active: Context,
  fn: (this: any, ...args: A) => R,
  self: unknown,
  args: A,
): R {
  return fallback.carrier === undefined
    ? context.with(active, Reflect.apply<unknown, A, R>, undefined, fn, self, args)
    : fallback.carrier.run(active, () => context.with(active, Reflect.apply<unknown, A, R>, undefined, fn, self, args));
}

/**
 * Makes contexts reach what a call starts even without an SDK, whose context manager does so as a rule: for budgets and metrics, which count
 * whether or not anybody traces. Takes Node's `AsyncLocalStorage` where the runtime has it, and says so where it has not.
 */
export function carryContexts(): void {
  if (fallback.carrier !== undefined) return;
  const probe = ROOT_CONTEXT.setValue(PROBE, true);
  if (context.with(probe, () => context.active() === probe)) return;
  const AsyncLocalStorage = asyncLocalStorage();
  if (AsyncLocalStorage) fallback.carrier = new AsyncLocalStorage();
  else
    reportOnce(
      'no context manager is registered, so budgets and metrics cannot tell which call was made inside which: start an OpenTelemetry SDK, or register a context manager',
    );
}

const PROBE = Symbol('spandrel.probe');

function asyncLocalStorage(): (new () => Carrier) | undefined {
  const { AsyncLocalStorage } = globalThis as { AsyncLocalStorage?: new () => Carrier }; // edge runtimes
  return (
    builtinModule<{ AsyncLocalStorage: new () => Carrier }>('node:async_hooks')?.AsyncLocalStorage ?? AsyncLocalStorage
  );
}
