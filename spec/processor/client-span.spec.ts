import Anthropic from '@anthropic-ai/sdk';
import { trace } from '@opentelemetry/api';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configure, traced } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';

const tracing = testTracing();
const message = (stream: boolean) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-test',
  content: stream ? [] : [{ type: 'text', text: 'Hello there' }],
  stop_reason: stream ? null : 'end_turn',
  stop_sequence: null,
  usage: {
    input_tokens: 300,
    cache_read_input_tokens: 600,
    cache_creation_input_tokens: 100,
    output_tokens: stream ? 1 : 500,
  },
});
const events = [
  { type: 'message_start', message: message(true) },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' there' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 500 } },
  { type: 'message_stop' },
];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    if ((JSON.parse(body) as { stream?: boolean }).stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      response.end();
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(message(false)));
    }
  });
});
let anthropic: Anthropic;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  anthropic = new Anthropic({
    apiKey: 'k',
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    maxRetries: 0,
  });
});
beforeEach(() => {
  resetConfiguration();
  configure({ modelCosts: { 'claude-test': { input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25 } } });
});
afterEach(() => tracing.reset());
afterAll(async () => {
  resetConfiguration();
  await tracing.shutdown();
  await new Promise((resolve) => server.close(resolve));
});

const USD = (300 * 1 + 600 * 0.1 + 100 * 1.25 + 500 * 2) / 1e6;
const request = { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hi' }] };
const client = () => tracing.spans.find(({ name }) => name.startsWith('anthropic.'));
const costs = () => tracing.spans.filter((span) => 'cost.total_usd' in span.attributes).map(({ name }) => name);

/** The client's span ends some microtasks after our call. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

it('the Anthropic client’s own span owns tokens and cost; the span above has the roll-up, whole', async () => {
  const ask = traced(() => anthropic.messages.create(request), {
    spanName: 'ask',
    spanKind: 'LLM',
    modelName: 'claude-test',
  });
  const answer = await traced(async () => ask(), { spanName: 'root' })();
  await settled();
  expect(answer.usage.output_tokens).toBe(500);
  expect(client()?.attributes).toMatchObject({
    'llm.model_name': 'claude-test',
    'llm.token_count.prompt': 1000,
    'llm.token_count.prompt_details.cache_read': 600,
    'llm.token_count.prompt_details.cache_write': 100,
    'llm.token_count.completion': 500,
    'llm.cost.total': expect.closeTo(USD, 12),
    'cost.total_usd': expect.closeTo(USD, 12),
    'cost.source': 'override',
    'openinference.span.kind': 'LLM',
  });
  expect(costs()).toEqual([client()?.name]);
  for (const name of ['ask', 'root']) {
    expect(tracing.byName(name).attributes).toMatchObject({
      'cost.rollup.total_usd': expect.closeTo(USD, 12),
      'cost.rollup.llm_calls': 1,
    });
    expect(tracing.byName(name).attributes['cost.rollup.incomplete']).toBeUndefined();
    expect(tracing.byName(name).attributes['llm.token_count.prompt']).toBeUndefined();
  }
});

it('the same when it streams', async () => {
  const ask = traced(() => anthropic.messages.create({ ...request, stream: true }), {
    spanName: 'ask',
    spanKind: 'LLM',
  });
  let text = '';
  await traced(
    async () => {
      for await (const event of await ask())
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    },
    { spanName: 'root' },
  )();
  await settled();
  expect(text).toBe('Hello there');
  expect(tracing.byName('ask').attributes).toMatchObject({
    'output.value': 'Hello there',
    'performance.chunks': 7,
    'cost.rollup.llm_calls': 1,
  });
  expect(costs()).toEqual([client()?.name]);
  expect(tracing.byName('root').attributes).toMatchObject({
    'cost.rollup.total_usd': expect.closeTo(USD, 12),
    'cost.rollup.llm_calls': 1,
  });
});

it('the span of a traced call owns it where the client makes none', async () => {
  const silent = new Anthropic({ apiKey: 'k', baseURL: anthropic.baseURL, maxRetries: 0, openTelemetry: false });
  await traced(() => silent.messages.create(request), { spanName: 'ask', spanKind: 'LLM' })();
  expect(client()).toBeUndefined();
  expect(tracing.byName('ask').attributes).toMatchObject({
    'cost.total_usd': expect.closeTo(USD, 12),
    'llm.token_count.prompt': 1000,
  });
});

it('a client’s span without a traced call above is priced too', async () => {
  await anthropic.messages.create(request);
  await settled();
  expect(client()?.attributes['cost.total_usd']).toBeCloseTo(USD, 12);
});

it('a cost that another library wrote is respected', () => {
  const span = trace
    .getTracer('other')
    .startSpan('chat x', { attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'claude-test' } });
  span.setAttributes({ 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 5, 'llm.cost.total': 3 });
  span.end();
  expect(tracing.byName('chat x').attributes['llm.cost.total']).toBe(3);
  expect(tracing.byName('chat x').attributes['cost.total_usd']).toBeUndefined();
});

it('spans that wrap model calls, and spans that are none, are left alone', () => {
  for (const attributes of [
    { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'claude-test' },
    { 'http.method': 'GET' },
    { 'ai.operationId': 'ai.generateText' },
  ]) {
    const span = trace.getTracer('other').startSpan('other', { attributes });
    span.setAttributes({ 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 5 });
    span.end();
  }
  expect(costs()).toEqual([]);
});

it('a client’s span that brings no usage gets what the call above it read', async () => {
  const tracer = trace.getTracer('poor-client');
  const ask = traced(
    async () => {
      const span = tracer.startSpan('chat poor', { attributes: { 'gen_ai.operation.name': 'chat' } });
      setTimeout(() => span.end(), 5);
      return { ...message(false) };
    },
    { spanName: 'ask', spanKind: 'LLM' },
  );
  await ask();
  await settled();
  expect(costs()).toEqual(['chat poor']);
  expect(tracing.byName('chat poor')).toHaveCost(USD);
});
