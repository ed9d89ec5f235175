import Anthropic from '@anthropic-ai/sdk';
import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { Attributes } from '@opentelemetry/api';
import OpenAI from 'openai';
import { configure, TraceFunction, TraceLLM } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { startModelServer, type ModelServer } from '../support/shapes-model-server.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  resetConfiguration();
});
afterAll(() => tracing.shutdown());

const messagesOf = (attributes: Attributes) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => /^llm\.(?:input|output)_messages|^llm\.tools|^llm\.invocation/.test(name))); // prettier-ignore

class Model {
  @TraceLLM()
  ask(_request: unknown, answer?: unknown): unknown {
    return answer;
  }
}

/** What a call of a request and its answer shows as a chat. */
function shown(request: unknown, answer?: unknown): Attributes {
  tracing.reset();
  new Model().ask(request, answer);
  return messagesOf(tracing.byName('Model.ask').attributes);
}

describe('requests', () => {
  it('OpenAI chat completions: messages, tools, parameters', () => {
    expect(
      shown({
        model: 'gpt-4o',
        temperature: 0.2,
        tools: [{ type: 'function', function: { name: 'lookup', parameters: { type: 'object' } } }],
        messages: [
          { role: 'developer', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(5_000)}` } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'c1', type: 'function', function: { name: 'lookup', arguments: '{"id":7,"password":"hunter2"}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'Acme' },
        ],
      }),
    ).toEqual({
      'llm.invocation_parameters': '{"temperature":0.2}',
      'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"lookup","parameters":{"type":"object"}}}',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'What is this?',
      'llm.input_messages.1.message.contents.1.message_content.type': 'image',
      'llm.input_messages.1.message.contents.1.message_content.image.image.url': 'data:image/png;base64,…[+5000 chars]',
      'llm.input_messages.2.message.role': 'assistant',
      'llm.input_messages.2.message.tool_calls.0.tool_call.id': 'c1',
      'llm.input_messages.2.message.tool_calls.0.tool_call.function.name': 'lookup',
      'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"id":7,"password":"__REDACTED__"}',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.content': 'Acme',
      'llm.input_messages.3.message.tool_call_id': 'c1',
    });
  });

  it('Anthropic: the system prompt first, results of tools as messages of their own', () => {
    expect(
      shown({
        model: 'claude-x',
        max_tokens: 100,
        system: [{ type: 'text', text: 'Be brief.' }],
        messages: [
          { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.' }, { type: 'tool_use', id: 't1', name: 'lookup', input: { id: 7 } }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'Acme' }] }, { type: 'tool_result', tool_use_id: 't2', content: 'none' }, { type: 'text', text: 'Go on.' }] },
        ],
      }), // prettier-ignore
    ).toEqual({
      'llm.invocation_parameters': '{"max_tokens":100}',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'assistant',
      'llm.input_messages.1.message.contents.0.message_content.type': 'reasoning',
      'llm.input_messages.1.message.contents.0.message_content.text': 'Hm.',
      'llm.input_messages.1.message.tool_calls.0.tool_call.id': 't1',
      'llm.input_messages.1.message.tool_calls.0.tool_call.function.name': 'lookup',
      'llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments': '{"id":7}',
      'llm.input_messages.2.message.role': 'tool',
      'llm.input_messages.2.message.content': 'Acme',
      'llm.input_messages.2.message.tool_call_id': 't1',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.content': 'none',
      'llm.input_messages.3.message.tool_call_id': 't2',
      'llm.input_messages.4.message.role': 'user',
      'llm.input_messages.4.message.content': 'Go on.',
    });
  });

  it.each([
    ['OpenAI responses', { model: 'gpt-5', instructions: 'Be brief.', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] }],
    ['Gemini', { model: 'gemini', contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], config: { systemInstruction: 'Be brief.' } }],
    ['Bedrock Converse', { modelId: 'nova', system: [{ text: 'Be brief.' }], messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }],
    ['the AI SDK', { model: {}, system: 'Be brief.', prompt: 'Hi' }],
    ['LangChain', [new SystemMessage('Be brief.'), new HumanMessage('Hi')]],
  ])('%s', (_, request) => {
    expect(shown(request)).toMatchObject({
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.content': 'Hi',
    });
  }); // prettier-ignore

  it('a request that comes through a rest parameter', () => {
    class Rest {
      @TraceLLM()
      ask(...args: unknown[]) {
        return args.length;
      }
    }
    new Rest().ask({ messages: [{ role: 'user', content: 'Hi' }] });
    expect(tracing.byName('Rest.ask').attributes).toMatchObject({ 'llm.input_messages.0.message.content': 'Hi' });
  });

  it('what is no request shows no chat', () => {
    expect(shown({ id: 7 })).toEqual({});
    expect(shown('text')).toEqual({});
    expect(shown(null)).toEqual({});
  });
});

describe('responses', () => {
  it.each([
    ['text', 'Yes'],
    ['OpenAI chat completions', { choices: [{ message: { role: 'assistant', content: 'Yes' } }] }],
    ['OpenAI responses', { object: 'response', output: [{ type: 'reasoning', summary: [] }, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes' }] }] }],
    ['Anthropic', { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Yes' }] }],
    ['Gemini', { candidates: [{ content: { role: 'model', parts: [{ text: 'Yes' }] } }] }],
    ['Bedrock Converse', { output: { message: { role: 'assistant', content: [{ text: 'Yes' }] } } }],
    ['Ollama', { message: { role: 'assistant', content: 'Yes' }, done: true }],
    ['LangChain', new AIMessage('Yes')],
  ])('%s', (_, answer) => {
    expect(shown({}, answer)).toEqual({
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'Yes',
    });
  }); // prettier-ignore

  it('tool calls', () => {
    const call = { 'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1', 'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'f', 'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"a":1}' }; // prettier-ignore
    expect(shown({}, { choices: [{ message: { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'f', arguments: '{"a":1}' } }] } }] })).toMatchObject(call); // prettier-ignore
    expect(shown({}, { output: [{ type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' }] })).toMatchObject(call); // prettier-ignore
    expect(shown({}, { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'f', input: { a: 1 } }] })).toMatchObject(call); // prettier-ignore
    expect(shown({}, { candidates: [{ content: { parts: [{ functionCall: { id: 'c1', name: 'f', args: { a: 1 } } }] } }] })).toMatchObject(call); // prettier-ignore
    expect(shown({}, new AIMessage({ content: '', tool_calls: [{ id: 'c1', name: 'f', args: { a: 1 } }] }))).toMatchObject(call); // prettier-ignore
  });
});

describe('streams', () => {
  const stream = async (chunks: readonly unknown[]) => {
    class Streaming {
      @TraceLLM()
      async *ask() {
        yield* chunks;
      }
    }
    for await (const chunk of new Streaming().ask()) expect(chunk).toBeDefined();
    return messagesOf(tracing.byName('Streaming.ask').attributes);
  };

  it('OpenAI chat completions: text and tool calls in pieces', async () => {
    const chunk = (delta: object) => ({ choices: [{ index: 0, delta }] });
    expect(
      await stream([
        chunk({ role: 'assistant', content: 'Let me ' }),
        chunk({ content: 'look.' }),
        chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
      ]),
    ).toEqual({
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'Let me look.',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'f',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"a":1}',
    });
  });

  it('Anthropic: the same', async () => {
    expect(
      await stream([
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hm.' } },
        { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't1', name: 'f', input: {} } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a":' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '1}' } },
      ]),
    ).toMatchObject({
      'llm.output_messages.0.message.content': 'Hm.',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 't1',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"a":1}',
    });
  });
});

describe('real clients', () => {
  let server: ModelServer;
  beforeAll(async () => void (server = await startModelServer()));
  afterAll(() => server.close());

  it('OpenAI, plain and streamed; Anthropic', async () => {
    class Clients {
      openai = new OpenAI({ apiKey: 'test', baseURL: `${server.url}/v1`, maxRetries: 0 });
      anthropic = new Anthropic({ apiKey: 'test', baseURL: server.url, maxRetries: 0 });
      @TraceLLM()
      chat(request: OpenAI.Chat.ChatCompletionCreateParamsNonStreaming) {
        return this.openai.chat.completions.create(request);
      }
      @TraceLLM()
      stream(request: OpenAI.Chat.ChatCompletionCreateParamsStreaming) {
        return this.openai.chat.completions.create(request);
      }
      @TraceLLM()
      claude(request: Anthropic.MessageCreateParamsNonStreaming) {
        return this.anthropic.messages.create(request);
      }
    }
    const clients = new Clients();
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    await clients.chat({ model: 'gpt-x', messages });
    for await (const chunk of await clients.stream({ model: 'gpt-x', messages, stream: true })) expect(chunk).toBeDefined(); // prettier-ignore
    await clients.claude({ model: 'claude-x', max_tokens: 10, messages });
    for (const name of ['chat', 'stream', 'claude'])
      expect(tracing.byName(`Clients.${name}`).attributes).toMatchObject({
        'llm.input_messages.0.message.content': 'Hi',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.content': expect.stringContaining('Hello') as string,
      });
  });
});

describe('options', () => {
  it('say what the arguments do not', () => {
    class Own {
      @TraceLLM<(question: string) => { text: string }>({
        messages: ({ args: [question] }) => [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: question }],
        tools: [{ name: 'lookup' }],
        invocationParameters: { temperature: 0 },
        outputMessages: ({ text }) => text,
        provider: 'openai',
        modelName: 'gpt-4o',
      }) // prettier-ignore
      ask(question: string) {
        return { text: `Yes, ${question}` };
      }
    }
    new Own().ask('Acme');
    expect(tracing.byName('Own.ask').attributes).toMatchObject({
      'openinference.span.kind': 'LLM',
      'llm.provider': 'openai',
      'llm.model_name': 'gpt-4o',
      'llm.input_messages.1.message.content': 'Acme',
      'llm.tools.0.tool.json_schema': '{"name":"lookup"}',
      'llm.invocation_parameters': '{"temperature":0}',
      'llm.output_messages.0.message.content': 'Yes, Acme',
    });
  });

  it('fold with those of other decorators', () => {
    class Folded {
      @TraceFunction({ spanName: 'folded', modelName: 'gpt-4o' })
      @TraceLLM()
      ask(_request: object) {
        return 'Yes';
      }
    }
    new Folded().ask({ messages: [{ role: 'user', content: 'Hi' }] });
    expect(tracing.byName('folded').attributes).toMatchObject({ 'llm.input_messages.0.message.content': 'Hi' });
  });

  it.each([
    [{ message: [] }, 'unknown option "message". Did you mean "messages"?'],
    [{ tools: 'lookup' }, 'expected tools to be a list or a function of the call, got "lookup"'],
    [{ invocationParameters: [] }, 'expected invocationParameters to be an object or a function of the call'],
    [{ outputMessages: 'x' }, 'expected outputMessages to be a function'],
    [{ spanKind: 'TOOL' }, 'unknown option "spanKind"'],
  ])('%j is refused', (options, message) => {
    expect(() => TraceLLM(options as never)).toThrow(message);
  });
});

describe('bounds and privacy', () => {
  it('a message and all messages are bounded, secrets are withheld', () => {
    configure({ limits: { messageCharacters: 300, messagesCharacters: 1_000 } });
    const long = 'x'.repeat(1_000);
    const attributes = shown({ messages: [{ role: 'user', content: 'key sk-proj-abcdefghijklmnopqrstuvwxyz0123456789' }, ...Array.from({ length: 10 }, () => ({ role: 'user', content: long }))] }); // prettier-ignore
    expect(attributes['llm.input_messages.0.message.content']).toBe('key __REDACTED__');
    expect(String(attributes['llm.input_messages.1.message.content'])).toMatch(/^x{200,}…\[\+\d+ chars\]$/);
    expect(Object.values(attributes).join('').length).toBeLessThan(1_200);
  });

  it('hidden and not captured content is not there', () => {
    configure({ hide: { inputs: true } });
    expect(shown({ messages: [{ role: 'user', content: 'Hi' }] }, 'Yes')).toEqual({ 'llm.output_messages.0.message.role': 'assistant', 'llm.output_messages.0.message.content': 'Yes' }); // prettier-ignore
    configure({ hide: false, captureResult: false });
    expect(Object.keys(shown({ messages: [{ role: 'user', content: 'Hi' }] }, 'Yes'))).toEqual(['llm.input_messages.0.message.role', 'llm.input_messages.0.message.content']); // prettier-ignore
  });

  it('arguments that are not to be recorded are not read for messages either', () => {
    class Some {
      @TraceLLM({ captureArgs: ['id'] })
      ask(id: number, _request: object) {
        return id;
      }
    }
    new Some().ask(7, { messages: [{ role: 'user', content: 'Hi' }] });
    expect(messagesOf(tracing.byName('Some.ask').attributes)).toEqual({});
  });

  it('hostile values disturb nobody', () => {
    const hostile = new Proxy({}, { get: () => { throw new Error('get'); }, getOwnPropertyDescriptor: () => { throw new Error('descriptor'); }, getPrototypeOf: () => { throw new Error('prototype'); } }); // prettier-ignore
    expect(() => shown({ messages: [hostile] }, hostile)).not.toThrow();
    expect(() => shown(hostile)).not.toThrow();
    const getter = { messages: [{ role: 'user', get content(): string { throw new Error('run'); } }] }; // prettier-ignore
    expect(() => shown(getter)).not.toThrow();
  });
});

it('tokens and cost are written before the messages, so that a limit of the span drops none of them', () => {
  configure({ modelCosts: { m: { input: 1, output: 1 } } });
  const messages = Array.from({ length: 150 }, (_, i) => ({ role: 'user', content: `${i}` }));
  new Model().ask({ messages }, { object: 'chat.completion', id: 'c', model: 'm', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }); // prettier-ignore
  const names = Object.keys(tracing.byName('Model.ask').attributes);
  const firstMessage = names.findIndex((name) => name.startsWith('llm.input_messages'));
  for (const name of ['llm.token_count.prompt', 'llm.cost.total', 'cost.total_usd', 'output.value', 'input.value'])
    expect(names.indexOf(name)).toBeLessThan(firstMessage);
  expect(names).toContain('llm.input_messages.149.message.content');
});
