import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicWire } from './anthropic-wire.js';
import { Refusal, type IncomingCall, type ModelAnswer, type OutgoingReply, type Script } from './exchange.js';
import type { LedgerEntry } from './ledger.js';
import { findCard, type ModelCard } from './model-card.js';
import { openAiWire } from './openai-wire.js';
import { pause, sendEvents } from './sse.js';
import { countTokens, cutToTokens } from './tokens.js';
import type { Wire } from './wire.js';

/** Options of {@link startModelServer}. */
export interface ModelServerOptions {
  /** What the models say. */
  readonly script: Script;
  /** Which models there are; any other is answered with 404. */
  readonly models: readonly ModelCard[];
  /** How long a model thinks before it answers. Default 0. */
  readonly latencyMs?: number | undefined;
  /** The pause after each event of a stream. Default 0. */
  readonly eventPauseMs?: number | undefined;
}

/** A running model server. */
export interface ModelServer {
  /** Without `/v1`: what the Anthropic client takes. */
  readonly url: string;
  /** Every request so far, in the order in which they were answered. */
  readonly ledger: readonly LedgerEntry[];
  close(): Promise<void>;
}

/**
 * Starts a model server on the loopback interface that speaks OpenAI's and Anthropic's wire formats. What it says comes from the
 * script; tokens are counted from the texts, prompt caches are kept as the providers document theirs, errors have their bodies.
 */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const wires = [openAiWire(), anthropicWire()];
  const ledger: LedgerEntry[] = [];
  const server = createServer((request, response) => {
    answer(request, response, wires, options, ledger).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, ledger, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  wires: readonly Wire[],
  options: ModelServerOptions,
  ledger: LedgerEntry[],
): Promise<void> {
  const path = request.url?.split('?')[0];
  const wire = wires.find((one) => one.path === path && request.method === 'POST');
  if (wire === undefined) {
    sendJson(response, 404, {
      error: { message: `Unknown request URL: ${request.method ?? ''} ${path ?? ''}.`, type: 'invalid_request_error' },
    });
    return;
  }
  const requestId = wire.newId('request');
  response.setHeader(wire.requestIdHeader, requestId);
  const entry = { requestId, wire: wire.name, retryCount: Number(request.headers['x-stainless-retry-count'] ?? 0) };
  let call: IncomingCall | undefined;
  try {
    wire.authenticate(request.headers);
    call = wire.read(await readJson(request));
    const { stream } = call;
    const reply = replyTo(call, wire, options);
    const { id: responseId, model, usage } = reply;
    await pause(options.latencyMs ?? 0);
    ledger.push({
      ...entry,
      requestedModel: call.request.model,
      status: 200,
      streamed: stream,
      bill: { responseId, model, usage },
    });
    if (stream) await sendEvents(response, wire.events(reply, call), options.eventPauseMs ?? 0);
    else sendJson(response, 200, wire.body(reply));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, `The script failed: ${String(error)}`);
    ledger.push({ ...entry, requestedModel: call?.request.model, status: refusal.status, streamed: false });
    sendRefusal(response, refusal, wire, requestId);
  }
}

function replyTo(call: IncomingCall, wire: Wire, { script, models }: ModelServerOptions): OutgoingReply {
  const { request, segments, maxTokens = Infinity } = call;
  const card = findCard(models, request.model);
  if (card === undefined) throw wire.unknownModel(request.model);
  const prompt = segments.reduce((sum, { text, overhead }) => sum + countTokens(text) + overhead, 0);
  if (prompt >= card.contextWindow) throw wire.tooLong(prompt, card.contextWindow);

  const { text = '', toolCalls = [], reasoning = '' }: ModelAnswer = script(request);
  const cache = wire.cache.use(card.id, segments, card.cacheMinimum ?? Infinity);
  const thought = countTokens(reasoning);
  const shown = cutToTokens(text, Math.max(0, maxTokens - thought));
  const called = toolCalls.map(({ name, input }) => ({ id: wire.newId('tool call'), name, input }));
  const completion =
    thought +
    countTokens(shown) +
    called.reduce((sum, { name, input }) => sum + countTokens(name + JSON.stringify(input)), 0);
  return {
    id: wire.newId('response'),
    model: card.id,
    text: shown,
    toolCalls: called,
    stopped: shown !== text ? 'length' : called.length > 0 ? 'tool calls' : 'end',
    usage: {
      prompt,
      completion,
      cacheRead: cache.read,
      cacheWrite: cache.write,
      cacheWrite1h: cache.write1h,
      reasoning: thought,
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    return undefined; // which each wire refuses in its own words
  }
}

function sendRefusal(response: ServerResponse, refusal: Refusal, wire: Wire, requestId: string): void {
  if (response.headersSent) {
    response.destroy(refusal);
    return;
  }
  if (refusal.retryAfterMs !== undefined) {
    response.setHeader('retry-after', String(Math.ceil(refusal.retryAfterMs / 1000)));
    response.setHeader('retry-after-ms', String(refusal.retryAfterMs));
  }
  sendJson(response, refusal.status, wire.errorBody(refusal, requestId));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
