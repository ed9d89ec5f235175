// Under jest (globals) and Vitest (globals: true).
import { Analyzer, Model, Store } from './service.js';
import { assertTraced, testTracing } from 'spandrel/testing';

const tracing = testTracing({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });
afterAll(() => tracing.shutdown());

it('makes the same spans', async () => {
  await new Analyzer(new Model()).analyze('Ana: Does it scale?');
  expect(tracing).toHaveSpan('Analyzer.classify', { kind: 'LLM', parent: 'agent.classifier' });
  expect(tracing).toMatchSpanTree(`
    agent.classifier  AGENT
    ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
    └─ Analyzer.words  CHAIN
  `);
  assertTraced(Store);
});
