import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { checkOptions } from '../../options.js';
import { anthropicWire } from './anthropic-wire.js';
import {
  ModelError,
  type ModelAnswer,
  type ModelExchange,
  type ModelRequest,
  type OutgoingReply,
  type Reply,
  type Script,
} from './exchange.js';
import { openAiWire } from './openai-wire.js';
import { sendEvents } from './sse.js';
import { billedUsage } from './usage.js';
import type { Wire } from './wire.js';

/** Options of {@link fakeModelServer}. */
export interface FakeModelServerOptions {
  /** Answers, one for each request in the order in which they come; or a function that answers all. Default: none yet. */
  readonly answers?: readonly Reply[] | Script | undefined;
  /** How long a model thinks before it answers, in milliseconds. Default 0. */
  readonly latencyMs?: number | undefined;
  /** The pause after each event of a stream, in milliseconds. Default 0. */
  readonly eventPauseMs?: number | undefined;
}

/** A running model server. */
export interface FakeModelServer {
  /** Without a path: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Options for OpenAI's client: `new OpenAI(server.openai)`. */
  readonly openai: { readonly baseURL: string; readonly apiKey: string };
  /** Options for Anthropic's client: `new Anthropic(server.anthropic)`. */
  readonly anthropic: { readonly baseURL: string; readonly apiKey: string };
  /** What models were asked so far. */
  readonly requests: readonly ModelRequest[];
  /** Every request so far and how it was answered, in the order of the answers. */
  readonly exchanges: readonly ModelExchange[];
  /** Adds answers behind those that are left. Throws a TypeError where a function answers all. */
  answer(...replies: readonly Reply[]): void;
  /** Forgets the requests and the answers that are left; a function stays. */
  reset(): void;
  /** Stops, and breaks the connections that are open. */
  close(): Promise<void>;
}

/**
 * Starts a model server on the loopback interface that speaks OpenAI's and Anthropic's wire formats
 * (`/v1/chat/completions`, `/v1/messages`), streams included. It says what it is told to; a request for which no answer is left
 * is refused with status 400, which the clients do not try again.
 *
 * @example
 * const server = await fakeModelServer({ answers: ['Hello!', new ModelError(429, 'slow down', { retryAfterMs: 1 }), 'Again.'] });
 * const openai = new OpenAI(server.openai);
 */
export async function fakeModelServer(options: FakeModelServerOptions = {}): Promise<FakeModelServer> {
  checkOptions('fakeModelServer', options, ['answers', 'latencyMs', 'eventPauseMs']);
  const { answers = [], latencyMs = 0, eventPauseMs = 0 } = options;
  if (typeof answers !== 'function') {
    if (!Array.isArray(answers))
      throw new TypeError(
        `fakeModelServer: answers is a list of answers, or a function that gives one, got ${typeof answers}.`,
      );
    answers.forEach(checkReply);
  }
  const queue: Reply[] = typeof answers === 'function' ? [] : [...answers];
  const requests: ModelRequest[] = [];
  const exchanges: ModelExchange[] = [];
  const script: Script = typeof answers === 'function' ? answers : () => queue.shift() ?? noneLeft(requests.length);
  const wires = [openAiWire(), anthropicWire()];

  const server = createServer((request, response) => {
    const failed = (error: unknown): void => void response.destroy(error as Error);
    serve(request, response).catch(failed);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    const wire = wires.find((one) => one.path === path && request.method === 'POST');
    if (wire === undefined) {
      sendUnknownPath(response, request.method, path);
      return;
    }
    const requestId = wire.newId('request');
    response.setHeader(wire.requestIdHeader, requestId);
    const exchange = {
      requestId,
      wire: wire.name,
      retryCount: Number(request.headers['x-stainless-retry-count'] ?? 0),
    };
    let asked: ModelRequest | undefined;
    const left = new AbortController(); // the client hung up, or close() was called
    response.once('close', () => left.abort());
    try {
      wire.authenticate(request.headers);
      asked = wire.read(await readJson(request));
      requests.push(asked);
      const answer = answerOf(await script(asked));
      const bill = billedUsage(asked, answer);
      const reply = replyTo(asked, wire, answer, bill);
      const thinkMs = answer.latencyMs ?? latencyMs;
      if (thinkMs > 0) await pause(thinkMs, undefined, { signal: left.signal });
      exchanges.push({
        ...exchange,
        request: asked,
        status: 200,
        bill: { responseId: reply.id, model: reply.model, usage: bill },
      });
      const { breakAfter = Infinity } = answer;
      if (asked.stream)
        await sendEvents(response, wire.events(reply, asked), {
          pauseMs: answer.eventPauseMs ?? eventPauseMs,
          breakAfter,
          left: left.signal,
        });
      else if (breakAfter < Infinity) response.destroy();
      else sendJson(response, 200, wire.body(reply));
    } catch (error) {
      if (left.signal.aborted) return;
      const refusal = error instanceof ModelError ? error : new ModelError(500, `The script failed: ${String(error)}`);
      exchanges.push({ ...exchange, request: asked, status: refusal.status });
      sendError(response, refusal, wire, requestId);
    }
  }

  return {
    url,
    openai: { baseURL: `${url}/v1`, apiKey: 'no-key-needed' },
    anthropic: { baseURL: url, apiKey: 'no-key-needed' },
    requests,
    exchanges,
    answer(...replies) {
      if (typeof answers === 'function')
        throw new TypeError('fakeModelServer: a function answers all; give a list, or nothing, to add answers later.');
      replies.forEach(checkReply);
      queue.push(...replies);
    },
    reset() {
      queue.length = requests.length = exchanges.length = 0;
    },
    close: () => close(server),
  };
}

function noneLeft(asked: number): ModelError {
  return new ModelError(
    400,
    `fakeModelServer has no answer left for request ${asked}: give one more in \`answers\`, or by answer(…).`,
  );
}

function answerOf(reply: Reply): ModelAnswer {
  checkReply(reply);
  if (reply instanceof ModelError) throw reply;
  return typeof reply === 'string' ? { text: reply } : reply;
}

/** Throws a TypeError for what is no answer: in a list at once, from a function when it is given. */
function checkReply(reply: Reply): void {
  if (typeof reply === 'string' || reply instanceof ModelError) return;
  if (typeof reply !== 'object' || reply === null)
    throw new TypeError(
      `fakeModelServer: an answer is a text, an object such as { text } or a ModelError, got ${reply === null ? 'null' : typeof reply}.`,
    );
  checkOptions('fakeModelServer: an answer', reply, ANSWER_KEYS);
  for (const call of reply.toolCalls ?? []) {
    checkOptions('fakeModelServer: a tool call', call, ['name', 'input']);
    if (typeof call.name !== 'string' || typeof call.input !== 'object')
      throw new TypeError('fakeModelServer: a tool call is { name, input }, with the arguments as an object.');
  }
}

const ANSWER_KEYS = [
  ...['text', 'toolCalls', 'usage', 'model', 'id', 'stopped'],
  ...['latencyMs', 'eventPauseMs', 'breakAfter'],
];

function replyTo(
  { model }: ModelRequest,
  wire: Wire,
  answer: ModelAnswer,
  bill: NonNullable<OutgoingReply['usage']>,
): OutgoingReply {
  const { text = '', toolCalls = [], usage } = answer;
  return {
    id: answer.id ?? wire.newId('response'),
    model: answer.model ?? model,
    text,
    toolCalls: toolCalls.map(({ name, input }) => ({ id: wire.newId('tool call'), name, input })),
    stopped: answer.stopped ?? (toolCalls.length > 0 ? 'tool calls' : 'end'),
    usage: usage === null ? undefined : bill,
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
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

function sendUnknownPath(response: ServerResponse, method = '', path = ''): void {
  const message = `fakeModelServer has no ${method} ${path}: it serves POST /v1/chat/completions and POST /v1/messages.`;
  sendJson(response, 404, { error: { message, type: 'invalid_request_error' } });
}

function sendError(response: ServerResponse, error: ModelError, wire: Wire, requestId: string): void {
  if (response.headersSent) {
    response.destroy(error);
    return;
  }
  if (error.retryAfterMs !== undefined) {
    response.setHeader('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
    response.setHeader('retry-after-ms', String(error.retryAfterMs));
  }
  sendJson(response, error.status, wire.errorBody(error, requestId));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
