import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, stepCountIs, streamText, tool, type LanguageModel } from 'ai';
import type { Case } from '../support/case.js';
import { message, messageStream } from '../support/anthropic.js';
import { chat, chatStream, response, responseStream } from '../support/openai.js';
import type { Tokens } from '../support/tokens.js';

const plain: Tokens = { prompt: 1_200, completion: 300 };
const twice: Tokens = { prompt: 2_400, completion: 600 };
const cached: Tokens = { prompt: 4_096, cached: 3_072, completion: 300 };
const reasoned: Tokens = { prompt: 1_200, completion: 900, reasoning: 640 };
const everything: Tokens = { prompt: 4_096, cached: 3_072, completion: 900, reasoning: 640 };
const written1h: Tokens = { prompt: 7_200, written: 6_000, written1h: 6_000, completion: 300 };
const allOfClaude: Tokens = { ...everything, prompt: 13_200, written: 5_000, written1h: 2_000 };

const tools = {
  lookup: tool({
    inputSchema: jsonSchema<{ id: number }>({ type: 'object', properties: { id: { type: 'number' } } }),
    execute: () => 'found',
  }),
};

type Line = Pick<Case, 'client' | 'model' | 'listed'>;
type ModelAt = (url: string) => LanguageModel;
type Settings = Omit<Parameters<typeof generateText>[0], 'model' | 'prompt' | 'messages'>;

const settings = { prompt: 'Hi', maxRetries: 0 };
const generate =
  (model: ModelAt, more: Settings = {}) =>
  (url: string) =>
    generateText({ model: model(url), ...settings, ...(more as object) });
const stream =
  (model: ModelAt, more: Settings = {}) =>
  (url: string) =>
    failing(streamText({ model: model(url), ...settings, onError: () => undefined, ...(more as object) }).fullStream);

/** The SDK tells an error as a part of the stream; a program that goes on from there has to throw it. */
async function* failing(parts: AsyncIterable<{ readonly type: string }>): AsyncGenerator {
  for await (const part of parts) {
    if (part.type === 'error') throw (part as unknown as { readonly error: unknown }).error;
    yield part;
  }
}

/** The SDK's own spans own the call when they are on. */
const telemetry: Settings = { experimental_telemetry: { isEnabled: true } };

const chats: Line = { client: 'ai, @ai-sdk/openai, chat', model: 'gpt-5', listed: ['openai', 'gpt-5'] };
const chatModel: ModelAt = (url) => createOpenAI({ apiKey: 'test', baseURL: `${url}/v1` }).chat('gpt-5');
const responses: Line = { ...chats, client: 'ai, @ai-sdk/openai, responses' };
const responsesModel: ModelAt = (url) => createOpenAI({ apiKey: 'test', baseURL: `${url}/v1` }).responses('gpt-5');
const claude: Line = { client: 'ai, @ai-sdk/anthropic', model: 'claude-haiku-4-5', listed: ['anthropic', 'claude-haiku-4-5'] }; // prettier-ignore
const claudeModel: ModelAt = (url) => createAnthropic({ apiKey: 'test', baseURL: `${url}/v1` })('claude-haiku-4-5');

const gpt = 'gpt-5-2025-08-07';
const haiku = 'claude-haiku-4-5-20251001';

/** generateText and streamText, without the SDK's spans and with them. */
function both(
  line: Line,
  model: ModelAt,
  name: string,
  billed: Tokens,
  plainly: Case['answers'],
  streamed: Case['answers'],
) {
  return [
    { ...line, case: name, answers: plainly, run: generate(model), billed },
    { ...line, case: `${name}, telemetry on`, answers: plainly, run: generate(model, telemetry), billed },
    { ...line, case: `${name}, streamed`, answers: streamed, run: stream(model), billed },
    { ...line, case: `${name}, streamed, telemetry on`, answers: streamed, run: stream(model, telemetry), billed },
  ];
}

const lines: readonly Omit<Case, 'provider'>[] = [
  ...both(chats, chatModel, 'plain', plain, [chat(gpt, plain)], [chatStream(gpt, plain)]),
  ...both(chats, chatModel, 'cached and reasoning', everything, [chat(gpt, everything)], [chatStream(gpt, everything)]),
  {
    ...chats,
    case: 'tool use, two steps',
    answers: [chat(gpt, plain, true), chat(gpt, plain)],
    run: generate(chatModel, { tools, stopWhen: stepCountIs(2) }),
    billed: twice,
  },
  {
    ...chats,
    case: 'error midway',
    answers: [chatStream(gpt, plain, 'broken')],
    run: stream(chatModel),
    breaks: true,
    billed: undefined,
  },
  ...both(responses, responsesModel, 'plain', plain, [response(gpt, plain)], [responseStream(gpt, plain)]),
  ...both(responses, responsesModel, 'cached', cached, [response(gpt, cached)], [responseStream(gpt, cached)]),
  ...both(responses, responsesModel, 'reasoning', reasoned, [response(gpt, reasoned)], [responseStream(gpt, reasoned)]),
  {
    ...responses,
    case: 'tool use, two steps',
    answers: [response(gpt, plain, true), response(gpt, plain)],
    run: generate(responsesModel, { tools, stopWhen: stepCountIs(2) }),
    billed: twice,
  },
  {
    ...responses,
    case: 'error midway',
    answers: [responseStream(gpt, plain, 'broken')],
    run: stream(responsesModel),
    breaks: true,
    billed: undefined,
  },
  ...both(claude, claudeModel, 'plain', plain, [message(haiku, plain)], [messageStream(haiku, plain)]),
  ...both(
    claude,
    claudeModel,
    'cached for 1 hour',
    written1h,
    [message(haiku, written1h)],
    [messageStream(haiku, written1h)],
  ),
  ...both(
    claude,
    claudeModel,
    'cached and reasoning',
    allOfClaude,
    [message(haiku, allOfClaude)],
    [messageStream(haiku, allOfClaude)],
  ),
  {
    ...claude,
    case: 'tool use, two steps',
    answers: [message(haiku, plain, true), message(haiku, plain)],
    run: generate(claudeModel, { tools, stopWhen: stepCountIs(2) }),
    billed: twice,
  },
  {
    ...claude,
    case: 'error midway',
    answers: [messageStream(haiku, plain, 'broken')],
    run: stream(claudeModel),
    breaks: true,
    billed: undefined,
  },
];

export const aiSdk: readonly Case[] = lines.map((line) => ({ provider: 'AI SDK', ...line }));
