import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import {
  fakeModelServer,
  ModelError,
  type FakeModelServer,
  type FakeModelServerOptions,
} from '../../lib/testing/index.js';

const model = 'gpt-4o-mini';
const messages = [{ role: 'user' as const, content: 'Where is the manual?' }];
const tool = { name: 'find', input: { what: 'the manual', where: ['drawer'] } };
const LONG = 'It is in the second drawer, below the window — «left» of the door. '.repeat(5);

const servers: FakeModelServer[] = [];
async function started(options?: FakeModelServerOptions) {
  const server = await fakeModelServer(options);
  servers.push(server);
  return {
    server,
    openai: new OpenAI({ ...server.openai, maxRetries: 1 }),
    anthropic: new Anthropic({ ...server.anthropic, maxRetries: 1 }),
  };
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

it('answers in order, whatever the wire format', async () => {
  const { server, openai, anthropic } = await started({ answers: ['One.', { text: 'Two.' }] });
  const one = await openai.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...messages] }); // prettier-ignore
  const two = await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 10, system: 'Be brief.', messages }); // prettier-ignore

  expect(one.choices[0]).toMatchObject({ message: { role: 'assistant', content: 'One.' }, finish_reason: 'stop' });
  expect(two).toMatchObject({ content: [{ type: 'text', text: 'Two.' }], stop_reason: 'end_turn', model: 'claude-haiku-4-5' }); // prettier-ignore
  expect(server.requests).toMatchObject([
    { wire: 'openai', model, system: 'Be brief.', messages: [{ role: 'user', text: 'Where is the manual?' }] },
    { wire: 'anthropic', model: 'claude-haiku-4-5', system: 'Be brief.', maxTokens: 10, body: { max_tokens: 10 } },
  ]);
});

it('bills by the length of the texts, or what it is told', async () => {
  const usage = { prompt: 1_000, completion: 500, cacheRead: 200, reasoning: 50 };
  const { server, openai } = await started({ answers: ['12345678', { text: 'x', usage }, { text: 'x', usage: null }] });
  const create = () => openai.chat.completions.create({ model, messages });
  expect((await create()).usage).toMatchObject({ prompt_tokens: 13, completion_tokens: 2, total_tokens: 15 });
  expect((await create()).usage).toMatchObject({
    ...{ prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
    prompt_tokens_details: { cached_tokens: 200 },
    completion_tokens_details: { reasoning_tokens: 50 },
  });
  expect((await create()).usage).toBeUndefined();
  expect(server.exchanges.map(({ bill }) => bill?.usage.prompt)).toEqual([13, 1_000, 13]);
});

it('bills as Anthropic does: cached tokens beside the others', async () => {
  const usage = { prompt: 100, completion: 7, cacheRead: 60, cacheWrite: 30, cacheWrite1h: 10 };
  const { anthropic } = await started({ answers: [{ text: 'x', usage }] });
  expect(
    (await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 10, messages })).usage,
  ).toMatchObject({
    ...{ input_tokens: 10, cache_read_input_tokens: 60, cache_creation_input_tokens: 30, output_tokens: 7 },
    cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 10 },
  });
});

it('asks for tools, and reads their results', async () => {
  const { server, openai, anthropic } = await started({ answers: [{ toolCalls: [tool] }, 'Done.', { toolCalls: [tool] }, 'Done.'] }); // prettier-ignore
  const { choices } = await openai.chat.completions.create({ model, messages });
  const asked = choices[0]?.message;
  const id = asked?.tool_calls?.[0]?.id ?? '';
  expect(asked?.tool_calls).toMatchObject([{ function: { name: 'find', arguments: JSON.stringify(tool.input) } }]);
  expect(choices[0]?.finish_reason).toBe('tool_calls');
  await openai.chat.completions.create({ model, messages: [...messages, ...(asked ? [asked] : []), { role: 'tool', tool_call_id: id, content: 'drawer' }] }); // prettier-ignore

  const { content, stop_reason } = await anthropic.messages.create({ model, max_tokens: 10, messages });
  expect(stop_reason).toBe('tool_use');
  expect(content).toMatchObject([{ type: 'tool_use', ...tool }]);
  const use = content[0]?.type === 'tool_use' ? content[0].id : '';
  await anthropic.messages.create({
    ...{ model, max_tokens: 10 },
    messages: [...messages, { role: 'assistant', content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use, content: 'drawer' }] }], // prettier-ignore
  });
  for (const [index, called] of [id, use].entries())
    expect(server.requests[index * 2 + 1]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', toolCalls: [{ id: called, ...tool }] },
      { role: 'tool', text: 'drawer', toolCallId: called },
    ]);
});

it('streams text, tool calls and usage', async () => {
  const { openai, anthropic } = await started({ answers: () => ({ text: LONG, toolCalls: [tool], usage: { completion: 42 } }) }); // prettier-ignore
  const stream = openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
  let chunks = 0;
  stream.on('chunk', () => chunks++);
  const whole = await stream.finalChatCompletion();
  expect(chunks).toBeGreaterThan(5);
  expect(whole.choices[0]?.message).toMatchObject({ content: LONG, tool_calls: [{ function: { name: 'find' } }] });
  expect(whole.usage?.completion_tokens).toBe(42);

  const events = anthropic.messages.stream({ model, max_tokens: 10, messages });
  let deltas = 0;
  events.on('text', () => deltas++);
  const message = await events.finalMessage();
  expect(deltas).toBeGreaterThan(5);
  expect(message.content).toMatchObject([{ text: LONG }, { name: 'find', input: tool.input }]);
  expect(message.usage.output_tokens).toBe(42);
});

it('leaves the usage out of an OpenAI stream that does not ask for it', async () => {
  const { openai } = await started({ answers: ['Hi'] });
  const usages: unknown[] = [];
  for await (const { usage } of await openai.chat.completions.create({ model, messages, stream: true }))
    usages.push(usage);
  expect(usages.every((usage) => usage === undefined)).toBe(true);
});

it('answers with errors, which the clients try again as theirs', async () => {
  const busy = new ModelError(429, 'slow down', { code: 'rate_limit_exceeded', retryAfterMs: 1 });
  const { server, openai, anthropic } = await started({ answers: [busy, 'At last.', new ModelError(529, 'Overloaded', { retryAfterMs: 1 }), busy] }); // prettier-ignore
  expect((await openai.chat.completions.create({ model, messages })).choices[0]?.message.content).toBe('At last.');
  const failed = anthropic.messages.create({ model, max_tokens: 10, messages });
  await expect(failed).rejects.toBeInstanceOf(Anthropic.RateLimitError);
  await expect(failed).rejects.toMatchObject({ status: 429, error: { error: { message: 'slow down' } } });
  expect(server.exchanges.map(({ status, retryCount, bill }) => [status, retryCount, bill !== undefined])).toEqual([
    ...[[429, 0, false], [200, 1, true], [529, 0, false], [429, 1, false]], // prettier-ignore
  ]);
});

it('lets connections break, before the response or within a stream', async () => {
  const { openai } = await started({
    answers: [{ text: LONG, breakAfter: 3 }, { text: LONG, breakAfter: 0 }, 'Again.'],
  });
  const chunks: unknown[] = [];
  const read = async () => {
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) chunks.push(chunk);
  };
  await expect(read()).rejects.toThrow(/terminated|aborted|Connection error|Premature/);
  expect(chunks).toHaveLength(3);
  // it is tried again, and answered
  expect((await openai.chat.completions.create({ model, messages })).choices[0]?.message.content).toBe('Again.');
});

it('takes its time', async () => {
  const { server, openai } = await started({ answers: [{ text: 'late', latencyMs: 10_000 }] });
  const stop = new AbortController();
  const asked = openai.chat.completions.create({ model, messages }, { signal: stop.signal });
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(server.exchanges).toEqual([]); // it has been asked, and thinks
  stop.abort();
  await expect(asked).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
});

it('answers by a function, which sees the request and may fail', async () => {
  const { server, openai } = await started({
    answers: ({ messages: [first], tools }) => {
      if (tools.length > 0) throw new RangeError('no tools here');
      return `You said: ${first?.text ?? ''}`;
    },
  });
  expect((await openai.chat.completions.create({ model, messages })).choices[0]?.message.content).toBe('You said: Where is the manual?'); // prettier-ignore
  const tools = [{ type: 'function' as const, function: { name: 'find', parameters: {} } }];
  await expect(openai.chat.completions.create({ model, messages, tools }, { maxRetries: 0 })).rejects.toThrow('500 The script failed: RangeError: no tools here'); // prettier-ignore
  expect(() => server.answer('more')).toThrow('a function answers all');
});

it('says what is missing: an answer, a path, a key', async () => {
  const { server, openai } = await started();
  const asked = openai.chat.completions.create({ model, messages });
  await expect(asked).rejects.toThrow('400 fakeModelServer has no answer left for request 1: give one more');
  await expect(openai.embeddings.create({ model, input: 'x' })).rejects.toThrow('it serves POST /v1/chat/completions and POST /v1/messages'); // prettier-ignore
  const { status } = await fetch(`${server.openai.baseURL}/chat/completions`, { method: 'POST', body: '{}' });
  expect(status).toBe(401);
  expect(() => server.answer({ txt: 'x' } as never)).toThrow('Did you mean "text"?');
  expect(() => server.answer({ toolCalls: [{ name: 'find', arguments: {} }] } as never)).toThrow('a tool call: unknown option "arguments"'); // prettier-ignore
  await expect(fakeModelServer({ answers: 42 } as never)).rejects.toThrow(
    'answers is a list of answers, or a function',
  );
  expect(() => new ModelError(200, 'fine')).toThrow('expected a status of 400 to 599, got 200');
  await expect(fakeModelServer({ answer: [] } as never)).rejects.toThrow('Did you mean "answers"?');
});

it('forgets on reset, and stops', async () => {
  const { server, openai } = await started({ answers: ['One.', 'Two.'] });
  await openai.chat.completions.create({ model, messages });
  server.reset();
  expect([server.requests, server.exchanges]).toEqual([[], []]);
  server.answer('Three.');
  expect((await openai.chat.completions.create({ model, messages })).choices[0]?.message.content).toBe('Three.');
  await server.close();
  servers.length = 0;
  await expect(fetch(server.url)).rejects.toThrow();
});
