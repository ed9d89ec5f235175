import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Request {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly content: unknown }[];
  readonly tools?: readonly unknown[];
  readonly n?: number;
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** What the server is told to do with its next requests. */
interface Script {
  /** How many requests are refused with 500 before one is answered. */
  failures: number;
  /** A stream breaks after its first words. */
  breaks: boolean;
}

/** A server on the loopback that answers OpenAI's and Anthropic's chats: 1,000 tokens in, 500 out, whole or streamed. */
export interface ChatServer {
  readonly url: string;
  readonly script: Script;
  close(): Promise<void>;
}

const USAGE = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500, prompt_tokens_details: { cached_tokens: 400 } }; // prettier-ignore
const TOOL_CALL = { id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{"id":7}' } };

export async function startChatServer(): Promise<ChatServer> {
  const script: Script = { failures: 0, breaks: false };
  let count = 0;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      count++;
      if (script.failures > 0) {
        script.failures--;
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"try again"}}');
      } else if (request.url?.endsWith('/messages')) anthropic(body, `msg_${count}`, response, script);
      else openai(body, `chatcmpl-${count}`, response, script);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function openai(
  { model, stream, tools, n = 1, stream_options }: Request,
  id: string,
  response: ServerResponse,
  script: Script,
): void {
  const message = tools ? { role: 'assistant', content: null, tool_calls: [TOOL_CALL] } : { role: 'assistant', content: 'Hello there' }; // prettier-ignore
  if (!stream) {
    const choices = Array.from({ length: n }, (_, index) => ({
      index,
      finish_reason: 'stop',
      message,
      logprobs: null,
    }));
    return json(response, { id, object: 'chat.completion', created: 1, model, choices, usage: USAGE });
  }
  const chunk = (delta: object, more: object = {}): object => ({ id, object: 'chat.completion.chunk', created: 1, model, choices: [{ index: 0, delta, finish_reason: null }], ...more }); // prettier-ignore
  const usage = stream_options?.include_usage ? [chunk({}, { choices: [], usage: USAGE })] : [];
  events(response, [chunk({ role: 'assistant', content: 'Hello' }), chunk({ content: ' there' }), ...usage], false, script.breaks); // prettier-ignore
}

function anthropic({ model, stream }: Request, id: string, response: ServerResponse, script: Script): void {
  const usage = { input_tokens: 600, cache_read_input_tokens: 400, cache_creation_input_tokens: 0, output_tokens: 500 };
  const message = { id, type: 'message', role: 'assistant', model, stop_reason: 'end_turn', stop_sequence: null };
  if (!stream) return json(response, { ...message, content: [{ type: 'text', text: 'Hello there' }], usage });
  const delta = (text: string): object => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text },
  });
  events(
    response,
    [
      { type: 'message_start', message: { ...message, stop_reason: null, content: [], usage: { ...usage, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      delta('Hello'),
      delta(' there'),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 500 } },
      { type: 'message_stop' },
    ],
    true,
    script.breaks,
  ); // prettier-ignore
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function events(response: ServerResponse, list: readonly object[], named: boolean, breaks: boolean): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of breaks ? list.slice(0, named ? 3 : 1) : list)
    response.write(`${named ? `event: ${(event as { type: string }).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  if (breaks) return void setTimeout(() => response.destroy(), 20);
  response.end(named ? '' : 'data: [DONE]\n\n');
}

async function bodyOf(request: IncomingMessage): Promise<Request> {
  let text = '';
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Request;
}
