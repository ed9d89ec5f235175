// What the demo's service records, as a user of spandrel would test it: with the kit alone, under Vitest. Run by `npm test` too.
//   npx vitest run examples/call-analyzer
import 'reflect-metadata';
import 'spandrel/testing/vitest';
import { fileURLToPath } from 'node:url';
import { testTracing } from 'spandrel/testing';
import { withContainer } from 'spandrel/tsyringe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CALL_SESSION, CallAnalyzer, type CallSession } from './call-analyzer.js';
import { serviceContainer } from './container.js';
import { scriptedClients, type ModelClients } from './model-clients.js';
import { DEFAULT_MODELS } from './models.js';
import { readTranscript } from './transcript.js';

const tracing = testTracing();
let clients: ModelClients;

beforeAll(async () => {
  clients = await scriptedClients();
  const request = serviceContainer(clients, DEFAULT_MODELS).createChildContainer();
  request.register<CallSession>(CALL_SESSION, {
    useValue: { sessionId: 'call-1', userId: 'priya', accountId: 'HF-2041' },
  });
  const transcript = await readTranscript(
    fileURLToPath(new URL('transcripts/halden-freight-discovery.txt', import.meta.url)),
  );
  await withContainer(request, () => request.resolve(CallAnalyzer).analyze(transcript));
}, 60_000);
afterAll(async () => {
  await clients.close();
  await tracing.shutdown();
});

it('is one trace in the session of the call, and nothing is left open', () => {
  expect(tracing).toHaveSpan('CallAnalyzer.analyze', { kind: 'CHAIN', parent: null, status: 'ok' });
  for (const span of tracing.spans) expect(span).toHaveSession('call-1', 'priya');
  expect(tracing).toHaveNoOpenSpans();
});

it('classifies under its prompt, with a model that is priced', () => {
  const call = tracing.byName('Classifier.ask');
  expect(call).toBeChildOf('Classifier.classify');
  expect(call).toHavePromptTemplate({ version: expect.any(String) });
  expect(call).toHaveTokens({ prompt: expect.any(Number), completion: expect.any(Number) });
  expect(call).toCostLessThan(0.01);
});

it('lets two agents evaluate, each linked to the classification', () => {
  const classified = tracing.byName('Classifier.classify');
  for (const agent of ['agent.technical_evaluator', 'agent.commercial_evaluator']) {
    expect(tracing).toHaveSpan(agent, { kind: 'AGENT', parent: 'CallAnalyzer.analyze', links: [classified] });
    expect(tracing.byName(agent)).toHaveCost({ min: 0.001, max: 0.1 });
  }
});

it('goes on when a fine-tuned model is gone, and the failure can be seen', () => {
  expect(tracing).toHaveSpan('CommercialEvaluator.askForTools', {
    status: 'error',
    attributes: { 'llm.model_name': /^ft:/ },
    events: ['exception'],
  });
  expect(tracing.byName('CallAnalyzer.analyze')).toHaveNoErrors();
});

it('says which model has no price, rather than that it costs nothing', () => {
  expect(tracing.byName('LeadScorer.ask')).toHaveAttribute('cost.unpriced_model', 'inhouse-scorer-7b');
  expect(tracing.byName('LeadScorer.ask')).not.toHaveCost({ min: 0 });
});
