import Anthropic from '@anthropic-ai/sdk';
import type { Case } from '../support/case.js';
import { message, messageStream } from '../support/anthropic.js';
import type { Tokens } from '../support/tokens.js';

const plain: Tokens = { prompt: 1_200, completion: 300 };
const read: Tokens = { prompt: 7_200, cached: 6_000, completion: 300 };
const written: Tokens = { prompt: 7_200, written: 6_000, completion: 300 };
const written1h: Tokens = { prompt: 7_200, written: 6_000, written1h: 6_000, completion: 300 };
const thought: Tokens = { prompt: 1_200, completion: 900, reasoning: 640 };
const everything: Tokens = {
  prompt: 13_200,
  cached: 6_000,
  written: 5_000,
  written1h: 2_000,
  completion: 900,
  reasoning: 640,
};

const model = 'claude-haiku-4-5';
const answering = 'claude-haiku-4-5-20251001';
const messages = [{ role: 'user' as const, content: 'Hi' }];
const params = { model, max_tokens: 2_000, messages };
const thinking = { type: 'enabled', budget_tokens: 1_024 } as const;
const system = (ttl: '5m' | '1h') => [
  { type: 'text' as const, text: 'A long text.', cache_control: { type: 'ephemeral' as const, ttl } },
];
const input_schema = { type: 'object' as const, properties: { id: { type: 'number' } } };

/** The client makes spans of its own, unless told not to: then the traced function's owns the call. */
function casesOf(name: string, openTelemetry: boolean): readonly Case[] {
  const client = (url: string): Anthropic =>
    new Anthropic({ apiKey: 'test', baseURL: url, maxRetries: 0, ...(!openTelemetry && { openTelemetry }) });
  const line: Pick<Case, 'provider' | 'client' | 'model' | 'listed'> = {
    provider: 'Anthropic',
    client: name,
    model,
    listed: ['anthropic', model],
  };
  // of a stream that fails the client's own span tells the prompt alone; the first event says one token
  const started = openTelemetry ? {} : { completion: 1 };
  const create = (url: string) => client(url).messages.create(params);
  const stream = (url: string) => client(url).messages.create({ ...params, thinking, stream: true });
  return [
    { ...line, case: 'plain', answers: [message(answering, plain)], run: create, billed: plain },
    {
      ...line,
      case: 'cached: read',
      answers: [message(answering, read)],
      run: (url) => client(url).messages.create({ ...params, system: system('5m') }),
      billed: read,
    },
    {
      ...line,
      case: 'cached: written for 5 minutes',
      answers: [message(answering, written)],
      run: (url) => client(url).messages.create({ ...params, system: system('5m') }),
      billed: written,
    },
    {
      ...line,
      case: 'cached: written for 1 hour',
      answers: [message(answering, written1h)],
      run: (url) => client(url).messages.create({ ...params, system: system('1h') }),
      billed: written1h,
    },
    {
      ...line,
      case: 'reasoning',
      answers: [message(answering, thought)],
      run: (url) => client(url).messages.create({ ...params, thinking }),
      billed: thought,
    },
    { ...line, case: 'streamed', answers: [messageStream(answering, everything)], run: stream, billed: everything },
    {
      ...line,
      case: 'streamed, by .stream()',
      answers: [messageStream(answering, everything)],
      run: (url) => client(url).messages.stream({ ...params, thinking }),
      billed: everything,
    },
    {
      ...line,
      case: 'tool use',
      answers: [message(answering, plain, true)],
      run: (url) => client(url).messages.create({ ...params, tools: [{ name: 'lookup', input_schema }] }),
      billed: plain,
    },
    {
      ...line,
      case: 'error midway',
      answers: [messageStream(answering, { ...plain, cached: 600 }, 'broken')],
      run: stream,
      breaks: true,
      billed: { prompt: 1_200, cached: 600, ...started },
    },
    {
      ...line,
      case: 'error midway, as an event',
      answers: [messageStream(answering, plain, 'error')],
      run: stream,
      breaks: true,
      billed: { prompt: 1_200, ...started },
    },
  ];
}

export const anthropic: readonly Case[] = [
  ...casesOf('@anthropic-ai/sdk', true),
  ...casesOf('@anthropic-ai/sdk, openTelemetry: false', false),
];
