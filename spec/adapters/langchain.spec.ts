import { ChatAnthropic } from '@langchain/anthropic';
import { type AIMessage, HumanMessage } from '@langchain/core/messages';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnableLambda } from '@langchain/core/runnables';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { tool } from '@langchain/core/tools';
import { FakeListChatModel, FakeStreamingLLM } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import { trace } from '@opentelemetry/api';
import { z } from 'zod';
import { configure, traced, TraceAgent, withCostBudget, withMetadata } from '../../lib/index.js';
import { TokenTrackingCallback } from '../../lib/adapters/langchain/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { startChatServer, type ChatServer } from '../support/chat-server.js';

const tracing = testTracing();
let server: ChatServer;
beforeAll(async () => void (server = await startChatServer()));
beforeEach(() => configure({ modelCosts: { 'gpt-x': { input: 0.25, output: 1.25, cacheRead: 0.1 }, 'claude-x': { input: 1, output: 2, cacheRead: 0.5 } } })); // prettier-ignore
afterEach(() => tracing.reset());
afterAll(async () => {
  await tracing.shutdown();
  await server.close();
  resetConfiguration();
});

const callbacks = [new TokenTrackingCallback()];
const openai = (more: object = {}) =>
  new ChatOpenAI({ model: 'gpt-x', temperature: 0, apiKey: 'test', maxRetries: 0, callbacks, configuration: { baseURL: `${server.url}/v1` }, ...more }); // prettier-ignore
const anthropic = () =>
  new ChatAnthropic({ model: 'claude-x', apiKey: 'test', maxRetries: 0, callbacks, anthropicApiUrl: server.url });
const named = (name: string) => tracing.spans.filter((span) => span.name === name);
/** 600 plain at 0.25, 400 cached at 0.1, 500 out at 1.25, a million. */
const OPENAI_USD = (600 * 0.25 + 400 * 0.1 + 500 * 1.25) / 1e6;
const ANTHROPIC_USD = (600 * 1 + 400 * 0.5 + 500 * 2) / 1e6;

describe('one LLM span a model call', () => {
  it('ChatOpenAI', async () => {
    const answer = await openai().invoke([new HumanMessage('Hi')]);
    expect(answer.content).toBe('Hello there');
    const { attributes } = tracing.byName('ChatOpenAI');
    expect(attributes).toMatchObject({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-x',
      'input.value': '{"messages":[{"role":"user","content":"Hi"}]}',
      'output.value': 'Hello there',
      'llm.input_messages.0.message.content': 'Hi',
      'llm.output_messages.0.message.content': 'Hello there',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 500,
      'llm.token_count.prompt_details.cache_read': 400,
      'cost.source': 'override',
    });
    expect(attributes['llm.cost.total']).toBeCloseTo(OPENAI_USD, 12);
    expect(JSON.parse(String(attributes['llm.invocation_parameters']))).toMatchObject({ temperature: 0 });
    expect(tracing.spans).toHaveLength(1);
  });

  it('ChatAnthropic', async () => {
    await anthropic().invoke('Hi');
    expect(tracing.byName('ChatAnthropic').attributes['llm.cost.total']).toBeCloseTo(ANTHROPIC_USD, 12);
  });

  it.each([
    ['ChatOpenAI', () => openai(), OPENAI_USD],
    ['ChatAnthropic', () => anthropic(), ANTHROPIC_USD],
  ])('%s, streamed', async (name, model, usd) => {
    let text = '';
    for await (const chunk of await model().stream('Hi')) text += chunk.text;
    expect(text).toBe('Hello there');
    const { attributes } = tracing.byName(name);
    expect(attributes).toMatchObject({ 'output.value': 'Hello there', 'llm.token_count.prompt': 1000, 'llm.token_count.completion': 500 }); // prettier-ignore
    expect(attributes['performance.chunks']).toBeGreaterThan(1);
    expect(attributes['performance.time_to_first_chunk_ms']).toBeGreaterThan(0);
    expect(attributes['llm.cost.total']).toBeCloseTo(usd, 12);
  });

  it('tool calls', async () => {
    const lookup = tool(() => 'Acme', { name: 'lookup', description: 'finds', schema: z.object({ id: z.number() }) });
    await openai().bindTools([lookup]).invoke('Who?');
    expect(tracing.byName('ChatOpenAI').attributes).toMatchObject({
      'llm.tools.0.tool.json_schema': expect.stringContaining('"lookup"') as string,
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'lookup',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"id":7}',
      'output.value': expect.stringContaining('lookup') as string,
    });
  });

  it('an error, a retry, a batch', async () => {
    server.script.failures = 2;
    await expect(openai().invoke('Hi')).rejects.toThrow('try again');
    await openai().withRetry({ stopAfterAttempt: 2 }).invoke('Hi');
    expect(named('ChatOpenAI').map(({ status, attributes }) => [status.code, 'llm.cost.total' in attributes])).toEqual([[2, false], [2, false], [1, true]]); // prettier-ignore
    tracing.reset();
    await openai().batch(['a', 'b', 'c']);
    expect(named('ChatOpenAI').map(({ attributes }) => attributes['llm.token_count.prompt'])).toEqual([1000, 1000, 1000]); // prettier-ignore
  });

  it('a stream that breaks ends with the error and carries no invented cost', async () => {
    server.script.breaks = true;
    await expect(async () => { for await (const _chunk of await openai().stream('Hi')); }).rejects.toThrow(); // prettier-ignore
    server.script.breaks = false;
    const { attributes, status } = tracing.byName('ChatOpenAI');
    expect(status.code).toBe(2);
    expect(attributes).not.toHaveProperty(['llm.cost.total']);
  });

  it('a model without usage and one that is no chat model', async () => {
    await new FakeListChatModel({ responses: ['Yes'], callbacks }).invoke('Hi');
    await new FakeStreamingLLM({ responses: ['Yes'], callbacks }).invoke('Hi');
    expect(tracing.byName('FakeListChatModel').attributes).toMatchObject({ 'output.value': 'Yes' });
    expect(tracing.spans).toHaveLength(2);
    expect(tracing.spans.every(({ attributes }) => !('cost.total_usd' in attributes))).toBe(true);
  });
});

describe('what is around', () => {
  it('chains, tools and retrievers get spans, each below the other', async () => {
    class Notes extends BaseRetriever {
      lc_namespace = ['spec'];
      override async _getRelevantDocuments() {
        return [{ pageContent: 'Acme wants SSO', metadata: { id: 1 } }];
      }
    }
    const lookup = tool(({ id }: { id: number }) => `customer ${id}`, { name: 'lookup', description: 'finds', schema: z.object({ id: z.number() }) }); // prettier-ignore
    const chain = ChatPromptTemplate.fromTemplate('Say {what}').pipe(openai({ callbacks: undefined })).pipe(new StringOutputParser()); // prettier-ignore
    expect(await chain.invoke({ what: 'hi' }, { callbacks, runName: 'say' })).toBe('Hello there');
    await lookup.invoke({ id: 7 }, { callbacks });
    await new Notes().invoke('sso', { callbacks });
    expect(tracing.tree()).toContain('say');
    const say = tracing.byName('say');
    const model = tracing.byName('ChatOpenAI');
    expect(model.parentSpanContext?.spanId).toBe(say.spanContext().spanId);
    expect(say.attributes).toMatchObject({ 'openinference.span.kind': 'CHAIN', 'output.value': '{"output":"Hello there"}', 'cost.rollup.llm_calls': 1 }); // prettier-ignore
    expect(say.attributes['cost.rollup.total_usd']).toBeCloseTo(OPENAI_USD, 12);
    expect(tracing.byName('lookup').attributes).toMatchObject({ 'openinference.span.kind': 'TOOL', 'output.value': 'customer 7' }); // prettier-ignore
    expect(tracing.byName('Notes').attributes).toMatchObject({
      'openinference.span.kind': 'RETRIEVER',
      'input.value': 'sso',
      'retrieval.documents.0.document.content': 'Acme wants SSO',
    });
    expect(tracing.open()).toEqual([]);
  });

  it('chains: false leaves the model calls alone, under the traced call', async () => {
    const only = [new TokenTrackingCallback({ chains: false })];
    const chain = RunnableLambda.from((text: string) => [new HumanMessage(text)]).pipe(
      openai({ callbacks: undefined }),
    );
    await traced(() => chain.invoke('Hi', { callbacks: only }), { spanName: 'outer' })();
    expect(tracing.spans.map(({ name }) => name).sort()).toEqual(['ChatOpenAI', 'outer']);
    expect(tracing.byName('ChatOpenAI').parentSpanContext?.spanId).toBe(tracing.byName('outer').spanContext().spanId);
  });

  it('joins agents and their roll-ups; the same answer further up is not counted again', async () => {
    class Evaluator {
      @TraceAgent({ agentName: 'evaluator' })
      async evaluate() {
        const wrapper = traced(() => openai().invoke('Hi'), { spanName: 'wrapper', spanKind: 'LLM' });
        return (await wrapper()).content;
      }
    }
    await withMetadata({ sessionId: 's1' }, () => new Evaluator().evaluate());
    expect(tracing.byName('ChatOpenAI').attributes).toMatchObject({
      'session.id': 's1',
      'cost.agent_name': 'evaluator',
    });
    expect(tracing.byName('wrapper').attributes).not.toHaveProperty(['llm.cost.total']);
    expect(tracing.byName('agent.evaluator').attributes).toMatchObject({ 'cost.rollup.llm_calls': 1 });
  });

  it('20 calls at once keep their sessions to themselves', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => withMetadata({ sessionId: `s${i}` }, () => openai().invoke(`${i}`)))); // prettier-ignore
    for (const { attributes } of named('ChatOpenAI'))
      expect(attributes['llm.input_messages.0.message.content']).toBe(String(attributes['session.id']).slice(1));
  });

  it('budgets count them', async () => {
    await withCostBudget({ maxUsd: 1 }, async (budget) => {
      await openai().invoke('Hi');
      expect(budget.spentUsd).toBeCloseTo(OPENAI_USD, 12);
    });
  });

  it('an instrumented client beside it: its span owns the response, which is counted once', async () => {
    class Instrumented extends ChatOpenAI {
      override async _generate(...args: Parameters<ChatOpenAI['_generate']>) {
        const span = trace
          .getTracer('client')
          .startSpan('chat gpt-x', { attributes: { 'gen_ai.operation.name': 'chat' } });
        const result = await super._generate(...args);
        const id = (result.generations[0]?.message as AIMessage).id ?? '';
        span.setAttributes({ 'gen_ai.response.id': id, 'gen_ai.response.model': 'gpt-x', 'gen_ai.usage.input_tokens': 1000, 'gen_ai.usage.output_tokens': 500, 'gen_ai.usage.cache_read.input_tokens': 400 }); // prettier-ignore
        span.end();
        return result;
      }
    }
    const model = new Instrumented({ model: 'gpt-x', apiKey: 'test', maxRetries: 0, callbacks, configuration: { baseURL: `${server.url}/v1` } }); // prettier-ignore
    await traced(() => model.invoke('Hi'), { spanName: 'outer' })();
    expect(tracing.byName('outer').attributes).toMatchObject({ 'cost.rollup.llm_calls': 1 });
    const costs = tracing.spans.flatMap(({ attributes }) => attributes['llm.cost.total'] ?? []);
    expect(costs).toEqual([expect.closeTo(OPENAI_USD, 12)]);
  });
});

describe('the handler itself', () => {
  it('ends nothing it does not know, and never throws', () => {
    const [handler] = callbacks as [TokenTrackingCallback];
    expect(() => {
      handler.handleLLMEnd({ generations: [] }, 'unknown');
      handler.handleLLMError(new Error('x'), 'unknown');
      handler.handleLLMNewToken('x', undefined, 'unknown');
      handler.handleChatModelStart(undefined as never, undefined as never, 'bad');
      handler.handleLLMEnd(undefined as never, 'bad');
    }).not.toThrow();
  });

  it('captureArgs, captureResult and redact hold for its spans', async () => {
    const own = [new TokenTrackingCallback({ captureArgs: false, redact: { patterns: [/there/] } })];
    await openai({ callbacks: own }).invoke('Hi');
    const { attributes } = tracing.byName('ChatOpenAI');
    expect(attributes).not.toHaveProperty(['input.value']);
    expect(attributes).not.toHaveProperty(['llm.input_messages.0.message.content']);
    expect(attributes['output.value']).toBe('Hello __REDACTED__');
  });

  it.each([
    [{ chain: false }, 'unknown option "chain". Did you mean "chains"?'],
    [{ captureResult: 'no' }, 'expected captureResult to be true or false, got "no"'],
  ])('%j is refused', (options, message) => {
    expect(() => new TokenTrackingCallback(options as never)).toThrow(message);
  });
});
