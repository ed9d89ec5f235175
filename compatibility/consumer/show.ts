import 'reflect-metadata';
import { PRICING_SERVICE, traced, type PricingService } from 'spandrel';
import { fakePricing, testTracing, type TestTracing } from 'spandrel/testing';
import { registerTracing, withContainer } from 'spandrel/tsyringe';
import { container } from 'tsyringe';
import { Analyzer, Derived, Store } from './service.js';

const SHOWN = [
  ...[
    'openinference.span.kind',
    'input.value',
    'output.value',
    'session.id',
    'tag.tags',
    'llm.prompt_template.version',
  ],
  ...['cost.total_usd', 'cost.agent_name', 'agent.role', 'performance.chunks', 'exception.message'],
];

/** Runs the services, and prints their spans as text that is the same for every compiler and every runtime. */
export async function show(more: () => unknown = () => undefined): Promise<void> {
  const tracing: TestTracing = testTracing({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });
  registerTracing(container);
  const analyzer = container.resolve(Analyzer);
  const print = (): void => {
    console.log(tracing.tree());
    tracing.reset();
  };

  await analyzer.analyze('Ana: Does it scale?');
  const lines = tracing.spans.map(({ name, attributes }) =>
    [name, ...SHOWN.filter((key) => attributes[key] !== undefined).map((key) => `${key}=${String(attributes[key])}`)].join(' | '),
  ); // prettier-ignore
  console.log(lines.map((line) => line.replace(/chatcmpl-[\d.e-]+/g, 'chatcmpl-0')).join('\n'));
  print();

  const child = container.createChildContainer();
  child.register<PricingService>(PRICING_SERVICE, {
    useValue: fakePricing({ 'small-model': { input: 2_000, output: 4_000 } }),
  });
  await withContainer(child, () => analyzer.classify('Ben: What does it cost?', 'small-model'));
  print();

  Analyzer.lookUp('ann', 'hunter2');
  const store = new Store();
  store.save('a', { apiKey: 'secret', note: 'plain' });
  console.log([...store.keys()].join());
  console.log(new Derived().greet('Ada'), Derived.name, store.save.name, store.save.length, store instanceof Store);
  try {
    new Derived().fail();
  } catch (error) {
    console.log(String(error instanceof RangeError));
  }
  await traced(async (n: number) => n + 1, { spanName: 'by hand' })(1);
  for (const { attributes, status } of tracing.spans)
    console.log(String(attributes['input.value']), '->', String(attributes['output.value']), status.message ?? '');
  print();

  await more();
  print();
  await tracing.shutdown();
}
