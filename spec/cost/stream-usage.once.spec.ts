import { StreamUsage } from '../../lib/cost/readers/stream-usage.js';
import type { ModelResponse } from '../../lib/cost/model-response.js';

const told = (read: ModelResponse | undefined): unknown =>
  read === undefined ? undefined : JSON.parse(JSON.stringify(read));
const collect = (...chunks: unknown[]): unknown => {
  const stream = new StreamUsage();
  for (const chunk of chunks) stream.add(chunk);
  return told(stream.result());
};

const chatChunk = (more: object): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  model: 'gpt-4o',
  choices: [{ index: 0, delta: { content: 'a' } }],
  usage: null,
  ...more,
});
const messageStart = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content: [],
    usage: {
      input_tokens: 25,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 0,
      cache_creation: { ephemeral_1h_input_tokens: 0 },
      output_tokens: 1,
      service_tier: 'standard',
    },
  },
};

it.each<[string, unknown[], unknown]>([
  [
    'OpenAI chat, with the usage on the last chunk',
    [
      chatChunk({}),
      chatChunk({}),
      chatChunk({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }),
    ],
    { usage: { prompt: 10, completion: 5 }, model: 'gpt-4o', id: 'chatcmpl-1' },
  ],
  [
    'a host that counts on every chunk',
    [1, 2, 3].map((completion_tokens) => chatChunk({ usage: { prompt_tokens: 10, completion_tokens } })),
    { usage: { prompt: 10, completion: 3 }, model: 'gpt-4o', id: 'chatcmpl-1' },
  ],
  [
    'Groq',
    [
      chatChunk({ x_groq: { id: 'req_1' } }),
      chatChunk({ x_groq: { id: 'req_1', usage: { prompt_tokens: 10, completion_tokens: 5 } } }),
    ],
    { usage: { prompt: 10, completion: 5 }, model: 'gpt-4o', id: 'chatcmpl-1', provider: 'groq' },
  ],
  ['OpenAI chat without include_usage', [chatChunk({}), chatChunk({})], undefined],
  [
    'OpenAI responses',
    [
      { type: 'response.created', response: { id: 'resp_1', usage: null } },
      { type: 'response.output_text.delta', delta: 'a' },
      {
        type: 'response.completed',
        response: {
          id: 'resp_1',
          object: 'response',
          model: 'gpt-5',
          usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
        },
      },
    ],
    { usage: { prompt: 10, completion: 5 }, model: 'gpt-5', id: 'resp_1' },
  ],
  [
    'Anthropic: counts are cumulative',
    [
      messageStart,
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
      { type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 7 } },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        usage: { input_tokens: null, cache_read_input_tokens: 110, output_tokens: 15 },
      },
      { type: 'message_stop' },
    ],
    {
      usage: { prompt: 135, completion: 15, cacheRead: 110, cacheWrite: 0, cacheWrite1h: 0 },
      model: 'claude-sonnet-4-5',
      id: 'msg_1',
      provider: 'anthropic',
      serviceTier: 'standard',
    },
  ],
  [
    'Anthropic, left early: what was used by then',
    [messageStart, { type: 'content_block_delta' }],
    {
      usage: { prompt: 125, completion: 1, cacheRead: 100, cacheWrite: 0, cacheWrite1h: 0 },
      model: 'claude-sonnet-4-5',
      id: 'msg_1',
      provider: 'anthropic',
      serviceTier: 'standard',
    },
  ],
  [
    'two responses of one model',
    [
      { id: 'a', model: 'm', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
      { id: 'b', model: 'm', choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } },
      { id: 'b', model: 'm', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } },
      {
        id: 'c',
        model: 'm',
        choices: [],
        usage: { prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 1 } },
      },
    ],
    { usage: { prompt: 14, completion: 8, cacheRead: 1 }, model: 'm' },
  ],
  [
    'responses of two models, which no one price fits',
    [
      { id: 'a', model: 'm', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
      { id: 'b', model: 'n', choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } },
    ],
    undefined,
  ],
  [
    'text and rubbish',
    ['a', 1, null, undefined, {}, [], () => 1, Symbol('x'), { type: 5 }, { usage: 'x' }, { type: 'message_delta' }],
    undefined,
  ],
])('collects %s', (_, chunks, expected) => {
  expect(collect(...chunks)).toEqual(expected);
});

it('asks the readers of the user first', () => {
  const stream = new StreamUsage([
    () => {
      throw new Error('mine');
    },
    (chunk) => (chunk === 'tokens: 5' ? { usage: { completion: 5 } } : undefined),
  ]);
  for (const chunk of ['a', 'tokens: 5', chatChunk({})]) stream.add(chunk);
  expect(told(stream.result())).toEqual({ usage: { completion: 5 } });
});

it('runs no accessor and survives hostile chunks', () => {
  const ran = jest.fn();
  expect(
    collect(
      {
        get usage() {
          ran();
          return 1;
        },
      },
      new Proxy(
        {},
        {
          getOwnPropertyDescriptor() {
            throw new Error('no');
          },
        },
      ),
    ),
  ).toBeUndefined();
  expect(ran).not.toHaveBeenCalled();
});

it('can be asked before the end', () => {
  const stream = new StreamUsage();
  expect(stream.result()).toBeUndefined();
  stream.add(messageStart);
  expect(stream.result()?.usage.completion).toBe(1);
  stream.add({ type: 'message_delta', usage: { output_tokens: 9 } });
  expect(stream.result()?.usage.completion).toBe(9);
});
