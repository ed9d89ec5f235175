// One model call is one call in the books, however many layers saw it: clients, wrappers, other libraries' spans.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { TokenTrackingCallback } from '../../lib/adapters/langchain/index.js';
import { catalogue } from '../../lib/cost/catalogue.js';
import { traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';
import { message, messageStream } from './support/anthropic.js';
import { startLoopback, type Answer, type Loopback } from './support/loopback.js';
import { chat, chatStream } from './support/openai.js';
import { dollars, publishedRates, readPriceList, type Listed } from './support/price-list.js';
import type { Tokens } from './support/tokens.js';

/** One request's answer, whole and streamed, and what it is billed. */
interface Billed {
  readonly tokens: Tokens;
  readonly listed: Listed;
  readonly whole: Answer;
  readonly streamed: Answer;
}

const gptTokens: Tokens = { prompt: 4_096, cached: 3_072, completion: 900, reasoning: 640 };
const gpt: Billed = {
  tokens: gptTokens,
  listed: ['openai', 'gpt-5'],
  whole: chat('gpt-5-2025-08-07', gptTokens),
  streamed: chatStream('gpt-5-2025-08-07', gptTokens),
};
const claudeTokens: Tokens = { prompt: 7_200, written: 6_000, written1h: 6_000, completion: 300 };
const claude: Billed = {
  tokens: claudeTokens,
  listed: ['anthropic', 'claude-haiku-4-5'],
  whole: message('claude-haiku-4-5-20251001', claudeTokens),
  streamed: messageStream('claude-haiku-4-5-20251001', claudeTokens),
};

const tracing = testTracing();
let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
  await Promise.all([readPriceList(), catalogue.load()]);
});
afterEach(() => tracing.reset());
afterAll(async () => {
  await tracing.shutdown();
  await server.close();
});

type Call = () => unknown;
/** A span for each: traced() round a traced function would only give the same span other options. */
const llm = (call: Call, spanName = 'llm'): Call => traced(() => call(), { spanName, spanKind: 'LLM' });
const wrapped = (call: Call): Call => llm(llm(llm(call), 'wrapper'), 'outer wrapper');

const messages = [{ role: 'user' as const, content: 'Hi' }];
const common = { apiKey: 'test', maxRetries: 0 };
const callback = (): TokenTrackingCallback[] => [new TokenTrackingCallback()];
const settings = (telemetry: boolean) => ({
  prompt: 'Hi',
  maxRetries: 0,
  experimental_telemetry: { isEnabled: telemetry },
});

const openai = (): OpenAI => new OpenAI({ ...common, baseURL: `${server.url}/v1` });
const openAiModel = () => createOpenAI({ apiKey: 'test', baseURL: `${server.url}/v1` }).chat('gpt-5');
const chatOpenAi = (callbacks: TokenTrackingCallback[] = []): ChatOpenAI =>
  new ChatOpenAI({ ...common, model: 'gpt-5', callbacks, configuration: { baseURL: `${server.url}/v1` } });

const plain: Call = () => openai().chat.completions.create({ model: 'gpt-5', messages });
const stream: Call = () =>
  openai().chat.completions.create({
    model: 'gpt-5',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
const generate =
  (telemetry: boolean): Call =>
  () =>
    generateText({ ...settings(telemetry), model: openAiModel() });
const aiStream =
  (telemetry: boolean): Call =>
  () =>
    streamText({ ...settings(telemetry), model: openAiModel() }).fullStream;

/** Its client makes a span of its own, below all the others. */
const anthropic = (): Anthropic => new Anthropic({ ...common, baseURL: server.url });
const claudeModel = () => createAnthropic({ apiKey: 'test', baseURL: `${server.url}/v1` })('claude-haiku-4-5');
const chatAnthropic = (callbacks: TokenTrackingCallback[] = []): ChatAnthropic =>
  new ChatAnthropic({
    ...common,
    model: 'claude-haiku-4-5',
    maxTokens: 1_000,
    anthropicApiUrl: server.url,
    callbacks,
  });
const params = { model: 'claude-haiku-4-5', max_tokens: 1_000, messages };
const claudePlain: Call = () => anthropic().messages.create(params);
const claudeStream: Call = () => anthropic().messages.create({ ...params, stream: true });

const ways: readonly (readonly [string, Billed, 'whole' | 'streamed', Call])[] = [
  ['OpenAI, plainly', gpt, 'whole', llm(plain)],
  ['OpenAI, streamed', gpt, 'streamed', llm(stream)],
  ['OpenAI, AI SDK', gpt, 'whole', llm(generate(false))],
  ['OpenAI, AI SDK with telemetry', gpt, 'whole', llm(generate(true))],
  ['OpenAI, AI SDK with telemetry, no traced LLM above', gpt, 'whole', generate(true)],
  ['OpenAI, AI SDK, streamed', gpt, 'streamed', llm(aiStream(false))],
  ['OpenAI, AI SDK with telemetry, streamed', gpt, 'streamed', llm(aiStream(true))],
  ['OpenAI, LangChain', gpt, 'whole', llm(() => chatOpenAi().invoke('Hi'))],
  ['OpenAI, LangChain, streamed', gpt, 'streamed', llm(() => chatOpenAi().stream('Hi'))],
  ['OpenAI, LangChain with our callback alone', gpt, 'whole', () => chatOpenAi(callback()).invoke('Hi')],
  ['OpenAI, LangChain with our callback', gpt, 'whole', llm(() => chatOpenAi(callback()).invoke('Hi'))],
  ['OpenAI, LangChain with our callback, streamed', gpt, 'streamed', llm(() => chatOpenAi(callback()).stream('Hi'))],
  ['OpenAI, two wrappers', gpt, 'whole', wrapped(plain)],
  ['OpenAI, two wrappers, streamed', gpt, 'streamed', wrapped(stream)],
  ['OpenAI, two wrappers, AI SDK with telemetry', gpt, 'whole', wrapped(generate(true))],
  ['OpenAI, two wrappers, LangChain streamed', gpt, 'streamed', wrapped(() => chatOpenAi().stream('Hi'))],
  [
    'OpenAI, a wrapper that hands on a part',
    gpt,
    'whole',
    llm(async () => ((await llm(llm(plain))()) as OpenAI.ChatCompletion).choices[0]?.message.content),
  ],
  ['Anthropic, plainly', claude, 'whole', llm(claudePlain)],
  ['Anthropic, no traced LLM above', claude, 'whole', claudePlain],
  ['Anthropic, streamed', claude, 'streamed', llm(claudeStream)],
  ['Anthropic, two wrappers', claude, 'whole', wrapped(claudePlain)],
  ['Anthropic, two wrappers, streamed', claude, 'streamed', wrapped(claudeStream)],
  [
    'Anthropic, AI SDK with telemetry',
    claude,
    'whole',
    llm(() => generateText({ ...settings(true), model: claudeModel() })),
  ],
  [
    'Anthropic, AI SDK with telemetry, streamed',
    claude,
    'streamed',
    llm(() => streamText({ ...settings(true), model: claudeModel() }).fullStream),
  ],
  ['Anthropic, LangChain', claude, 'whole', llm(() => chatAnthropic().invoke('Hi'))],
  ['Anthropic, LangChain, streamed', claude, 'streamed', llm(() => chatAnthropic().stream('Hi'))],
  ['Anthropic, LangChain with our callback alone', claude, 'whole', () => chatAnthropic(callback()).invoke('Hi')],
  ['Anthropic, LangChain with our callback', claude, 'whole', llm(() => chatAnthropic(callback()).invoke('Hi'))],
  [
    'Anthropic, two wrappers, LangChain with our callback, streamed',
    claude,
    'streamed',
    wrapped(() => chatAnthropic(callback()).stream('Hi')),
  ],
];

it.each(ways)('%s: one call, counted once, at its price', async (_, { tokens, listed, ...wire }, form, call) => {
  server.answer([wire[form]]);
  await traced(async () => readToEnd(await call()), { spanName: 'chain' })();

  const usd = dollars(tokens, publishedRates(listed));
  const costs = tracing.spans
    .map(({ attributes }) => attributes['llm.cost.total'])
    .filter((cost) => cost !== undefined);
  expect(costs).toEqual([expect.closeTo(usd, 12)]);
  const above = tracing.byName('chain').attributes;
  expect(above).toMatchObject({
    'cost.rollup.llm_calls': 1,
    'cost.rollup.total_usd': expect.closeTo(usd, 12) as number,
    'cost.rollup.prompt_tokens': tokens.prompt,
    'cost.rollup.completion_tokens': tokens.completion,
  });
  expect(above).not.toHaveProperty(['cost.rollup.incomplete']);
  expect(tracing).toHaveNoOpenSpans();
});

it('each wrapper has its span', async () => {
  server.answer([gpt.whole]);
  await wrapped(plain)();
  expect(tracing.spans.map(({ name }) => name)).toEqual(['llm', 'wrapper', 'outer wrapper']);
});

it('two calls are counted twice, though they are alike', async () => {
  server.answer([gpt.whole, chat('gpt-5-2025-08-07', gptTokens)]);
  const call = llm(llm(plain), 'wrapper');
  await traced(async () => [await call(), await call()], { spanName: 'chain' })();
  const above = tracing.byName('chain').attributes;
  expect(above['cost.rollup.llm_calls']).toBe(2);
  expect(above['cost.rollup.total_usd']).toBeCloseTo(2 * dollars(gptTokens, publishedRates(gpt.listed)), 12);
});

async function readToEnd(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null || !(Symbol.asyncIterator in value)) return value;
  for await (const _ of value as AsyncIterable<unknown>);
  return undefined;
}
