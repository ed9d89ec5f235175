// What the providers' own clients hand to the caller, from the wire.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { readUsage } from '../../lib/cost/read-usage.js';
import { StreamUsage } from '../../lib/cost/readers/stream-usage.js';

const json =
  (body: object): typeof fetch =>
  () =>
    Promise.resolve(
      new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', 'x-request-id': 'req_1' } }),
    );
const sse =
  (events: readonly object[], named = false): typeof fetch =>
  () =>
    Promise.resolve(
      new Response(
        events
          .map(
            (event) =>
              `${named ? `event: ${(event as { type: string }).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`,
          )
          .join('') + (named ? '' : 'data: [DONE]\n\n'),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
    );
const openai = (answer: typeof fetch): OpenAI => new OpenAI({ apiKey: 'test', fetch: answer, maxRetries: 0 });
const anthropic = (answer: typeof fetch): Anthropic => new Anthropic({ apiKey: 'test', fetch: answer, maxRetries: 0 });

async function collect(chunks: AsyncIterable<unknown>): Promise<unknown> {
  const usage = new StreamUsage();
  for await (const chunk of chunks) usage.add(chunk);
  return usage.result();
}

const chatUsage = {
  prompt_tokens: 1000,
  completion_tokens: 500,
  total_tokens: 1500,
  prompt_tokens_details: { cached_tokens: 400 },
};
const chatRead = { id: 'chatcmpl-1', model: 'gpt-4o', usage: { prompt: 1000, completion: 500, cacheRead: 400 } };
const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Hi' }] };

it('OpenAI chat', async () => {
  const client = openai(
    json({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-4o',
      choices: [{ index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }],
      usage: chatUsage,
    }),
  );
  expect(readUsage(await client.chat.completions.create(request))).toMatchObject(chatRead);
  expect(readUsage(await client.chat.completions.create(request).withResponse())).toMatchObject(chatRead);
  expect(readUsage(await client.chat.completions.parse(request))).toMatchObject(chatRead);
  expect(readUsage(client.chat.completions.create(request))).toBeUndefined(); // a promise is not a response
});

it('OpenAI chat, streamed', async () => {
  const chunk = (more: object): object => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'gpt-4o',
    choices: [{ index: 0, delta: { content: 'x' } }],
    usage: null,
    ...more,
  });
  const client = openai(sse([chunk({}), chunk({}), chunk({ choices: [], usage: chatUsage })]));
  const stream = await client.chat.completions.create({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
  expect(await collect(stream)).toMatchObject(chatRead);
});

it('OpenAI responses, plain and streamed', async () => {
  const response = {
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5',
    output: [],
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 2 },
      total_tokens: 15,
    },
  };
  const read = { id: 'resp_1', model: 'gpt-5', usage: { prompt: 10, completion: 5, cacheRead: 4, reasoning: 2 } };
  expect(readUsage(await openai(json(response)).responses.create({ model: 'gpt-5', input: 'Hi' }))).toMatchObject(read);
  const events = [
    { type: 'response.created', response: { ...response, usage: null } },
    { type: 'response.output_text.delta', delta: 'x' },
    { type: 'response.completed', response },
  ];
  expect(
    await collect(await openai(sse(events, true)).responses.create({ model: 'gpt-5', input: 'Hi', stream: true })),
  ).toMatchObject(read);
});

it('OpenAI embeddings', async () => {
  const client = openai(
    json({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [0.1] }],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 8, total_tokens: 8 },
    }),
  );
  expect(
    readUsage(
      await client.embeddings.create({ model: 'text-embedding-3-small', input: 'x', encoding_format: 'float' }),
    ),
  ).toMatchObject({ usage: { prompt: 8 }, model: 'text-embedding-3-small' });
});

describe('Anthropic messages', () => {
  const usage = {
    input_tokens: 1000,
    cache_read_input_tokens: 6000,
    cache_creation_input_tokens: 3000,
    cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
    output_tokens: 1,
    service_tier: 'standard',
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5',
    content: [],
    stop_reason: 'end_turn',
    usage,
  };
  const read = {
    id: 'msg_1',
    model: 'claude-sonnet-5',
    provider: 'anthropic',
    usage: { prompt: 10_000, completion: 500, cacheRead: 6000, cacheWrite: 3000, cacheWrite1h: 2000 },
  };
  const params = { model: 'claude-sonnet-5', max_tokens: 10, messages: [{ role: 'user' as const, content: 'Hi' }] };
  const events = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 500 } },
    { type: 'message_stop' },
  ];

  it('plain', async () => {
    const client = anthropic(json({ ...message, usage: { ...usage, output_tokens: 500 } }));
    expect(readUsage(await client.messages.create(params))).toMatchObject(read);
    expect(readUsage(await client.messages.create(params).withResponse())).toMatchObject(read);
  });

  it('streamed, by either way the client streams', async () => {
    expect(
      await collect(await anthropic(sse(events, true)).messages.create({ ...params, stream: true })),
    ).toMatchObject(read);
    const stream = anthropic(sse(events, true)).messages.stream(params);
    expect(await collect(stream)).toMatchObject(read);
    expect(readUsage(await stream.finalMessage())).toMatchObject(read);
  });
});
