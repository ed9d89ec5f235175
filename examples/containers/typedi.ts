// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/typedi.ts
import 'reflect-metadata';
import { PRICING_SERVICE, SESSION_PROVIDER, setResolver, withResolver, type Resolver } from 'spandrel';
import { Container, type ContainerInstance } from 'typedi';
import { FlatPrice, Model, show, Support } from './support.js';

// typedi takes no symbols: a service stands under the token's text
const named = (token: symbol): string => token.description ?? '';
const resolverOf = (container: ContainerInstance): Resolver => ({
  resolve: (token) => container.get(named(token)),
  has: (token) => container.has(named(token)) || Container.has(named(token)), // it asks itself only
});

Container.set({ id: Support, factory: () => new Support(Container.get(Model)) });
Container.set(Model, new Model());
Container.set(named(PRICING_SERVICE), new FlatPrice(0.001));
Container.set(named(SESSION_PROVIDER), () => ({ sessionId: 'process' }));
setResolver(resolverOf(Container.of()));

await show('as registered', () => Container.get(Support).ask('What does it cost?'));

Container.set(named(PRICING_SERVICE), new FlatPrice(0.002));
await show('replaced', () => Container.get(Support).ask('What does it cost?'));

async function request(sessionId: string, price: number): Promise<void> {
  const container = Container.of(sessionId);
  container.set(named(PRICING_SERVICE), new FlatPrice(price));
  container.set(named(SESSION_PROVIDER), () => ({ sessionId }));
  await withResolver(resolverOf(container), () => container.get(Support).ask('What does it cost?'));
  Container.reset(sessionId);
}
await show('two requests', () => Promise.all([request('ann', 0.003), request('bob', 0.004)]));
await show('afterwards', () => Container.get(Support).ask('What does it cost?'));
