import OpenAI from 'openai';
import type { Case } from '../support/case.js';
import {
  chat,
  chatStream,
  embedding,
  response,
  responseStream,
  transcription,
  transcriptionStream,
} from '../support/openai.js';
import type { Tokens } from '../support/tokens.js';

const client = (url: string): OpenAI => new OpenAI({ apiKey: 'test', baseURL: `${url}/v1`, maxRetries: 0 });

const plain: Tokens = { prompt: 1_200, completion: 300 };
const cached: Tokens = { prompt: 4_096, cached: 3_072, completion: 300 };
const reasoned: Tokens = { prompt: 1_200, completion: 900, reasoning: 640 };
const everything: Tokens = { prompt: 4_096, cached: 3_072, completion: 900, reasoning: 640 };

const messages = [{ role: 'user' as const, content: 'Hi' }];
const parameters = { type: 'object', properties: { id: { type: 'number' } } };
const streaming = { stream: true, stream_options: { include_usage: true } } as const;

const chats = (model: string): Pick<Case, 'provider' | 'client' | 'model' | 'listed'> => ({
  provider: 'OpenAI',
  client: 'openai, chat',
  model,
  listed: ['openai', model],
});
const responses = (model: string): Pick<Case, 'provider' | 'client' | 'model' | 'listed'> => ({
  ...chats(model),
  client: 'openai, responses',
});

const create = (model: string) => (url: string) => client(url).chat.completions.create({ model, messages });
const streamed = (model: string) => (url: string) =>
  client(url).chat.completions.create({ model, messages, ...streaming });
const respond = (model: string) => (url: string) => client(url).responses.create({ model, input: 'Hi' });
const respondStreamed = (model: string) => (url: string) =>
  client(url).responses.create({ model, input: 'Hi', stream: true });

const spoken: Tokens = { prompt: 1_514, audio: 1_500, completion: 101 };
const transcriptions = (model: string): Pick<Case, 'provider' | 'client' | 'model' | 'listed' | 'options'> => ({
  ...chats(model),
  client: 'openai, transcriptions',
  options: { modelName: model },
});
const transcribe =
  (model: string, more: object = {}) =>
  (url: string) =>
    client(url).audio.transcriptions.create({ model, file: new File(['RIFF'], 'hello.wav'), ...more });

export const openai: readonly Case[] = [
  {
    ...chats('gpt-4o'),
    case: 'plain',
    answers: [chat('gpt-4o-2024-08-06', plain)],
    run: create('gpt-4o'),
    billed: plain,
  },
  {
    ...chats('gpt-4o'),
    case: 'cached',
    answers: [chat('gpt-4o-2024-08-06', cached)],
    run: create('gpt-4o'),
    billed: cached,
  },
  {
    ...chats('gpt-5'),
    case: 'reasoning',
    answers: [chat('gpt-5-2025-08-07', reasoned)],
    run: create('gpt-5'),
    billed: reasoned,
  },
  {
    ...chats('gpt-5'),
    case: 'streamed',
    answers: [chatStream('gpt-5-2025-08-07', everything)],
    run: streamed('gpt-5'),
    billed: everything,
  },
  {
    ...chats('gpt-5'),
    case: 'streamed, by .stream()',
    answers: [chatStream('gpt-5-2025-08-07', everything)],
    run: (url) => client(url).chat.completions.stream({ model: 'gpt-5', messages, ...streaming }),
    billed: everything,
  },
  {
    ...chats('gpt-4o'),
    case: 'streamed, usage not asked for',
    answers: [chatStream('gpt-4o-2024-08-06', plain, 'silent')],
    run: (url) => client(url).chat.completions.create({ model: 'gpt-4o', messages, stream: true }),
    billed: undefined,
  },
  {
    ...chats('gpt-4.1-mini'),
    case: 'tool use',
    answers: [chat('gpt-4.1-mini-2025-04-14', plain, true)],
    run: (url) =>
      client(url).chat.completions.create({
        model: 'gpt-4.1-mini',
        messages,
        tools: [{ type: 'function', function: { name: 'lookup', parameters } }],
      }),
    billed: plain,
  },
  {
    ...chats('gpt-5'),
    case: 'error midway',
    answers: [chatStream('gpt-5-2025-08-07', everything, 'broken')],
    run: streamed('gpt-5'),
    breaks: true,
    billed: undefined,
  },

  {
    ...responses('gpt-5'),
    case: 'plain',
    answers: [response('gpt-5-2025-08-07', plain)],
    run: respond('gpt-5'),
    billed: plain,
  },
  {
    ...responses('gpt-5'),
    case: 'cached',
    answers: [response('gpt-5-2025-08-07', cached)],
    run: respond('gpt-5'),
    billed: cached,
  },
  {
    ...responses('o3-mini'),
    case: 'reasoning',
    answers: [response('o3-mini-2025-01-31', reasoned)],
    run: respond('o3-mini'),
    billed: reasoned,
  },
  {
    ...responses('gpt-5'),
    case: 'streamed',
    answers: [responseStream('gpt-5-2025-08-07', everything)],
    run: respondStreamed('gpt-5'),
    billed: everything,
  },
  {
    ...responses('gpt-5'),
    case: 'streamed, by .stream()',
    answers: [responseStream('gpt-5-2025-08-07', everything)],
    run: (url) => client(url).responses.stream({ model: 'gpt-5', input: 'Hi' }),
    billed: everything,
  },
  {
    ...responses('gpt-5-mini'),
    case: 'tool use',
    answers: [response('gpt-5-mini-2025-08-07', plain, true)],
    run: (url) =>
      client(url).responses.create({
        model: 'gpt-5-mini',
        input: 'Hi',
        tools: [{ type: 'function', name: 'lookup', parameters, strict: false }],
      }),
    billed: plain,
  },
  {
    ...responses('gpt-5'),
    case: 'error midway, usage told',
    answers: [responseStream('gpt-5-2025-08-07', plain, 'failed')],
    run: respondStreamed('gpt-5'),
    billed: plain,
  },
  {
    ...responses('gpt-5'),
    case: 'error midway',
    answers: [responseStream('gpt-5-2025-08-07', everything, 'broken')],
    run: respondStreamed('gpt-5'),
    breaks: true,
    billed: undefined,
  },

  {
    ...chats('text-embedding-3-small'),
    client: 'openai, embeddings',
    case: 'plain',
    answers: [embedding('text-embedding-3-small', { prompt: 1_200 })],
    run: (url) =>
      client(url).embeddings.create({ model: 'text-embedding-3-small', input: 'Hi', encoding_format: 'float' }),
    billed: { prompt: 1_200 },
    options: { spanKind: 'EMBEDDING' },
  },
  {
    ...transcriptions('gpt-4o-transcribe'),
    case: 'audio',
    answers: [transcription(spoken)],
    run: transcribe('gpt-4o-transcribe'),
    billed: spoken,
  },
  {
    ...transcriptions('gpt-4o-mini-transcribe'),
    case: 'audio, streamed',
    answers: [transcriptionStream(spoken)],
    run: transcribe('gpt-4o-mini-transcribe', { stream: true }),
    billed: spoken,
  },
];
