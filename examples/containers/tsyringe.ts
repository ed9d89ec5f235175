// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/tsyringe.ts
import 'reflect-metadata';
import { PRICING_SERVICE, SESSION_PROVIDER } from 'spandrel';
import { InjectWith, registerTracing, withContainer } from 'spandrel/tsyringe';
import { container, type Disposable } from 'tsyringe';
import { FlatPrice, Model, show, Support } from './support.js';

InjectWith(Model)(Support); // over a class of your own: @InjectWith(Model)

/** Its constructor gets the child container's support, without `@injectable()` and without types at run time. */
@InjectWith(Support, 'question')
class Conversation implements Disposable {
  constructor(
    private readonly support: Support,
    private readonly question: string,
  ) {}

  async run(): Promise<void> {
    await this.support.ask(this.question);
  }

  async dispose(): Promise<void> {
    // closed with its container
  }
}

registerTracing(container, { pricing: new FlatPrice(0.001), sessionProvider: () => ({ sessionId: 'process' }) });
container.register('question', { useValue: 'What does it cost?' });

await show('as registered', () => container.resolve(Conversation).run());

container.register(PRICING_SERVICE, { useValue: new FlatPrice(0.002) });
await show('replaced', () => container.resolve(Conversation).run());

async function request(sessionId: string, price: number): Promise<void> {
  const child = container.createChildContainer();
  child.register(PRICING_SERVICE, { useValue: new FlatPrice(price) });
  child.register(SESSION_PROVIDER, { useValue: () => ({ sessionId }) });
  await withContainer(child, () => child.resolve(Conversation).run());
  await child.dispose();
}
await show('two requests', () => Promise.all([request('ann', 0.003), request('bob', 0.004)]));
await show('afterwards', () => container.resolve(Conversation).run());
