import 'reflect-metadata';
import { container } from 'tsyringe';
import { PRICING_SERVICE, SESSION_PROVIDER, SessionScoped, traced, type PricingService } from '../../lib/index.js';
import { setResolver } from '../../lib/index.js';
import { registerTracing, withContainer } from '../../lib/adapters/tsyringe/index.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  container.reset();
  setResolver(undefined);
});
afterAll(() => tracing.shutdown());

const completion = () => ({ id: 'x', model: 'm', choices: [], usage: { prompt_tokens: 1000, completion_tokens: 500 } });
const ask = traced(async () => (await null, completion()), { spanName: 'ask', spanKind: 'LLM' });
const costs = () => tracing.spans.map((span) => span.attributes['cost.total_usd']);
const fixed = (totalUsd: number): PricingService => ({ price: () => ({ totalUsd }) });

it('registers prices of your own', async () => {
  registerTracing(container, { modelCosts: { m: { input: 0.25, output: 1.25 } } });
  await ask();
  expect(tracing.byName('ask').attributes).toMatchObject({ 'cost.total_usd': 0.000875, 'cost.source': 'override' });
});

it('a service registered later, by a plain factory, replaces the price', async () => {
  registerTracing(container, { pricing: fixed(1) });
  await ask();
  container.register(PRICING_SERVICE, { useFactory: () => fixed(2) });
  await ask();
  expect(costs()).toEqual([1, 2]);
});

it('a tenant’s child container gives its own prices, thousands of requests interleaved', async () => {
  registerTracing(container, { pricing: fixed(1) });
  const tenants = Array.from({ length: 10 }, (_, i) => {
    const child = container.createChildContainer();
    if (i > 0) child.register(PRICING_SERVICE, { useValue: fixed(i * 100) });
    return child;
  });
  const spent = await Promise.all(
    Array.from({ length: 2_000 }, (_, i) =>
      withContainer(tenants[i % 10]!, async () => {
        const span = traced(async () => (await new Promise(setImmediate), completion()), {
          spanName: `tenant ${i % 10}`,
          spanKind: 'LLM',
        });
        await span();
      }),
    ),
  );
  expect(spent).toHaveLength(2_000);
  for (const span of tracing.spans) {
    const tenant = Number(span.name.slice(7));
    expect(span.attributes['cost.total_usd']).toBe(tenant === 0 ? 1 : tenant * 100);
  }
});

it('a request container that is disposed before its call ends does no harm', async () => {
  registerTracing(container, { pricing: fixed(1) });
  const child = container.createChildContainer();
  child.register(PRICING_SERVICE, { useValue: fixed(5) });
  const call = withContainer(child, () => ask());
  await child.dispose();
  await call;
  expect(costs()).toEqual([5]);
});

it('gives @SessionScoped the session of the request’s container', () => {
  registerTracing(container, { sessionProvider: () => ({ sessionId: 'global' }) });
  const child = container.createChildContainer();
  child.register(SESSION_PROVIDER, { useValue: () => ({ sessionId: 'request' }) });
  class Service {
    @SessionScoped()
    run() {
      traced(() => 1, { spanName: 'inner' })();
    }
  }
  withContainer(child, () => new Service().run());
  expect(tracing.byName('inner')).toHaveSession('request');
});

it.each([
  ['no container', () => registerTracing({} as never), 'registerTracing: expected a tsyringe container'],
  [
    'an unknown registration',
    () => registerTracing(container, { pricng: 1 } as never),
    'registerTracing: unknown option "pricng". Did you mean "pricing"?',
  ],
  [
    'two ways of pricing',
    () => registerTracing(container, { pricing: fixed(1), modelCosts: {} }),
    'give pricing or modelCosts, not both',
  ],
])('throws for %s', (_, act, message) => {
  expect(act).toThrow(message);
});
