import { GoogleGenAI, type HttpOptions } from '@google/genai';
import type { Case } from '../support/case.js';
import { content, contentStream } from '../support/google.js';
import type { Tokens } from '../support/tokens.js';

const plain: Tokens = { prompt: 1_200, completion: 300 };
const cached: Tokens = { prompt: 4_096, cached: 3_072, completion: 300 };
const thought: Tokens = { prompt: 1_200, completion: 900, reasoning: 640 };
const everything: Tokens = { prompt: 4_096, cached: 3_072, completion: 900, reasoning: 640 };
const soFar: Tokens = { prompt: 4_096, cached: 3_072, completion: 641, reasoning: 640 };

/** Node's own fetch, by name: else the client looks for undici's dispatcher, which is not among a jest sandbox's globals. */
const http = (baseUrl: string): HttpOptions => ({ baseUrl, fetch });
const client = (url: string): GoogleGenAI => new GoogleGenAI({ apiKey: 'test', httpOptions: http(url) });
const vertex = (url: string): GoogleGenAI =>
  new GoogleGenAI({ vertexai: true, apiKey: 'test', httpOptions: http(url) });

const model = 'gemini-2.5-flash';
const line: Pick<Case, 'provider' | 'client' | 'model' | 'listed'> = {
  provider: 'Google',
  client: '@google/genai',
  model,
  listed: ['google', model],
};
const params = { model, contents: 'Hi' };
const generate = (url: string) => client(url).models.generateContent(params);
const stream = (url: string) => client(url).models.generateContentStream(params);

export const google: readonly Case[] = [
  { ...line, case: 'plain', answers: [content(model, plain)], run: generate, billed: plain },
  {
    ...line,
    case: 'cached',
    answers: [content(model, cached)],
    run: (url) => client(url).models.generateContent({ ...params, config: { cachedContent: 'cachedContents/1' } }),
    billed: cached,
  },
  {
    ...line,
    case: 'reasoning',
    answers: [content(model, thought)],
    run: (url) =>
      client(url).models.generateContent({ ...params, config: { thinkingConfig: { thinkingBudget: 1_024 } } }),
    billed: thought,
  },
  {
    ...line,
    case: 'streamed',
    answers: [contentStream(model, everything, soFar)],
    run: stream,
    billed: everything,
  },
  {
    ...line,
    case: 'tool use',
    answers: [content(model, plain, true)],
    run: (url) =>
      client(url).models.generateContent({
        ...params,
        config: { tools: [{ functionDeclarations: [{ name: 'lookup' }] }] },
      }),
    billed: plain,
  },
  {
    ...line,
    case: "tool use, a tool of Google's",
    answers: [content(model, { ...thought, byTools: 200 })],
    run: (url) => client(url).models.generateContent({ ...params, config: { tools: [{ codeExecution: {} }] } }),
    billed: thought,
  },
  {
    ...line,
    case: 'error midway',
    answers: [contentStream(model, everything, soFar, false)],
    run: stream,
    breaks: true,
    billed: soFar,
  },
  {
    ...line,
    client: '@google/genai, Vertex AI',
    case: 'plain',
    answers: [content(model, { ...everything, vertex: true })],
    run: (url) => vertex(url).models.generateContent(params),
    billed: everything,
  },
  {
    ...line,
    client: '@google/genai, Vertex AI',
    case: 'streamed',
    answers: [contentStream(model, { ...everything, vertex: true }, soFar)],
    run: (url) => vertex(url).models.generateContentStream(params),
    billed: everything,
  },
];
