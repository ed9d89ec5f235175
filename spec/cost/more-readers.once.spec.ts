import { AIMessage, AIMessageChunk } from '@langchain/core/messages';
import {
  embed,
  generateObject,
  generateText,
  jsonSchema,
  simulateReadableStream,
  stepCountIs,
  streamText,
  tool,
} from 'ai';
import { MockEmbeddingModelV3, MockLanguageModelV3 } from 'ai/test';
import type { ModelResponse } from '../../lib/cost/model-response.js';
import { readGivenUsage, readUsage } from '../../lib/cost/read-usage.js';
import { StreamUsage } from '../../lib/cost/readers/stream-usage.js';
import { usageFault } from '../../lib/cost/validate-usage.js';

const told = (read: ModelResponse | undefined): unknown =>
  read === undefined ? undefined : JSON.parse(JSON.stringify(read));
const through = (response: unknown): unknown => JSON.parse(JSON.stringify(response));
const collect = (chunks: readonly unknown[]): unknown => {
  const stream = new StreamUsage();
  for (const chunk of chunks) stream.add(chunk);
  return told(stream.result());
};

describe('Gemini', () => {
  const response = (usageMetadata: object): object => ({
    candidates: [],
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r1',
    usageMetadata,
  });
  const facts = { model: 'gemini-2.5-flash', id: 'r1', provider: 'gcp.gen_ai' };

  it.each<[string, object, object]>([
    [
      'thoughts beside the candidates, the cache inside the prompt',
      {
        promptTokenCount: 1000,
        cachedContentTokenCount: 400,
        candidatesTokenCount: 300,
        thoughtsTokenCount: 200,
        totalTokenCount: 1500,
      },
      { usage: { prompt: 1000, completion: 500, cacheRead: 400, reasoning: 200 }, ...facts },
    ],
    [
      'thoughts inside the candidates, as the total tells',
      { promptTokenCount: 1000, candidatesTokenCount: 500, thoughtsTokenCount: 200, totalTokenCount: 1500 },
      { usage: { prompt: 1000, completion: 500, reasoning: 200 }, ...facts },
    ],
    [
      'what tools put into the prompt',
      {
        promptTokenCount: 100,
        toolUsePromptTokenCount: 50,
        candidatesTokenCount: 10,
        thoughtsTokenCount: 5,
        totalTokenCount: 165,
      },
      { usage: { prompt: 150, completion: 15, reasoning: 5 }, ...facts },
    ],
    [
      'a count of zero that is missing',
      { promptTokenCount: 10, totalTokenCount: 10 },
      { usage: { prompt: 10, completion: 0 }, ...facts },
    ],
    [
      'audio',
      {
        promptTokenCount: 100,
        candidatesTokenCount: 50,
        totalTokenCount: 150,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 20 },
          { modality: 'AUDIO', tokenCount: 80 },
        ],
        candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 50 }],
      },
      { usage: { prompt: 100, completion: 50, promptAudio: 80, completionAudio: 50 }, ...facts },
    ],
    [
      'images out, which have a rate of their own, without their count',
      {
        promptTokenCount: 100,
        candidatesTokenCount: 1290,
        totalTokenCount: 1390,
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
      },
      { usage: { prompt: 100 }, ...facts },
    ],
    [
      'Vertex AI',
      { promptTokenCount: 1, candidatesTokenCount: 2, totalTokenCount: 3, trafficType: 'ON_DEMAND' },
      { usage: { prompt: 1, completion: 2 }, ...facts, provider: 'gcp.vertex_ai', serviceTier: 'on_demand' },
    ],
    [
      'Vertex AI’s flexible tier',
      { promptTokenCount: 1, candidatesTokenCount: 2, totalTokenCount: 3, trafficType: 'ON_DEMAND_FLEX' },
      { usage: { prompt: 1, completion: 2 }, ...facts, provider: 'gcp.vertex_ai', serviceTier: 'flex' },
    ],
    [
      'Gemini’s flexible tier',
      { promptTokenCount: 1, candidatesTokenCount: 2, serviceTier: 'FLEX' },
      { usage: { prompt: 1, completion: 2 }, ...facts, serviceTier: 'flex' },
    ],
    [
      'the live API',
      { promptTokenCount: 1, responseTokenCount: 2, totalTokenCount: 3 },
      { usage: { prompt: 1, completion: 2 }, ...facts },
    ],
  ])('counts %s', (_, usageMetadata, expected) => {
    const read = readUsage(response(usageMetadata));
    expect(told(read)).toEqual(expected);
    expect(usageFault(read!.usage)).toBeUndefined();
    expect(told(readGivenUsage(usageMetadata))).toMatchObject({ usage: (expected as ModelResponse).usage });
  });

  it('is read from the older client, and from a stream whose counts are cumulative', () => {
    expect(told(readUsage({ response: response({ promptTokenCount: 1, candidatesTokenCount: 2 }) }))).toMatchObject({
      usage: { prompt: 1, completion: 2 },
    });
    const chunks = [1, 2, 3].map((n) =>
      response({ promptTokenCount: 10, candidatesTokenCount: n, totalTokenCount: 10 + n }),
    );
    expect(collect(chunks)).toEqual({ usage: { prompt: 10, completion: 3 }, ...facts });
  });
});

describe('Bedrock', () => {
  const converse = {
    $metadata: { httpStatusCode: 200, requestId: 'req-1' },
    output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
    stopReason: 'end_turn',
    usage: {
      inputTokens: 19,
      outputTokens: 267,
      totalTokens: 1888,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 1602,
      cacheDetails: [{ ttl: '1h', inputTokens: 1602 }],
    },
    metrics: { latencyMs: 500 },
    serviceTier: { type: 'flex' },
  };

  it('counts the cache beside the input', () => {
    expect(told(readUsage(converse))).toEqual({
      usage: { prompt: 1621, completion: 267, cacheRead: 0, cacheWrite: 1602, cacheWrite1h: 1602 },
      id: 'req-1',
      provider: 'aws.bedrock',
      serviceTier: 'flex',
    });
    expect(told(readUsage(through(converse)))).toEqual(told(readUsage(converse)));
  });

  it('counts it inside where the total says so', () => {
    const usage = {
      inputTokens: 100,
      outputTokens: 10,
      totalTokens: 110,
      cacheReadInputTokens: 60,
      cacheWriteInputTokens: 0,
    };
    expect(told(readUsage({ ...converse, usage }))).toMatchObject({
      usage: { prompt: 100, completion: 10, cacheRead: 60, cacheWrite: 0 },
    });
  });

  it('is read from the last event of a stream, and names the model a router chose', () => {
    const events = [
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { delta: { text: 'Hi' }, contentBlockIndex: 0 } },
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
          metrics: { latencyMs: 9 },
          trace: {
            promptRouter: { invokedModelId: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0' },
          },
        },
      },
    ];
    expect(collect(events)).toEqual({
      usage: { prompt: 10, completion: 5 },
      model: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0',
      provider: 'aws.bedrock',
    });
  });

  it('is read from Nova’s own format', () => {
    const nova = {
      output: {},
      stopReason: 'end_turn',
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        totalTokens: 15,
        cacheReadInputTokenCount: 0,
        cacheWriteInputTokenCount: 0,
      },
    };
    expect(told(readUsage(nova))).toMatchObject({ usage: { prompt: 10, completion: 5 }, provider: 'aws.bedrock' });
  });
});

it.each<[string, unknown, unknown]>([
  [
    'Cohere’s API',
    {
      id: 'c1',
      finish_reason: 'COMPLETE',
      message: {},
      usage: { billed_units: { input_tokens: 5, output_tokens: 7 }, tokens: { input_tokens: 71, output_tokens: 7 } },
    },
    { usage: { prompt: 5, completion: 7 }, id: 'c1', provider: 'cohere' },
  ],
  [
    'Cohere’s client',
    {
      id: 'c1',
      usage: { billedUnits: { inputTokens: 5, outputTokens: 7 }, tokens: { inputTokens: 71, outputTokens: 7 } },
    },
    { usage: { prompt: 5, completion: 7 }, id: 'c1', provider: 'cohere' },
  ],
  [
    'Cohere’s older chat',
    { generation_id: 'g1', text: 'x', meta: { billed_units: { input_tokens: 5, output_tokens: 7 } } },
    { usage: { prompt: 5, completion: 7 }, id: 'g1', provider: 'cohere' },
  ],
  [
    'Cohere’s embeddings',
    { id: 'e1', embeddings: {}, meta: { billed_units: { input_tokens: 5 } } },
    { usage: { prompt: 5 }, id: 'e1', provider: 'cohere' },
  ],
  [
    'Cohere’s rerank, which is billed by searches',
    { id: 'r1', results: [], meta: { billed_units: { search_units: 1 } } },
    undefined,
  ],
  [
    'Ollama',
    { model: 'llama3.1:8b', message: {}, done: true, prompt_eval_count: 26, eval_count: 259 },
    { usage: { prompt: 26, completion: 259 }, model: 'llama3.1:8b', provider: 'ollama' },
  ],
  [
    'Mistral’s client',
    {
      id: 'm1',
      object: 'chat.completion',
      model: 'mistral-large-latest',
      choices: [],
      usage: { promptTokens: 5, completionTokens: 7, totalTokens: 12 },
    },
    { usage: { prompt: 5, completion: 7 }, model: 'mistral-large-latest', id: 'm1' },
  ],
])('reads %s', (_, response, expected) => {
  expect(told(readUsage(response))).toEqual(expected);
});

it('collects Cohere’s and Ollama’s streams', () => {
  expect(
    collect([
      { type: 'content-delta', delta: {} },
      { type: 'message-end', delta: { usage: { billed_units: { input_tokens: 5, output_tokens: 7 } } } },
    ]),
  ).toMatchObject({ usage: { prompt: 5, completion: 7 } });
  expect(
    collect([
      { model: 'l', message: {}, done: false },
      { model: 'l', done: true, prompt_eval_count: 1, eval_count: 2 },
    ]),
  ).toMatchObject({ usage: { prompt: 1, completion: 2 } });
});

describe('the AI SDK', () => {
  const usage = (raw?: object): object => ({
    inputTokens: { total: 100, noCache: 30, cacheRead: 60, cacheWrite: 10 },
    outputTokens: { total: 50, text: 20, reasoning: 30 },
    raw,
  });
  const finishReason = { unified: 'stop', raw: 'stop' };
  const answer = (more: object = {}): object => ({
    content: [{ type: 'text', text: '{"ok":true}' }],
    finishReason,
    usage: usage(),
    warnings: [],
    response: { id: 'resp_1', modelId: 'gpt-4o-2024-08-06', timestamp: new Date(0) },
    ...more,
  });
  const model = (...answers: object[]): MockLanguageModelV3 =>
    new MockLanguageModelV3({ provider: 'openai.responses', modelId: 'gpt-4o', doGenerate: answers as never });

  it('generateText is read with its details', async () => {
    const result = await generateText({ model: model(answer()), prompt: 'x' });
    const expected = {
      usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10, reasoning: 30 },
      model: 'gpt-4o-2024-08-06',
      id: 'resp_1',
      provider: 'openai',
    };
    expect(told(readUsage(result))).toEqual(expected);
    expect(told(readUsage(through(result)))).toEqual(expected);
    expect(told(readGivenUsage(result.usage))).toEqual({ usage: expected.usage });
  });

  it('the steps of generateText are added', async () => {
    const call = {
      content: [{ type: 'tool-call', toolCallId: 't1', toolName: 'look', input: '{}' }],
      finishReason: { unified: 'tool-calls', raw: 'x' },
    };
    const look = tool({ inputSchema: jsonSchema<object>({ type: 'object' }), execute: () => 'seen' });
    const result = await generateText({
      model: model(answer(call), answer()),
      prompt: 'x',
      tools: { look },
      stopWhen: stepCountIs(3),
    });
    expect(result.steps).toHaveLength(2);
    expect(told(readUsage(result))).toEqual({
      usage: { prompt: 200, completion: 100, cacheRead: 120, cacheWrite: 20, reasoning: 60 },
      model: 'gpt-4o-2024-08-06',
      provider: 'openai',
    });
  });

  it('the provider’s raw usage says more', async () => {
    const raw = {
      input_tokens: 30,
      cache_read_input_tokens: 60,
      cache_creation_input_tokens: 10,
      cache_creation: { ephemeral_1h_input_tokens: 10 },
      output_tokens: 50,
      service_tier: 'batch',
    };
    const anthropic = new MockLanguageModelV3({
      provider: 'anthropic.messages',
      modelId: 'claude-sonnet-4-5',
      doGenerate: answer({ usage: usage(raw) }) as never,
    });
    expect(told(readUsage(await generateText({ model: anthropic, prompt: 'x' })))).toEqual({
      usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10, cacheWrite1h: 10 },
      model: 'gpt-4o-2024-08-06',
      id: 'resp_1',
      provider: 'anthropic',
      serviceTier: 'batch',
    });
  });

  it('what a gateway charged is its cost', async () => {
    const charged = await generateText({
      model: model(answer({ providerMetadata: { gateway: { cost: '0.0045' } } })),
      prompt: 'x',
    });
    expect(readUsage(charged)?.costUsd).toBe(0.0045);
    const own = await generateText({
      model: model(answer({ providerMetadata: { gateway: { cost: '0', marketCost: '0.0045' } } })),
      prompt: 'x',
    });
    expect(readUsage(own)?.costUsd).toBeUndefined();
  });

  it('generateObject and embed are read', async () => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- people use it still
    const object = await generateObject({
      model: model(answer()),
      prompt: 'x',
      schema: jsonSchema<object>({ type: 'object' }),
    });
    expect(told(readUsage(object))).toMatchObject({
      usage: { prompt: 100, completion: 50 },
      model: 'gpt-4o-2024-08-06',
      id: 'resp_1',
    });
    const embedder = new MockEmbeddingModelV3({
      doEmbed: { embeddings: [[0.1]], usage: { tokens: 8 }, warnings: [] } as never,
    });
    expect(told(readUsage(await embed({ model: embedder, value: 'x' })))).toEqual({ usage: { prompt: 8 } });
  });

  it('a streamText result is not started by being read, and its full stream is counted once', async () => {
    const doStream = jest.fn(() =>
      Promise.resolve({
        stream: simulateReadableStream({
          chunks: [
            { type: 'stream-start', warnings: [] },
            { type: 'response-metadata', id: 'resp_1', modelId: 'gpt-4o-2024-08-06', timestamp: new Date(0) },
            { type: 'text-start', id: '1' },
            { type: 'text-delta', id: '1', delta: 'Hi' },
            { type: 'text-end', id: '1' },
            { type: 'finish', finishReason, usage: usage() },
          ],
        }),
      }),
    );
    const result = streamText({ model: new MockLanguageModelV3({ doStream: doStream as never }), prompt: 'x' });
    expect(readUsage(result)).toBeUndefined();
    const parts: unknown[] = [];
    for await (const part of result.fullStream) parts.push(part);
    expect(collect(parts)).toEqual({
      usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10, reasoning: 30 },
      model: 'gpt-4o-2024-08-06',
      id: 'resp_1',
    });
    expect(doStream).toHaveBeenCalledTimes(1);
  });

  it.each<[string, unknown, unknown]>([
    [
      '5',
      {
        steps: [
          {
            usage: { inputTokens: 100, outputTokens: 50, totalTokens: 150, reasoningTokens: 30, cachedInputTokens: 60 },
            response: { id: 'r', modelId: 'gpt-4o' },
          },
        ],
      },
      { usage: { prompt: 100, completion: 50, cacheRead: 60, reasoning: 30 }, model: 'gpt-4o', id: 'r' },
    ],
    [
      '5 with Anthropic',
      {
        steps: [
          {
            usage: { inputTokens: 30, outputTokens: 50, totalTokens: 80, cachedInputTokens: 60 },
            providerMetadata: {
              anthropic: {
                usage: {
                  input_tokens: 30,
                  cache_read_input_tokens: 60,
                  cache_creation_input_tokens: 10,
                  output_tokens: 50,
                },
              },
            },
            response: { id: 'r', modelId: 'claude-x' },
          },
        ],
      },
      { usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10 }, model: 'claude-x', id: 'r' },
    ],
    [
      '5 with Bedrock',
      {
        steps: [
          {
            usage: { inputTokens: 30, outputTokens: 50, totalTokens: 80, cachedInputTokens: 60 },
            providerMetadata: { bedrock: { usage: { cacheWriteInputTokens: 10 } } },
            response: { id: 'r', modelId: 'm' },
          },
        ],
      },
      { usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10 }, model: 'm', id: 'r' },
    ],
    [
      '4',
      {
        steps: [
          {
            usage: { promptTokens: 100, completionTokens: 50, totalTokens: 150 },
            response: { id: 'r', modelId: 'gpt-4o' },
          },
        ],
      },
      { usage: { prompt: 100, completion: 50 }, model: 'gpt-4o', id: 'r' },
    ],
  ])('version %s is read', (_, result, expected) => {
    expect(told(readUsage(result))).toEqual(expected);
  });

  it('the stream of version 4, which says the sum of its steps again, is counted once', () => {
    const step = (id: string): object => ({
      type: 'step-finish',
      usage: { promptTokens: 10, completionTokens: 5 },
      response: { id, modelId: 'm' },
    });
    const finish = { type: 'finish', usage: { promptTokens: 20, completionTokens: 10 } };
    expect(collect([step('a'), step('b'), finish])).toEqual({ usage: { prompt: 20, completion: 10 }, model: 'm' });
    expect(collect([finish])).toEqual({ usage: { prompt: 20, completion: 10 } });
  });

  it('steps of several models have no one price', () => {
    const step = (modelId: string): object => ({
      usage: { inputTokens: 1, outputTokens: 1 },
      response: { id: modelId, modelId },
    });
    expect(readUsage({ steps: [step('a'), step('b')] })).toBeUndefined();
    expect(readUsage({ steps: [step('a'), {}] })).toBeUndefined();
    expect(readUsage({ steps: [] })).toBeUndefined();
    expect(readUsage({ steps: ['walk', 'run'] })).toBeUndefined();
  });
});

describe('LangChain', () => {
  const aiMessage = (fields: object): AIMessage => new AIMessage(fields);
  const aiChunk = (fields: object): AIMessageChunk => new AIMessageChunk(fields);
  const usage_metadata = {
    input_tokens: 100,
    output_tokens: 50,
    total_tokens: 150,
    input_token_details: { cache_read: 60, cache_creation: 10 },
    output_token_details: { reasoning: 30 },
  };
  const message = aiMessage({
    content: 'Hi',
    id: 'chatcmpl-1',
    usage_metadata,
    response_metadata: { model_provider: 'openai', model_name: 'gpt-4o', service_tier: 'default' },
  });
  const expected = {
    usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10, reasoning: 30 },
    model: 'gpt-4o',
    id: 'chatcmpl-1',
    provider: 'openai',
    serviceTier: 'default',
  };

  it('an AIMessage is read, serialised or not', () => {
    expect(told(readUsage(message))).toEqual(expected);
    expect(told(readUsage(through(message)))).toEqual(expected);
    expect(told(readGivenUsage(usage_metadata))).toEqual({ usage: expected.usage });
  });

  it('Anthropic’s own usage says more, and older packages leave the cache out', () => {
    const raw = {
      input_tokens: 30,
      cache_read_input_tokens: 60,
      cache_creation_input_tokens: 10,
      cache_creation: { ephemeral_1h_input_tokens: 10 },
      output_tokens: 50,
      service_tier: 'standard',
    };
    const full = aiMessage({
      content: '',
      id: 'msg_1',
      usage_metadata,
      response_metadata: { model_provider: 'anthropic', model: 'claude-x', usage: raw },
    });
    expect(told(readUsage(full))).toEqual({
      usage: { prompt: 100, completion: 50, cacheRead: 60, cacheWrite: 10, cacheWrite1h: 10 },
      model: 'claude-x',
      id: 'msg_1',
      provider: 'anthropic',
      serviceTier: 'standard',
    });
    const old = aiMessage({
      content: '',
      usage_metadata: { ...usage_metadata, input_tokens: 30, total_tokens: 80 },
    });
    expect(readUsage(old)?.usage.prompt).toBe(100);
  });

  it('LangChain’s own ids are not the response’s', () => {
    expect(readUsage(aiMessage({ content: '', id: 'run-123', usage_metadata }))?.id).toBeUndefined();
  });

  it('an LLMResult is read', () => {
    const generation = { text: 'Hi', message };
    expect(
      told(
        readUsage({ generations: [[generation]], llmOutput: { tokenUsage: { promptTokens: 1, completionTokens: 1 } } }),
      ),
    ).toEqual(expected);
    expect(told(readUsage({ generations: [[generation, generation]] }))).toEqual(expected);
    expect(told(readUsage({ generations: [[generation], [generation]] }))).toMatchObject({
      usage: { prompt: 200, completion: 100 },
    });
    expect(
      told(
        readUsage({
          generations: [[{ text: 'Hi' }]],
          llmOutput: { tokenUsage: { promptTokens: 10, completionTokens: 5, totalTokens: 15 } },
        }),
      ),
    ).toEqual({ usage: { prompt: 10, completion: 5 } });
    expect(readUsage({ generations: [] })).toBeUndefined();
    expect(readUsage({ generations: 'x' })).toBeUndefined();
  });

  it('the chunks of a stream are added', () => {
    const chunk = (input_tokens: number, output_tokens: number, more: object = {}): AIMessageChunk =>
      aiChunk({
        content: 'a',
        id: 'chatcmpl-1',
        usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
        ...more,
      });
    const parts = [chunk(10, 1), aiChunk({ content: 'b' }), chunk(0, 2), chunk(0, 3)];
    expect(collect(parts)).toEqual({ usage: { prompt: 10, completion: 6 }, id: 'chatcmpl-1' });
    const anthropic = { response_metadata: { model_provider: 'anthropic' } };
    expect(collect([chunk(25, 1, anthropic), chunk(0, 15)])).toMatchObject({ usage: { prompt: 25, completion: 15 } });
  });

  it('ChatOpenAI’s stream names the model and the tier on another chunk than the usage', () => {
    const provider = { model_provider: 'openai' };
    const last = { ...provider, finish_reason: 'stop', model_name: 'gpt-4o-2024-08-06', service_tier: 'flex' };
    const parts = [
      aiChunk({ content: 'Hi', id: 'chatcmpl-1', response_metadata: provider }),
      aiChunk({ content: '', id: 'chatcmpl-1', response_metadata: last }),
      aiChunk({ content: '', usage_metadata, response_metadata: { usage: { prompt_tokens: 100 } } }),
    ];
    const read = { ...expected, model: 'gpt-4o-2024-08-06', serviceTier: 'flex' };
    expect(collect(parts)).toEqual(read);
    const [first, second, third] = parts;
    expect(collect([first, third, second])).toEqual(read);
    expect(collect([first, second])).toBeUndefined();
  });

  it('ChatAnthropic’s stream keeps of Anthropic’s usage how long the cache lives, and the tier', () => {
    const counts = { input_tokens: 9000, output_tokens: 1, total_tokens: 9001 };
    const usage = {
      ...{ cache_read_input_tokens: 5000, cache_creation_input_tokens: 3000, service_tier: 'priority' },
      cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
    };
    const parts = [
      aiChunk({
        ...{ content: '', id: 'msg_1', additional_kwargs: { model: 'claude-haiku-4-5-20251001', type: 'message' } },
        usage_metadata: { ...counts, input_token_details: { cache_creation: 3000, cache_read: 5000 } },
        response_metadata: { model_provider: 'anthropic', usage },
      }),
      aiChunk({ content: 'Hi', response_metadata: { model_provider: 'anthropic' } }),
      aiChunk({ content: '', usage_metadata: { input_tokens: 0, output_tokens: 350, total_tokens: 350 } }),
    ];
    expect(collect(parts)).toEqual({
      ...{ id: 'msg_1', model: 'claude-haiku-4-5-20251001', provider: 'anthropic', serviceTier: 'priority' },
      usage: { prompt: 9000, completion: 350, cacheRead: 5000, cacheWrite: 3000, cacheWrite1h: 2000 },
    });
  });

  it('what was said of one response is not said of the next', () => {
    const named = (id: string, model_name?: string): AIMessageChunk =>
      aiChunk({ content: '', id, usage_metadata, response_metadata: model_name === undefined ? {} : { model_name } });
    expect(collect([named('chatcmpl-1', 'gpt-4o'), named('chatcmpl-2', 'gpt-4o')])).toMatchObject({
      ...{ model: 'gpt-4o', usage: { prompt: 200, completion: 100 } },
    });
    expect(collect([named('chatcmpl-1', 'gpt-4o'), named('chatcmpl-2')])).toBeUndefined(); // no one price fits
  });
});
