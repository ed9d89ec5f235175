// InvokeModel: every model answers in a format of its own, in bytes.
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { catalogue } from '../../lib/cost/catalogue.js';
import type { ModelResponse } from '../../lib/cost/model-response.js';
import { findPricing, priceResponse } from '../../lib/cost/pricing.js';
import { readUsage } from '../../lib/cost/read-usage.js';
import { StreamUsage } from '../../lib/cost/readers/stream-usage.js';
import { usageFault } from '../../lib/cost/validate-usage.js';

const told = (read: ModelResponse | undefined): unknown =>
  read === undefined ? undefined : JSON.parse(JSON.stringify(read));
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
const output = (body: Uint8Array, more: object = {}): object => ({
  $metadata: { httpStatusCode: 200, requestId: 'r1' },
  contentType: 'application/json',
  body,
  ...more,
});

const llama = { generation: 'Hi', prompt_token_count: 10, generation_token_count: 5, stop_reason: 'stop' };
const titan = { inputTextTokenCount: 10, results: [{ tokenCount: 5, outputText: 'Hi', completionReason: 'FINISH' }] };
const counts = { usage: { prompt: 10, completion: 5 }, provider: 'aws.bedrock' };

it.each<[string, object, object]>([
  ['Llama', llama, counts],
  ['Titan', titan, counts],
  [
    'Titan, two results',
    { inputTextTokenCount: 10, results: [{ tokenCount: 5 }, { tokenCount: 4 }] },
    { ...counts, usage: { prompt: 10, completion: 9 } },
  ],
  [
    'Titan embeddings',
    { embedding: [0.1], embeddingsByType: { float: [0.1] }, inputTextTokenCount: 10 },
    { ...counts, usage: { prompt: 10 } },
  ],
  [
    'the metrics on the last chunk of any stream',
    {
      outputs: [{ text: '', stop_reason: 'stop' }],
      'amazon-bedrock-invocationMetrics': {
        ...{ inputTokenCount: 10, outputTokenCount: 5, invocationLatency: 551, firstByteLatency: 214 },
        ...{ cacheReadInputTokenCount: 3, cacheWriteInputTokenCount: 2 },
      },
    },
    { ...counts, usage: { prompt: 15, completion: 5, cacheRead: 3, cacheWrite: 2 } },
  ],
])('reads %s, parsed and as the AWS client gives it', (_, body, read) => {
  expect(told(readUsage(body))).toEqual(read);
  expect(told(readUsage(output(bytes(body))))).toEqual(read);
});

it('reads other providers’ formats from its bytes, with the tier that stands beside them', () => {
  const chat = {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', model: 'openai.gpt-oss-20b-1:0', choices: [] },
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
  expect(readUsage(output(bytes(chat), { serviceTier: 'flex' }))).toMatchObject({
    ...{ model: 'openai.gpt-oss-20b-1:0', id: 'chatcmpl-1', usage: { prompt: 10, completion: 5 } },
    ...{ provider: 'aws.bedrock', serviceTier: 'flex' },
  });
});

it.each<[string, object]>([
  ['an image', output(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))],
  ['no object', output(bytes('text'))],
  ['a body without usage', output(bytes({ outputs: [{ text: 'Hi' }] }))],
  ['more than is worth looking into', output(bytes({ ...llama, generation: 'x'.repeat(1_000_000) }))],
  ['bytes of something else', { body: bytes(llama) }],
  ['a body that streams', output({} as Uint8Array)],
])('reads nothing from %s', (_, given) => {
  expect(readUsage(given)).toBeUndefined();
});

it('takes nonsense for nonsense', () => {
  const read = readUsage({ ...titan, results: [{ tokenCount: 'many' }] });
  expect(usageFault(read?.usage ?? {})).toBeDefined();
});

describe('in a stream', () => {
  const collect = (chunks: readonly unknown[]): unknown => {
    const stream = new StreamUsage();
    for (const chunk of chunks) stream.add(chunk);
    return told(stream.result());
  };
  const invocation = (inputTokenCount: number, outputTokenCount: number): object => ({
    'amazon-bedrock-invocationMetrics': { inputTokenCount, outputTokenCount },
  });
  const llamaChunks = [
    { ...llama, generation_token_count: 1, stop_reason: null },
    { ...llama, prompt_token_count: null, generation_token_count: 2, stop_reason: null },
    { ...llama, prompt_token_count: null, ...invocation(10, 5) },
  ];
  const titanChunks = [
    { outputText: 'H', index: 0, inputTextTokenCount: null, totalOutputTextTokenCount: null },
    { outputText: 'i', index: 0, inputTextTokenCount: 10, totalOutputTextTokenCount: 5 },
  ];
  const events = (chunks: readonly object[]): object[] => chunks.map((chunk) => ({ chunk: { bytes: bytes(chunk) } }));

  it.each<[string, readonly object[], object]>([
    ['Llama', llamaChunks, { prompt: 10, completion: 5 }],
    ['Llama, broken off', llamaChunks.slice(0, 2), { prompt: 10, completion: 2 }],
    ['Titan', titanChunks, { prompt: 10, completion: 5 }],
    ['Mistral', [{ outputs: [{ text: 'Hi' }] }, { outputs: [], ...invocation(10, 5) }], { prompt: 10, completion: 5 }],
  ])('%s', (_, chunks, usage) => {
    expect(collect(chunks)).toEqual({ usage, provider: 'aws.bedrock' });
    expect(collect(events(chunks))).toEqual({ usage, provider: 'aws.bedrock' });
  });

  it('Claude’s own counts win over Bedrock’s metrics, which do not tell an hour’s cache', () => {
    const usage = {
      ...{ input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 300 },
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
    };
    const message = { id: 'msg_bdrk_1', type: 'message', role: 'assistant', model: 'claude-haiku-4-5-20251001', usage };
    const chunks = [
      { type: 'message_start', message },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop', ...invocation(10, 5) },
    ];
    const read = {
      ...{ id: 'msg_bdrk_1', model: 'claude-haiku-4-5-20251001', provider: 'aws.bedrock' },
      usage: { prompt: 310, completion: 5, cacheRead: 0, cacheWrite: 300, cacheWrite1h: 200 },
    };
    expect(collect(chunks)).toEqual(read);
    expect(collect(events(chunks))).toEqual(read);
  });
});

describe('Claude, which answers without its region', () => {
  const answer: ModelResponse = {
    ...{ model: 'claude-haiku-4-5-20251001', provider: 'aws.bedrock' },
    usage: { prompt: 1_000_000, completion: 0 },
  };
  const usd = (requested: string | undefined, response = answer): number | undefined => {
    const pricing = priceResponse(findPricing(ROOT_CONTEXT), response, requested, new Date('2026-11-20T12:00:00Z'));
    return typeof pricing === 'object' && 'cost' in pricing ? pricing.cost.price.totalUsd : undefined;
  };
  beforeAll(() => catalogue.load());

  it.each<[string | undefined, number | undefined]>([
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 1.1],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 1.1],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 1],
    ['arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0', 1.1],
    ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc', undefined],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined], // not what answered
    [undefined, undefined],
  ])('asked for as %s: %s', (requested, expected) => {
    expect(usd(requested)).toEqual(expected === undefined ? undefined : expect.closeTo(expected, 12));
  });

  it('is priced by its maker’s list where its maker answers', () => {
    const own = { ...answer, provider: 'anthropic' };
    expect(usd('us.anthropic.claude-haiku-4-5-20251001-v1:0', own)).toBeCloseTo(1, 12);
  });
});
