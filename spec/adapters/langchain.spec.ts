import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import { InMemoryCache } from '@langchain/core/caches';
import { LLM } from '@langchain/core/language_models/llms';
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
import { configure, traced, TraceAgent, withCostBudget, withMetadata, type PriceRequest } from '../../lib/index.js';
import { TokenTrackingCallback } from '../../lib/adapters/langchain/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { abandonOpenRuns } from '../../lib/span/open-runs.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';
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
const anthropic = (more: object = {}) =>
  new ChatAnthropic({ model: 'claude-x', apiKey: 'test', maxRetries: 0, callbacks, anthropicApiUrl: server.url, ...more }); // prettier-ignore
/** Anthropic's newer client makes a span of its own of each call. */
const telling = { createClient: () => new Anthropic({ apiKey: 'test', baseURL: server.url, maxRetries: 0 }) };
const named = (name: string) => tracing.spans.filter((span) => span.name === name);
const parentOf = ({ parentSpanContext }: { readonly parentSpanContext?: { readonly spanId: string } | undefined }) =>
  tracing.spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId)?.name;
const costs = () => tracing.spans.flatMap(({ attributes }) => attributes['llm.cost.total'] ?? []);
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
    expect(tracing).toHaveNoOpenSpans();
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

  it('a session opened inside a chain’s step is the model’s too', async () => {
    const step = RunnableLambda.from((text: string, config) =>
      withMetadata({ sessionId: 'inner' }, () => openai({ callbacks: undefined }).invoke(text, config)),
    );
    await withMetadata({ sessionId: 'outer' }, () => step.invoke('Hi', { callbacks }));
    expect(tracing.byName('RunnableLambda')).toHaveSession('outer');
    const model = tracing.byName('ChatOpenAI');
    expect(model.attributes['session.id']).toBe('inner');
    expect(parentOf(model)).toBe('RunnableLambda');
  });

  it('a traced call inside a chain’s step is nearer than the chain, and does not count its answer again', async () => {
    const step = RunnableLambda.from((text: string, config) =>
      traced(() => openai({ callbacks: undefined }).invoke(text, config), { spanName: 'step', spanKind: 'LLM' })(),
    );
    await traced(() => step.invoke('Hi', { callbacks }), { spanName: 'outer' })();
    expect(parentOf(tracing.byName('ChatOpenAI'))).toBe('step');
    expect(costs()).toEqual([expect.closeTo(OPENAI_USD, 12)]);
    expect(tracing.byName('outer').attributes['cost.rollup.llm_calls']).toBe(1);
  });

  it('a stream that is read after its method has returned stays below its chain', async () => {
    const chain = ChatPromptTemplate.fromTemplate('{what}').pipe(openai({ callbacks: undefined }));
    const stream = await traced(() => chain.stream({ what: 'Hi' }, { callbacks, runName: 'say' }), { spanName: 'opens', captureResult: false })(); // prettier-ignore
    for await (const _chunk of stream);
    expect(parentOf(tracing.byName('ChatOpenAI'))).toBe('say');
    expect(tracing).toHaveNoOpenSpans();
  });

  it.each(['true', 'false'])('LANGCHAIN_CALLBACKS_BACKGROUND=%s changes nothing', async (value) => {
    const before = process.env['LANGCHAIN_CALLBACKS_BACKGROUND'];
    process.env['LANGCHAIN_CALLBACKS_BACKGROUND'] = value;
    const own = [new TokenTrackingCallback()];
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        traced(() => openai({ callbacks: own }).invoke('Hi', { runName: `model ${name}` }), { spanName: name })(),
      ),
    );
    if (before === undefined) delete process.env['LANGCHAIN_CALLBACKS_BACKGROUND'];
    else process.env['LANGCHAIN_CALLBACKS_BACKGROUND'] = before;
    expect(['a', 'b', 'c'].map((name) => parentOf(tracing.byName(`model ${name}`)))).toEqual(['a', 'b', 'c']);
  });

  it('messages are readable in what chains take and give, and a tool’s secrets are withheld', async () => {
    const prompt = ChatPromptTemplate.fromMessages([['system', 'Be brief'], ['placeholder', '{history}']]); // prettier-ignore
    await prompt.invoke({ history: [new HumanMessage('Hi')] }, { callbacks });
    expect(tracing.byName('ChatPromptTemplate').attributes).toMatchObject({
      'input.value': '{"history":[{"role":"user","content":"Hi"}]}',
      'output.value': '{"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}]}',
    });
    const login = tool(() => 'in', { name: 'login', description: 'logs in', schema: z.object({ password: z.string() }) }); // prettier-ignore
    await login.invoke({ password: 'correct horse' }, { callbacks });
    expect(tracing.byName('login').attributes).toMatchObject({ 'tool.name': 'login', 'input.value': '{"password":"__REDACTED__"}' }); // prettier-ignore
  });
});

describe('an instrumented client below LangChain: counted once, on the client’s span', () => {
  it('that tells the id of the response', async () => {
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

  const chain = () => ChatPromptTemplate.fromTemplate('{what}').pipe(anthropic({ ...telling, callbacks: undefined }));
  const read = async (stream: Promise<AsyncIterable<unknown>>) => {
    for await (const _chunk of await stream);
  };
  it.each([
    ['invoked', 1, () => anthropic(telling).invoke('Hi')],
    ['streamed', 1, () => read(anthropic(telling).stream('Hi'))],
    ['in a chain', 1, () => chain().invoke({ what: 'Hi' }, { callbacks })],
    ['in a streamed chain', 1, () => read(chain().stream({ what: 'Hi' }, { callbacks }))],
    ['three at once', 3, () => Promise.all([1, 2, 3].map(() => anthropic(telling).invoke('Hi')))],
    ['a batch', 3, () => anthropic(telling).batch(['a', 'b', 'c'])],
  ])('@anthropic-ai/sdk, %s, with and without a traced call around', async (_, calls, run) => {
    await run();
    expect(costs()).toEqual(Array.from({ length: calls }, () => expect.closeTo(ANTHROPIC_USD, 12) as number));
    for (const span of named('RunnableSequence')) expect(span.attributes['cost.rollup.total_usd']).toBeCloseTo(ANTHROPIC_USD, 12); // prettier-ignore
    tracing.reset();
    await withCostBudget({ maxUsd: 1 }, async (budget) => {
      await traced(run, { spanName: 'outer', captureResult: false })();
      expect(budget.spentUsd).toBeCloseTo(calls * ANTHROPIC_USD, 12);
    });
    expect(named('anthropic.messages.create')).toHaveLength(calls);
    expect(costs()).toHaveLength(calls);
    const { attributes } = tracing.byName('outer');
    expect(attributes).toMatchObject({ 'cost.rollup.llm_calls': calls, 'cost.rollup.prompt_tokens': calls * 1000 });
    expect(attributes['cost.rollup.total_usd']).toBeCloseTo(calls * ANTHROPIC_USD, 12);
    for (const span of named('RunnableSequence')) expect(span.attributes).toMatchObject({ 'cost.rollup.llm_calls': 1 });
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('that tells no id, whose span ends %s LangChain’s', async (_, late) => {
    const ends: (() => void)[] = [];
    class Instrumented extends ChatOpenAI {
      override async _generate(...args: Parameters<ChatOpenAI['_generate']>) {
        const span = trace.getTracer('client').startSpan('chat', { attributes: { 'openinference.span.kind': 'LLM' } });
        const result = await super._generate(...args);
        span.setAttributes({ 'llm.model_name': 'gpt-x', 'llm.token_count.prompt': 1000, 'llm.token_count.completion': 500 }); // prettier-ignore
        if (late) ends.push(() => span.end());
        else span.end();
        return result;
      }
    }
    const model = new Instrumented({ model: 'gpt-x', apiKey: 'test', maxRetries: 0, callbacks, configuration: { baseURL: `${server.url}/v1` } }); // prettier-ignore
    await traced(
      async () => {
        await model.invoke('Hi');
        for (const end of ends) end();
      },
      { spanName: 'outer' },
    )();
    expect(costs()).toHaveLength(1);
    expect(tracing.byName('outer').attributes).toMatchObject({ 'cost.rollup.llm_calls': 1, 'cost.rollup.prompt_tokens': 1000 }); // prettier-ignore
  });

  it('a client’s call elsewhere at the same time, with as many tokens, is another one', async () => {
    const other = traced(
      async () => {
        const span = trace.getTracer('client').startSpan('chat', { attributes: { 'openinference.span.kind': 'LLM' } });
        span.setAttributes({ 'llm.model_name': 'gpt-x', 'llm.token_count.prompt': 1000, 'llm.token_count.completion': 500 }); // prettier-ignore
        await null;
        span.end();
      },
      { spanName: 'other' },
    );
    const mine = traced(() => openai().invoke('Hi'), { spanName: 'mine' });
    const answer = mine();
    await new Promise(setImmediate); // LangChain has started by now, and waits for the server
    await other();
    await answer;
    expect(costs()).toHaveLength(2);
    for (const name of ['mine', 'other']) expect(tracing.byName(name).attributes['cost.rollup.llm_calls']).toBe(1);
  });
});

describe('tokens and prices', () => {
  const said = (llmOutput: object | undefined) => {
    const handler = new TokenTrackingCallback();
    handler.handleLLMStart(
      { lc: 1, type: 'not_implemented', id: ['spec', 'Model'] },
      ['Hi'],
      'run',
      undefined,
      { invocation_params: { model_name: 'gpt-x' } },
      undefined,
      { ls_provider: 'openai' },
    );
    handler.handleLLMEnd({ generations: [[{ text: 'Yes' }]], ...(llmOutput && { llmOutput }) }, 'run');
    return tracing.byName('Model').attributes;
  };

  it.each([
    ['tokenUsage', { tokenUsage: { promptTokens: 1000, completionTokens: 500, totalTokens: 1500 } }],
    ['tokenUsage in OpenAI’s words', { tokenUsage: { prompt_tokens: 1000, completion_tokens: 500 } }],
    ['usage in OpenAI’s words', { usage: { prompt_tokens: 1000, completion_tokens: 500 } }],
    ['usage in Anthropic’s words', { usage: { input_tokens: 1000, output_tokens: 500 } }],
  ])('llmOutput.%s', (_, llmOutput) => {
    expect(said(llmOutput)).toMatchObject({ 'llm.model_name': 'gpt-x', 'llm.provider': 'openai', 'llm.token_count.prompt': 1000, 'llm.token_count.completion': 500, 'cost.total_usd': 0.000875 }); // prettier-ignore
  });

  it.each([['an estimate', { estimatedTokenUsage: { promptTokens: 1000, completionTokens: 500 } }], ['nothing', undefined]])('%s is no usage', (_, llmOutput) => {
    const attributes = said(llmOutput);
    expect(attributes).not.toHaveProperty(['llm.token_count.prompt']);
    expect(attributes).not.toHaveProperty(['cost.total_usd']);
  }); // prettier-ignore

  it('several candidates share one usage', async () => {
    await openai({ n: 3 }).invoke('Hi');
    expect(tracing.byName('ChatOpenAI').attributes['llm.token_count.prompt']).toBe(1000);
  });

  it('a stream without usage carries no cost', async () => {
    for await (const _chunk of await openai({ streamUsage: false }).stream('Hi'));
    const { attributes } = tracing.byName('ChatOpenAI');
    expect(attributes).toMatchObject({ 'output.value': 'Hello there' });
    expect(attributes).not.toHaveProperty(['cost.total_usd']);
  });

  it('an answer from LangChain’s cache costs nothing and is no call', async () => {
    const handler = new TokenTrackingCallback();
    const model = openai({ cache: new InMemoryCache(), callbacks: [handler] });
    await traced(async () => [await model.invoke('Hi'), await model.invoke('Hi')], { spanName: 'outer' })();
    expect(named('ChatOpenAI').map(({ attributes }) => 'cost.total_usd' in attributes)).toEqual([true, false]);
    expect(tracing.byName('outer').attributes['cost.rollup.llm_calls']).toBe(1);
    expect(handler.totals().calls).toBe(1);
  });

  it('the provider that LangChain names helps to find a price, where the response names none', async () => {
    class Local extends LLM {
      _llmType() {
        return 'local';
      }
      override async _call() {
        return 'Yes';
      }
    }
    const asked: PriceRequest[] = [];
    const pricing = { price: (request: PriceRequest) => (asked.push(request), { totalUsd: 1 }) };
    const handler = new TokenTrackingCallback({ pricing });
    handler.handleLLMStart({ lc: 1, type: 'not_implemented', id: [] }, ['Hi'], 'run', undefined, {}, [], { ls_provider: 'google_genai', ls_model_name: 'gemini-x' }); // prettier-ignore
    handler.handleLLMEnd({ generations: [[{ text: '' }]], llmOutput: { tokenUsage: { promptTokens: 1, completionTokens: 1 } } }, 'run'); // prettier-ignore
    expect(asked).toMatchObject([{ provider: 'gcp.gemini', model: 'gemini-x' }]);
    await new Local({ callbacks: [handler] }).invoke('Hi');
    expect(tracing.byName('Local').attributes).toMatchObject({ 'input.value': 'Hi' });
  });

  it('totals() adds up what the handler’s calls used', async () => {
    const handler = new TokenTrackingCallback();
    const own = [handler];
    await Promise.all([openai({ callbacks: own }).invoke('Hi'), anthropic({ callbacks: own }).invoke('Hi'), anthropic({ ...telling, callbacks: own }).invoke('Hi')]); // prettier-ignore
    await openai({ callbacks: own, model: 'nobody-knows' }).invoke('Hi');
    expect(handler.totals()).toEqual({ calls: 4, prompt: 4000, completion: 2000, totalUsd: expect.closeTo(OPENAI_USD + 2 * ANTHROPIC_USD, 12) as number, unpriced: 1 }); // prettier-ignore
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

  it('two handlers that see one call make one span of it; both add it up', async () => {
    const [first, second] = [new TokenTrackingCallback(), new TokenTrackingCallback()];
    await openai({ callbacks: [first] }).invoke('Hi', { callbacks: [second] });
    expect(named('ChatOpenAI')).toHaveLength(1);
    expect([first.totals().calls, second.totals().calls]).toEqual([1, 1]);
  });

  it('runs that LangChain never ends are ended with tracing, and what it reports later is ignored', () => {
    const handler = new TokenTrackingCallback();
    handler.handleChainStart({ lc: 1, type: 'not_implemented', id: ['spec', 'Chain'] }, {}, 'never');
    expect(tracing.open().map(({ name }) => name)).toEqual(['Chain']);
    abandonOpenRuns();
    expect(tracing).toHaveNoOpenSpans();
    handler.handleChainEnd({}, 'never');
    expect(named('Chain')).toHaveLength(1);
  });

  it('keeps no more open runs than a process has', () => {
    const handler = new TokenTrackingCallback({ captureArgs: false });
    const chain = { lc: 1, type: 'not_implemented', id: ['Chain'] } as const;
    for (let i = 0; i <= 10_000; i++) handler.handleChainStart({ ...chain, id: [...chain.id] }, {}, `run ${i}`);
    handler.handleChainEnd({}, 'run 0');
    expect(named('Chain')).toHaveLength(0);
    handler.handleChainEnd({}, 'run 1');
    expect(named('Chain')).toHaveLength(1);
    abandonOpenRuns();
  });

  it('attributes are on every span', async () => {
    const own = [new TokenTrackingCallback({ attributes: { team: 'sales' } })];
    const lookup = tool(() => 'Acme', { name: 'lookup', description: 'finds', schema: z.object({}) });
    await lookup.invoke({}, { callbacks: own });
    await RunnableLambda.from(() => 'Hi')
      .pipe(openai({ callbacks: undefined }))
      .invoke('', { callbacks: own });
    expect(tracing.spans).toHaveLength(4);
    expect(tracing.spans.every(({ attributes }) => attributes['team'] === 'sales')).toBe(true);
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
    [{ chains: 'no' }, 'expected chains to be true or false, got "no"'],
    [{ attributes: () => ({}) }, 'expected attributes to be an object, got function'],
    [{ captureResult: 'no' }, 'expected captureResult to be true or false, got "no"'],
  ])('%p is refused', (options, message) => {
    expect(() => new TokenTrackingCallback(options as never)).toThrow(message);
  });
});

it('without an SDK the handler does nothing', async () => {
  await tracing.shutdown();
  const handler = new TokenTrackingCallback();
  await expect(openai({ callbacks: [handler] }).invoke('Hi')).resolves.toMatchObject({ content: 'Hello there' });
  expect(handler.totals()).toEqual({ calls: 0, prompt: 0, completion: 0, totalUsd: 0, unpriced: 0 });
});
