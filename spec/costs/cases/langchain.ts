import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';
import type { Case } from '../support/case.js';
import { message, messageStream } from '../support/anthropic.js';
import { chat, chatStream, response, responseStream } from '../support/openai.js';
import type { Tokens } from '../support/tokens.js';

const plain: Tokens = { prompt: 1_200, completion: 300 };
const everything: Tokens = { prompt: 4_096, cached: 3_072, completion: 900, reasoning: 640 };
const read: Tokens = { prompt: 7_200, cached: 6_000, completion: 300 };
const written: Tokens = { prompt: 7_200, written: 6_000, completion: 300 };
const written1h: Tokens = { prompt: 7_200, written: 6_000, written1h: 6_000, completion: 300 };
const allOfClaude: Tokens = { prompt: 13_200, cached: 6_000, written: 5_000, completion: 900, reasoning: 640 };
/** LangChain's streams leave out how much of it was thinking; it is billed the same. */
const streamedOfClaude: Tokens = { prompt: 13_200, cached: 6_000, written: 5_000, completion: 900 };

const gpt = 'gpt-5-2025-08-07';
const haiku = 'claude-haiku-4-5-20251001';
const parameters = { type: 'object', properties: { id: { type: 'number' } } };

type Line = Pick<Case, 'client' | 'model' | 'listed'>;
const chats: Line = { client: '@langchain/openai', model: 'gpt-5', listed: ['openai', 'gpt-5'] };
const responses: Line = { ...chats, client: '@langchain/openai, useResponsesApi' };
const claude: Line = {
  client: '@langchain/anthropic',
  model: 'claude-haiku-4-5',
  listed: ['anthropic', 'claude-haiku-4-5'],
};

const chatModel = (url: string, useResponsesApi = false): ChatOpenAI =>
  new ChatOpenAI({
    model: 'gpt-5',
    apiKey: 'test',
    maxRetries: 0,
    useResponsesApi,
    configuration: { baseURL: `${url}/v1` },
  });
const responsesModel = (url: string): ChatOpenAI => chatModel(url, true);
const claudeModel = (url: string): ChatAnthropic =>
  new ChatAnthropic({
    model: 'claude-haiku-4-5',
    apiKey: 'test',
    maxRetries: 0,
    maxTokens: 1_000,
    anthropicApiUrl: url,
  });

const invoke = (model: (url: string) => ChatOpenAI | ChatAnthropic) => (url: string) => model(url).invoke('Hi');
const stream = (model: (url: string) => ChatOpenAI | ChatAnthropic) => (url: string) => model(url).stream('Hi');

const lines: readonly Omit<Case, 'provider'>[] = [
  { ...chats, case: 'plain', answers: [chat(gpt, plain)], run: invoke(chatModel), billed: plain },
  {
    ...chats,
    case: 'cached and reasoning',
    answers: [chat(gpt, everything)],
    run: invoke(chatModel),
    billed: everything,
  },
  { ...chats, case: 'streamed', answers: [chatStream(gpt, everything)], run: stream(chatModel), billed: everything },
  {
    ...chats,
    case: 'tool use',
    answers: [chat(gpt, plain, true)],
    run: (url) =>
      chatModel(url)
        .bindTools([{ type: 'function', function: { name: 'lookup', parameters } }])
        .invoke('Hi'),
    billed: plain,
  },
  {
    ...chats,
    case: 'error midway',
    answers: [chatStream(gpt, everything, 'broken')],
    run: stream(chatModel),
    breaks: true,
    billed: undefined,
  },
  { ...responses, case: 'plain', answers: [response(gpt, plain)], run: invoke(responsesModel), billed: plain },
  {
    ...responses,
    case: 'cached and reasoning',
    answers: [response(gpt, everything)],
    run: invoke(responsesModel),
    billed: everything,
  },
  {
    ...responses,
    case: 'streamed',
    answers: [responseStream(gpt, everything)],
    run: stream(responsesModel),
    billed: everything,
  },
  { ...claude, case: 'plain', answers: [message(haiku, plain)], run: invoke(claudeModel), billed: plain },
  { ...claude, case: 'cached: read', answers: [message(haiku, read)], run: invoke(claudeModel), billed: read },
  {
    ...claude,
    case: 'cached: written for 5 minutes',
    answers: [message(haiku, written)],
    run: invoke(claudeModel),
    billed: written,
  },
  {
    ...claude,
    case: 'cached: written for 1 hour',
    answers: [message(haiku, written1h)],
    run: invoke(claudeModel),
    billed: written1h,
  },
  {
    ...claude,
    case: 'cached and reasoning',
    answers: [message(haiku, allOfClaude)],
    run: invoke(claudeModel),
    billed: allOfClaude,
  },
  {
    ...claude,
    case: 'streamed',
    answers: [messageStream(haiku, allOfClaude)],
    run: stream(claudeModel),
    billed: streamedOfClaude,
  },
  {
    ...claude,
    case: 'streamed, cached for 1 hour',
    answers: [messageStream(haiku, written1h)],
    run: stream(claudeModel),
    billed: written1h,
  },
  {
    ...claude,
    case: 'tool use',
    answers: [message(haiku, plain, true)],
    run: (url) =>
      claudeModel(url)
        .bindTools([{ name: 'lookup', description: 'Looks up', schema: parameters }])
        .invoke('Hi'),
    billed: plain,
  },
  {
    ...claude,
    case: 'error midway',
    answers: [messageStream(haiku, { ...plain, cached: 600 }, 'broken')],
    run: stream(claudeModel),
    breaks: true,
    billed: { prompt: 1_200, cached: 600, completion: 1 },
  },
];

export const langChain: readonly Case[] = lines.map((line) => ({ provider: 'LangChain', ...line }));
