// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/inversify.ts
import { Container } from 'inversify';
import 'reflect-metadata';
import { PRICING_SERVICE, SESSION_PROVIDER, setResolver, withResolver, type Resolver } from 'spandrel';
import { FlatPrice, Model, show, Support } from './support.js';

const resolverOf = (container: Container): Resolver => ({
  resolve: (token) => container.get(token),
  has: (token) => container.isBound(token), // in its parents too
});

const container = new Container();
container.bind(Model).toDynamicValue(() => new Model());
container.bind(Support).toDynamicValue((context) => new Support(context.get(Model)));
container.bind(PRICING_SERVICE).toConstantValue(new FlatPrice(0.001));
container.bind(SESSION_PROVIDER).toConstantValue(() => ({ sessionId: 'process' }));
setResolver(resolverOf(container));

await show('as registered', () => container.get(Support).ask('What does it cost?'));

container.rebind(PRICING_SERVICE).toConstantValue(new FlatPrice(0.002));
await show('replaced', () => container.get(Support).ask('What does it cost?'));

async function request(sessionId: string, price: number): Promise<void> {
  const child = new Container({ parent: container });
  child.bind(PRICING_SERVICE).toConstantValue(new FlatPrice(price));
  child.bind(SESSION_PROVIDER).toConstantValue(() => ({ sessionId }));
  await withResolver(resolverOf(child), () => child.get(Support).ask('What does it cost?'));
}
await show('two requests', () => Promise.all([request('ann', 0.003), request('bob', 0.004)]));
await show('afterwards', () => container.get(Support).ask('What does it cost?'));
