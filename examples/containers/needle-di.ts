// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/needle-di.ts
import { Container, inject } from '@needle-di/core';
import { PRICING_SERVICE, SESSION_PROVIDER, setResolver, withResolver, type Resolver } from 'spandrel';
import { FlatPrice, Model, show, Support } from './support.js';

const resolverOf = (container: Container): Resolver => ({
  resolve: (token) => container.get(token, { optional: true }), // in its parents too, which has() does not ask
});

const container = new Container().bindAll(
  { provide: Model, useFactory: () => new Model() },
  { provide: Support, useFactory: () => new Support(inject(Model)) },
  { provide: PRICING_SERVICE, useValue: new FlatPrice(0.001) },
  { provide: SESSION_PROVIDER, useValue: () => ({ sessionId: 'process' }) },
);
setResolver(resolverOf(container));

await show('as registered', () => container.get(Support).ask('What does it cost?'));

container.unbind(PRICING_SERVICE).bind({ provide: PRICING_SERVICE, useValue: new FlatPrice(0.002) });
await show('replaced', () => container.get(Support).ask('What does it cost?'));

async function request(sessionId: string, price: number): Promise<void> {
  const child = container
    .createChild()
    .bindAll(
      { provide: PRICING_SERVICE, useValue: new FlatPrice(price) },
      { provide: SESSION_PROVIDER, useValue: () => ({ sessionId }) },
    );
  await withResolver(resolverOf(child), () => child.get(Support).ask('What does it cost?'));
}
await show('two requests', () => Promise.all([request('ann', 0.003), request('bob', 0.004)]));
await show('afterwards', () => container.get(Support).ask('What does it cost?'));
