import type { DependencyContainer } from 'tsyringe';
import type { Redactor } from '../../capture/redaction.js';
import {
  PRICING_SERVICE,
  REDACTOR,
  SESSION_PROVIDER,
  setResolver,
  USAGE_READERS,
  withResolver,
  type Resolver,
} from '../../context/resolver.js';
import { DefaultPricingService } from '../../cost/default-pricing.js';
import type { ModelCosts } from '../../cost/model-costs.js';
import type { UsageReader } from '../../cost/model-response.js';
import type { PricingService } from '../../cost/pricing-service.js';
import { checkOptions } from '../../options.js';
import type { MetadataOptions } from '../../plan/session-scope.js';

/** What `registerTracing` registers; each is left out where it is not given. */
export interface TracingRegistrations {
  /** Under `PRICING_SERVICE`. */
  readonly pricing?: PricingService | undefined;
  /** Under `PRICING_SERVICE`: prices of your own, in USD per million tokens, in front of the catalogue. Not together with `pricing`. */
  readonly modelCosts?: ModelCosts | undefined;
  /** Under `SESSION_PROVIDER`: asked by `@SessionScoped()` that is given no session. */
  readonly sessionProvider?: (() => MetadataOptions | undefined) | undefined;
  /** Under `USAGE_READERS`: asked before ours. */
  readonly usageReaders?: readonly UsageReader[] | undefined;
  /** Under `REDACTOR`: applied after the default rules. */
  readonly redactor?: Redactor | undefined;
}

/**
 * Registers tracing services in a tsyringe container and makes it the one that is asked when no scope carries its own.
 * After it a plain `container.register(PRICING_SERVICE, { useFactory })` is enough: services are found when a call starts.
 *
 * ```ts
 * registerTracing(container, { modelCosts: { 'my-model': { input: 0.25, output: 1.25 } } });
 * ```
 *
 * Throws a TypeError for what is no container, or an unknown registration.
 */
export function registerTracing(container: DependencyContainer, registrations: TracingRegistrations = {}): void {
  const resolver = resolverOf('registerTracing', container);
  checkOptions('registerTracing', registrations, [
    'pricing',
    'modelCosts',
    'sessionProvider',
    'usageReaders',
    'redactor',
  ]);
  const { pricing, modelCosts, sessionProvider, usageReaders, redactor } = registrations;
  if (pricing !== undefined && modelCosts !== undefined)
    throw new TypeError(
      'registerTracing: give pricing or modelCosts, not both: a service of your own decides about its prices alone.',
    );
  const priced = modelCosts === undefined ? pricing : new DefaultPricingService({ modelCosts });
  const services: [symbol, unknown][] = [
    [PRICING_SERVICE, priced],
    [SESSION_PROVIDER, sessionProvider],
    [USAGE_READERS, usageReaders],
    [REDACTOR, redactor],
  ];
  for (const [token, useValue] of services) if (useValue !== undefined) container.register(token, { useValue });
  setResolver(resolver);
}

/**
 * Runs `fn` with a container of its own: a request's or a tenant's child container, asked before the global one for prices, session,
 * readers and redactor.
 */
export function withContainer<R>(container: DependencyContainer, fn: () => R): R {
  return withResolver(resolverOf('withContainer', container), fn);
}

const resolvers = new WeakMap<DependencyContainer, Resolver>();

/** A container seen as a resolver; asks first whether a token is registered, in its parents too, since a miss would throw. */
function resolverOf(where: string, container: DependencyContainer): Resolver {
  const given = container as Partial<DependencyContainer> | null | undefined;
  if (typeof given?.resolve !== 'function' || typeof given.isRegistered !== 'function')
    throw new TypeError(
      `${where}: expected a tsyringe container, got ${container === null ? 'null' : typeof container}.`,
    );
  let resolver = resolvers.get(container);
  if (!resolver) {
    resolver = { resolve: (token) => container.resolve(token), has: (token) => container.isRegistered(token, true) };
    resolvers.set(container, resolver);
  }
  return resolver;
}
