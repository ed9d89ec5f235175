import type { Context } from '@opentelemetry/api';
import { safely } from '../safely.js';
import { shared } from '../shared-state.js';
import { activeContext, withContext } from './active.js';
import { extendAmbient } from './ambient.js';
import { scopeOf } from './scope-context.js';

/**
 * Finds services by token: a dependency-injection container seen through two methods.
 * `has` saves the cost of a resolve that throws; without it a `resolve` that throws or gives undefined means "not registered".
 */
export interface Resolver {
  resolve(token: symbol): unknown;
  has?(token: symbol): boolean;
}

/** Token of the {@link PricingService}. */
export const PRICING_SERVICE: unique symbol = Symbol.for('spandrel.PRICING_SERVICE') as never;
/** Token of the session provider: `() => { sessionId?, userId?, tags?, metadata? } | undefined`. */
export const SESSION_PROVIDER: unique symbol = Symbol.for('spandrel.SESSION_PROVIDER') as never;
/** Token of a list of {@link UsageReader}s that are asked before ours. */
export const USAGE_READERS: unique symbol = Symbol.for('spandrel.USAGE_READERS') as never;
/** Token of a {@link Redactor} that is applied after the default rules. */
export const REDACTOR: unique symbol = Symbol.for('spandrel.REDACTOR') as never;

const global = shared<{ resolver: Resolver | undefined }>('resolver', () => ({ resolver: undefined }));

/** Sets the resolver that is asked where no scope carries its own; `undefined` removes it. Throws a TypeError for what has no `resolve`. */
export function setResolver(resolver: Resolver | undefined): void {
  if (resolver !== undefined) checkResolver('setResolver', resolver);
  global.resolver = resolver;
}

/** Runs `fn` with a resolver of its own, asked before the global one: a request's or a tenant's container. */
export function withResolver<R>(resolver: Resolver, fn: () => R): R {
  checkResolver('withResolver', resolver);
  return withContext(extendAmbient(activeContext(), { resolver }), fn, undefined, []);
}

function checkResolver(where: string, resolver: Resolver): void {
  if (typeof (resolver as Resolver | null)?.resolve !== 'function')
    throw new TypeError(
      `${where}: expected an object with resolve(token), got ${resolver === null ? 'null' : typeof resolver}.`,
    );
}

/** The services registered under a token: the scope's resolver first, then the global one. A resolver that throws is reported once and passed over. */
export function resolveAll(token: symbol, active: Context): readonly unknown[] {
  const scoped = scopeOf(active)?.resolver;
  if (scoped === undefined && global.resolver === undefined) return NONE;
  const found: unknown[] = [];
  for (const resolver of scoped === global.resolver ? [scoped] : [scoped, global.resolver]) {
    const service =
      resolver && safely(`the resolver failed for ${String(token.description)}`, resolveOne, resolver, token);
    if (service !== undefined && service !== null) found.push(service);
  }
  return found;
}

/** The first of {@link resolveAll}. */
export function resolveFirst(token: symbol, active: Context): unknown {
  return resolveAll(token, active)[0];
}

function resolveOne(resolver: Resolver, token: symbol): unknown {
  return typeof resolver.has === 'function' && !resolver.has(token) ? undefined : resolver.resolve(token);
}

const NONE: readonly unknown[] = [];
