import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { messageEvents, messageObject } from '../support/anthropic.js';
import * as wire from '../support/bedrock.js';
import type { Case } from '../support/case.js';
import { json } from '../support/loopback.js';
import type { Tokens } from '../support/tokens.js';

const client = (url: string): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(), // its own speaks HTTP/2, which wants TLS
  });

const plain: Tokens = { prompt: 1_200, completion: 300 };
const cached: Tokens = { prompt: 4_096, cached: 3_072, completion: 300 };
const written: Tokens = { prompt: 13_200, cached: 6_000, written: 5_000, completion: 300 };
const written1h: Tokens = { ...written, written1h: 2_000 };

/** The model is in the request alone: the option says it. Regions have prices of their own. */
const line = (api: string, model: string, listed = model): Pick<Case, 'provider' | 'client' | 'model' | 'listed' | 'options'> => ({
  provider: 'Amazon Bedrock',
  client: `@aws-sdk/client-bedrock-runtime, ${api}`,
  model,
  listed: ['aws', listed],
  options: { modelName: model },
}); // prettier-ignore

const claude = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const answering = 'claude-haiku-4-5-20251001'; // as InvokeModel's answers name it
const regional = 'regional.anthropic.claude-haiku-4-5-20251001-v1:0';
const opus = 'us.anthropic.claude-opus-5-5';
const nova = 'amazon.nova-pro-v1:0';
const llama = 'meta.llama3-1-70b-instruct-v1:0';
const titan = 'amazon.titan-text-express-v1';
const embedding = 'amazon.titan-embed-text-v1';

const messages = [{ role: 'user' as const, content: [{ text: 'Hi' }] }];
const toolConfig = { tools: [{ toolSpec: { name: 'lookup', inputSchema: { json: { type: 'object' } } } }] };

const converse = (modelId: string, more: object = {}) => (url: string) =>
  client(url).send(new ConverseCommand({ modelId, messages, ...more })); // prettier-ignore
const converseStream = async (url: string): Promise<unknown> =>
  (await client(url).send(new ConverseStreamCommand({ modelId: claude, messages }))).stream;

const request = (modelId: string) => ({ modelId, contentType: 'application/json', body: '{}' });
/** What users make of the answer: they hand on the client's output, or parse its body. */
const invoke = (modelId: string) => (url: string) => client(url).send(new InvokeModelCommand(request(modelId)));
const parse = (modelId: string) => async (url: string) =>
  JSON.parse((await invoke(modelId)(url)).body.transformToString()) as unknown; // prettier-ignore
const invokeStream = (modelId: string) => async (url: string) =>
  (await client(url).send(new InvokeModelWithResponseStreamCommand(request(modelId)))).body; // prettier-ignore
const parseStream = (modelId: string) =>
  async function* (url: string): AsyncGenerator {
    for await (const { chunk } of (await invokeStream(modelId)(url)) ?? [])
      if (chunk !== undefined) yield JSON.parse(new TextDecoder().decode(chunk.bytes));
  };

const body = messageObject(answering, written, false, 'msg_bdrk');
const events = messageEvents(answering, written, 'well', 'msg_bdrk');
const brokenEvents = messageEvents(answering, written, 'broken', 'msg_bdrk');

export const bedrock: readonly Case[] = [
  { ...line('Converse', claude, regional), case: 'plain', answers: [wire.converse(plain)], run: converse(claude), billed: plain },
  { ...line('Converse', claude, regional), case: 'cached', answers: [wire.converse(written)], run: converse(claude), billed: written },
  { ...line('Converse', opus, 'regional.anthropic.claude-opus-5-5'), case: 'cached, for an hour too', answers: [wire.converse(written1h)], run: converse(opus), billed: written1h },
  { ...line('Converse', nova), case: 'cached', answers: [wire.converse(cached)], run: converse(nova), billed: cached },
  { ...line('Converse', claude, regional), case: 'tool use', answers: [wire.converse(plain, true)], run: converse(claude, { toolConfig }), billed: plain },
  { ...line('ConverseStream', claude, regional), case: 'streamed', answers: [wire.converseStream(written)], run: converseStream, billed: written },
  { ...line('ConverseStream', claude, regional), case: 'error midway', answers: [wire.converseStream(written, false)], run: converseStream, breaks: true, billed: undefined },
  { ...line('InvokeModel', claude, regional), case: 'cached', answers: [json(body)], run: invoke(claude), billed: written },
  { ...line('InvokeModel', claude, regional), case: 'cached, body parsed', answers: [json(body)], run: parse(claude), billed: written },
  { ...line('InvokeModel', llama), case: 'plain', answers: [json(wire.llama(plain))], run: invoke(llama), billed: plain },
  { ...line('InvokeModel', llama), case: 'plain, body parsed', answers: [json(wire.llama(plain))], run: parse(llama), billed: plain },
  { ...line('InvokeModel', titan), case: 'plain', answers: [json(wire.titan(plain))], run: invoke(titan), billed: plain },
  { ...line('InvokeModel', titan), case: 'plain, body parsed', answers: [json(wire.titan(plain))], run: parse(titan), billed: plain },
  { ...line('InvokeModel', nova), case: 'cached', answers: [json(wire.nova(cached))], run: invoke(nova), billed: cached },
  { ...line('InvokeModel', nova), case: 'cached, body parsed', answers: [json(wire.nova(cached))], run: parse(nova), billed: cached },
  {
    ...line('InvokeModel', embedding),
    ...{ case: 'embedding, body parsed', answers: [json(wire.titanEmbedding(plain))], run: parse(embedding) },
    options: { modelName: embedding, spanKind: 'EMBEDDING' },
    billed: { prompt: plain.prompt },
  },
  { ...line('…WithResponseStream', claude, regional), case: 'streamed', answers: [wire.invokeStream(events, written)], run: invokeStream(claude), billed: written },
  { ...line('…WithResponseStream', claude, regional), case: 'streamed, chunks parsed', answers: [wire.invokeStream(events, written)], run: parseStream(claude), billed: written },
  { ...line('…WithResponseStream', llama), case: 'streamed', answers: [wire.invokeStream(wire.llamaEvents(plain), plain)], run: invokeStream(llama), billed: plain },
  { ...line('…WithResponseStream', llama), case: 'streamed, chunks parsed', answers: [wire.invokeStream(wire.llamaEvents(plain), plain)], run: parseStream(llama), billed: plain },
  { ...line('…WithResponseStream', titan), case: 'streamed', answers: [wire.invokeStream(wire.titanEvents(plain), plain)], run: invokeStream(titan), billed: plain },
  { ...line('…WithResponseStream', nova), case: 'streamed, chunks parsed', answers: [wire.invokeStream(wire.novaEvents(cached), cached)], run: parseStream(nova), billed: cached },
  { ...line('…WithResponseStream', claude, regional), case: 'error midway', answers: [wire.invokeStream(brokenEvents, written, false)], run: invokeStream(claude), breaks: true, billed: { ...written, completion: 1 } },
  { ...line('…WithResponseStream', llama), case: 'error midway', answers: [wire.invokeStream(wire.llamaEvents(plain).slice(0, 2), plain, false)], run: invokeStream(llama), breaks: true, billed: { ...plain, completion: 2 } },
  { ...line('…WithResponseStream', nova), case: 'error midway', answers: [wire.invokeStream(wire.novaEvents(cached).slice(0, 2), cached, false)], run: invokeStream(nova), breaks: true, billed: undefined },
]; // prettier-ignore
