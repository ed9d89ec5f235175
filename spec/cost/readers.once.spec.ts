import type { ModelResponse } from '../../lib/cost/model-response.js';
import { readGivenUsage, readUsage } from '../../lib/cost/read-usage.js';
import { usageFault } from '../../lib/cost/validate-usage.js';

/** What is told, without what is undefined. */
const told = (read: ModelResponse | undefined): unknown =>
  read === undefined ? undefined : JSON.parse(JSON.stringify(read));
const through = (response: unknown): unknown => JSON.parse(JSON.stringify(response));

const openAiChat = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-2024-08-06',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hi', refusal: null }, finish_reason: 'stop', logprobs: null },
  ],
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 500,
    total_tokens: 1500,
    prompt_tokens_details: { cached_tokens: 400, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 300,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  },
  service_tier: 'default',
  system_fingerprint: 'fp_1',
};
const anthropic = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text: 'Hi' }],
  stop_reason: 'end_turn',
  usage: {
    input_tokens: 1000,
    cache_read_input_tokens: 6000,
    cache_creation_input_tokens: 3000,
    cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
    output_tokens: 500,
    output_tokens_details: { thinking_tokens: 120 },
    server_tool_use: null,
    service_tier: 'standard',
    speed: 'standard',
    inference_geo: 'not_available',
  },
};
const responses = {
  id: 'resp_1',
  object: 'response',
  model: 'gpt-5-2025-08-07',
  status: 'completed',
  output: [],
  service_tier: 'flex',
  usage: {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 200, cache_write_tokens: 0 },
    output_tokens: 500,
    output_tokens_details: { reasoning_tokens: 100 },
    total_tokens: 1500,
  },
};

it.each<[string, unknown, unknown]>([
  [
    'OpenAI chat: the prompt includes the cache, the completion includes reasoning',
    openAiChat,
    {
      usage: { prompt: 1000, completion: 500, cacheRead: 400, reasoning: 300, promptAudio: 0, completionAudio: 0 },
      model: 'gpt-4o-2024-08-06',
      id: 'chatcmpl-1',
      serviceTier: 'default',
    },
  ],
  [
    'OpenAI audio',
    {
      ...openAiChat,
      usage: {
        prompt_tokens: 50,
        completion_tokens: 60,
        total_tokens: 110,
        prompt_tokens_details: { audio_tokens: 40 },
        completion_tokens_details: { audio_tokens: 50 },
      },
    },
    {
      usage: { prompt: 50, completion: 60, promptAudio: 40, completionAudio: 50 },
      model: 'gpt-4o-2024-08-06',
      id: 'chatcmpl-1',
      serviceTier: 'default',
    },
  ],
  [
    'OpenAI legacy completions',
    {
      id: 'cmpl-1',
      object: 'text_completion',
      model: 'gpt-3.5-turbo-instruct',
      choices: [{ text: 'x' }],
      usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    },
    { usage: { prompt: 5, completion: 7 }, model: 'gpt-3.5-turbo-instruct', id: 'cmpl-1' },
  ],
  [
    'xAI: reasoning beside the completion, and its price',
    {
      id: 'x',
      model: 'grok-4.3',
      choices: [],
      usage: {
        prompt_tokens: 10120,
        completion_tokens: 1499,
        total_tokens: 14428,
        prompt_tokens_details: { cached_tokens: 128 },
        completion_tokens_details: { reasoning_tokens: 2809 },
        cost_in_usd_ticks: 232856000,
      },
    },
    {
      usage: { prompt: 10120, completion: 4308, cacheRead: 128, reasoning: 2809 },
      model: 'grok-4.3',
      id: 'x',
      provider: 'x_ai',
      costUsd: 0.0232856,
    },
  ],
  [
    'DeepSeek: cache hits',
    {
      id: 'd',
      model: 'deepseek-chat',
      choices: [],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 5,
        total_tokens: 105,
        prompt_cache_hit_tokens: 64,
        prompt_cache_miss_tokens: 36,
      },
    },
    { usage: { prompt: 100, completion: 5, cacheRead: 64 }, model: 'deepseek-chat', id: 'd' },
  ],
  [
    'OpenRouter: its cost',
    {
      id: 'gen-1',
      provider: 'Anthropic',
      model: 'anthropic/claude-4.5-sonnet',
      choices: [],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        cost: 0.00014,
        is_byok: false,
        cost_details: { upstream_inference_cost: 0.00014 },
      },
    },
    {
      usage: { prompt: 10, completion: 5 },
      model: 'anthropic/claude-4.5-sonnet',
      id: 'gen-1',
      provider: 'openrouter',
      costUsd: 0.00014,
    },
  ],
  [
    'OpenRouter with a key of one’s own: both bills',
    {
      id: 'gen-1',
      model: 'm',
      choices: [],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        cost: 0.00005,
        is_byok: true,
        cost_details: { upstream_inference_cost: 0.001 },
      },
    },
    { usage: { prompt: 10, completion: 5 }, model: 'm', id: 'gen-1', provider: 'openrouter', costUsd: 0.00105 },
  ],
  [
    'Perplexity: its cost',
    {
      id: 'p',
      model: 'sonar',
      choices: [],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        cost: { input_tokens_cost: 0.00001, output_tokens_cost: 0.000005, request_cost: 0.005, total_cost: 0.005015 },
      },
    },
    { usage: { prompt: 10, completion: 5 }, model: 'sonar', id: 'p', provider: 'perplexity', costUsd: 0.005015 },
  ],
  [
    'a cost in a currency that nobody names is left alone',
    { id: 'q', model: 'm', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, cost: 12 } },
    { usage: { prompt: 10, completion: 5 }, model: 'm', id: 'q' },
  ],
  [
    'Groq',
    {
      id: 'chatcmpl-g',
      model: 'llama-3.3-70b-versatile',
      choices: [],
      service_tier: 'on_demand',
      x_groq: { id: 'req_1' },
      usage: { queue_time: 0.1, prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    },
    {
      usage: { prompt: 10, completion: 5 },
      model: 'llama-3.3-70b-versatile',
      id: 'chatcmpl-g',
      provider: 'groq',
      serviceTier: 'on_demand',
    },
  ],
  [
    'Azure',
    { ...openAiChat, prompt_filter_results: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    {
      usage: { prompt: 1, completion: 2 },
      model: 'gpt-4o-2024-08-06',
      id: 'chatcmpl-1',
      provider: 'azure.ai.openai',
      serviceTier: 'default',
    },
  ],
  [
    'OpenAI responses',
    responses,
    {
      usage: { prompt: 1000, completion: 500, cacheRead: 200, cacheWrite: 0, reasoning: 100 },
      model: 'gpt-5-2025-08-07',
      id: 'resp_1',
      serviceTier: 'flex',
    },
  ],
  [
    'OpenAI transcription by tokens',
    {
      text: 'hello',
      usage: {
        type: 'tokens',
        input_tokens: 14,
        input_token_details: { text_tokens: 0, audio_tokens: 14 },
        output_tokens: 4,
        total_tokens: 18,
      },
    },
    { usage: { prompt: 14, completion: 4, promptAudio: 14 } },
  ],
  [
    'OpenAI embeddings',
    {
      object: 'list',
      data: [{ embedding: [0.1] }],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 8, total_tokens: 8 },
    },
    { usage: { prompt: 8 }, model: 'text-embedding-3-small' },
  ],
  [
    'Anthropic: the prompt is input + cache reads + cache writes',
    anthropic,
    {
      usage: { prompt: 10000, completion: 500, cacheRead: 6000, cacheWrite: 3000, cacheWrite1h: 2000, reasoning: 120 },
      model: 'claude-sonnet-4-5-20250929',
      id: 'msg_1',
      provider: 'anthropic',
      serviceTier: 'standard',
    },
  ],
  [
    'Anthropic without a cache, in a batch, in the US, in fast mode',
    {
      id: 'msg_2',
      type: 'message',
      model: 'claude-opus-4-6',
      usage: {
        input_tokens: 10,
        output_tokens: 5,
        cache_read_input_tokens: null,
        cache_creation: null,
        service_tier: 'batch',
        inference_geo: 'us',
        speed: 'fast',
      },
    },
    {
      usage: { prompt: 10, completion: 5 },
      model: 'claude-opus-4-6',
      id: 'msg_2',
      provider: 'anthropic',
      serviceTier: 'batch+fast+us',
    },
  ],
  [
    'Anthropic on Bedrock',
    { ...anthropic, id: 'msg_bdrk_1', usage: { input_tokens: 1, output_tokens: 2 } },
    {
      usage: { prompt: 1, completion: 2 },
      model: 'claude-sonnet-4-5-20250929',
      id: 'msg_bdrk_1',
      provider: 'aws.bedrock',
    },
  ],
  [
    'another model in Anthropic’s format',
    {
      id: 'msg_3',
      type: 'message',
      model: 'glm-4.6',
      usage: { input_tokens: 1, output_tokens: 2, cache_read_input_tokens: 0 },
    },
    { usage: { prompt: 1, completion: 2, cacheRead: 0 }, model: 'glm-4.6', id: 'msg_3' },
  ],
  [
    'the OpenAI client’s .withResponse()',
    { data: openAiChat, response: {}, request_id: 'req_1' },
    {
      usage: { prompt: 1000, completion: 500, cacheRead: 400, reasoning: 300, promptAudio: 0, completionAudio: 0 },
      model: 'gpt-4o-2024-08-06',
      id: 'chatcmpl-1',
      serviceTier: 'default',
    },
  ],
  [
    'a wrapper that keeps the usage',
    { text: 'Hi', usage: openAiChat.usage },
    { usage: { prompt: 1000, completion: 500, cacheRead: 400, reasoning: 300, promptAudio: 0, completionAudio: 0 } },
  ],
])('reads %s', (_, response, expected) => {
  const read = readUsage(response);
  expect(told(read)).toEqual(expected);
  expect(usageFault(read!.usage)).toBeUndefined();
  expect(told(readUsage(through(response)))).toEqual(expected);
  expect(told(readUsage(Object.freeze(response)))).toEqual(expected);
});

it.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['text', 'usage'],
  ['a number', 5],
  ['an empty object', {}],
  ['an array', [openAiChat]],
  ['usage: text', { usage: 'high' }],
  ['usage: null', { usage: null, choices: [] }],
  ['a machine', { model: 'T', usage: { cpu: 1 } }],
  ['a plan', { usage: { prompt: 'say hello', completion: 'hello' } }],
  ['half a pair', { usage: { prompt_tokens: 5 } }],
  ['input alone', { usage: { input_tokens: 5 } }],
  ['tokens counted beforehand', { input_tokens: 5 }],
  ['a form', { input_tokens: 5, output_tokens: 4 }],
  ['minutes of audio', { text: 'x', usage: { type: 'duration', seconds: 3 } }],
  [
    'images, which have rates of their own',
    {
      created: 1,
      data: [{ b64_json: '' }],
      usage: {
        input_tokens: 5,
        output_tokens: 900,
        total_tokens: 905,
        input_tokens_details: { image_tokens: 0, text_tokens: 5 },
      },
    },
  ],
  ['a function', () => openAiChat],
  [
    'an accessor',
    {
      get usage(): never {
        throw new Error('was run');
      },
    },
  ],
  [
    'a hostile proxy',
    new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('no');
        },
      },
    ),
  ],
])('does not take %s for a response', (_, value) => {
  expect(readUsage(value)).toBeUndefined();
});

it('reads data, runs no accessor', () => {
  const ran = jest.fn();
  class Lazy {
    get usage(): unknown {
      ran();
      return openAiChat.usage;
    }
    get data(): unknown {
      ran();
      return openAiChat;
    }
  }
  expect(readUsage(new Lazy())).toBeUndefined();
  expect(readUsage(Object.defineProperty({}, 'usage', { get: ran, enumerable: true }))).toBeUndefined();
  expect(ran).not.toHaveBeenCalled();
});

it.each<[string, unknown]>([
  ['text', { prompt_tokens: '12', completion_tokens: 5 }],
  ['NaN', { prompt_tokens: NaN, completion_tokens: 5 }],
  ['a negative count', { input_tokens: -4, output_tokens: 5 }],
  ['text in the cache', { input_tokens: 4, output_tokens: 5, cache_read_input_tokens: '3' }],
  ['a cache above the prompt', { prompt_tokens: 4, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 9 } }],
])('passes %s on to be reported', (_, usage) => {
  expect(usageFault(readUsage({ usage })!.usage)).toEqual(expect.any(String));
});

describe('readers of the user', () => {
  const mine = { usage: { prompt: 3, completion: 4 }, model: 'mine' };

  it('are asked first, and for anything', () => {
    expect(readUsage(openAiChat, [() => mine])).toBe(mine);
    expect(readUsage('text', [(response) => (response === 'text' ? mine : undefined)])).toBe(mine);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('mine');
      },
    ],
    [
      'throws null',
      () => {
        throw null;
      },
    ],
    ['gives nonsense', () => 5],
    ['gives a promise', () => Promise.resolve(mine)],
    ['knows nothing', () => undefined],
  ])('one that %s is passed over', (_, reader) => {
    expect(readUsage(openAiChat, [reader as never])?.id).toBe('chatcmpl-1');
    expect(readUsage(openAiChat, [reader as never, () => mine])).toBe(mine);
  });
});

describe('a usage that is handed over', () => {
  it.each<[string, unknown, unknown]>([
    ['a TokenUsage', { prompt: 10, completion: 5, cacheRead: undefined }, { usage: { prompt: 10, completion: 5 } }],
    ['a TokenUsage with more in it', { prompt: 10, total: 10 }, { usage: { prompt: 10 } }],
    [
      'a ModelResponse',
      { usage: { prompt: 10, completion: 5 }, model: 'm', costUsd: 0.1, other: 1 },
      { usage: { prompt: 10, completion: 5 }, model: 'm', costUsd: 0.1 },
    ],
    [
      'OpenAI’s usage',
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
      { usage: { prompt: 10, completion: 5 } },
    ],
    ['OpenAI’s usage of embeddings', { prompt_tokens: 10, total_tokens: 10 }, { usage: { prompt: 10 } }],
    [
      'Anthropic’s usage',
      { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 90 },
      { usage: { prompt: 100, completion: 5, cacheRead: 90 } },
    ],
    [
      'the Responses API’s usage',
      responses.usage,
      { usage: { prompt: 1000, completion: 500, cacheRead: 200, cacheWrite: 0, reasoning: 100 } },
    ],
  ])('is read from %s', (_, given, expected) => {
    expect(told(readGivenUsage(given))).toEqual(expected);
  });

  it('is read from a whole response as the response is', () => {
    expect(readGivenUsage(openAiChat)).toEqual(readUsage(openAiChat));
    expect(readGivenUsage(anthropic)).toEqual(readUsage(anthropic));
  });

  it('is read by the user’s readers too', () => {
    expect(readGivenUsage('odd', [() => ({ usage: { prompt: 1 } })])).toEqual({ usage: { prompt: 1 } });
  });

  it.each([[undefined], [null], [5], ['x'], [{}], [{ cpu: 1 }], [[]]])('is not read from %j', (given) => {
    expect(readGivenUsage(given)).toBeUndefined();
  });

  it('keeps what is wrong, so that it is reported', () => {
    expect(usageFault(readGivenUsage({ prompt: '10', completion: 5 })!.usage)).toBe(
      'prompt is a string, not a number of tokens',
    );
  });
});
