// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/awilix.ts
import { asClass, asFunction, asValue, createContainer, type AwilixContainer } from 'awilix';
import { PRICING_SERVICE, SESSION_PROVIDER, setResolver, withResolver, type Resolver } from 'spandrel';
import { FlatPrice, Model, show, Support } from './support.js';

interface Services {
  model: Model;
  support: Support;
}
const resolverOf = (container: AwilixContainer<Services>): Resolver => ({
  resolve: (token) => container.resolve(token),
  has: (token) => container.hasRegistration(token), // in its parents too
});

const container = createContainer<Services>({ strict: true }).register({
  model: asClass(Model).singleton(),
  support: asFunction(({ model }: Services) => new Support(model)),
});
container.register(PRICING_SERVICE, asValue(new FlatPrice(0.001)));
container.register(
  SESSION_PROVIDER,
  asValue(() => ({ sessionId: 'process' })),
);
setResolver(resolverOf(container));

await show('as registered', () => container.cradle.support.ask('What does it cost?'));

container.register(PRICING_SERVICE, asValue(new FlatPrice(0.002)));
await show('replaced', () => container.cradle.support.ask('What does it cost?'));

async function request(sessionId: string, price: number): Promise<void> {
  const scope = container.createScope();
  scope.register(PRICING_SERVICE, asValue(new FlatPrice(price)));
  scope.register(
    SESSION_PROVIDER,
    asValue(() => ({ sessionId })),
  );
  await withResolver(resolverOf(scope), () => scope.cradle.support.ask('What does it cost?'));
  await scope.dispose();
}
await show('two requests', () => Promise.all([request('ann', 0.003), request('bob', 0.004)]));
await show('afterwards', () => container.cradle.support.ask('What does it cost?'));
