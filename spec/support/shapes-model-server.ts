import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Event = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A server on the loopback that speaks as much of the wire formats of openai and Anthropic as the specs need. */
export interface ModelServer {
  readonly url: string;
  /** The paths asked for, in order. */
  readonly requests: string[];
  /** How many streamed answers the client left before their end. */
  readonly aborted: () => number;
  close(): Promise<void>;
}

export const chatCompletion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-x',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello there' } }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};

const chatChunk = (delta: object, finish: string | null = null): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-x',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

export const chatChunks = [
  chatChunk({ role: 'assistant', content: 'Hello' }),
  chatChunk({ content: ' there' }),
  chatChunk({}, 'stop'),
];

const response = (status: string, output: object[]): object => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'gpt-x',
  status,
  output,
  error: null,
});
const part = { type: 'output_text', text: 'Hello', annotations: [] };
const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [part] };

const responseEvents: readonly Event[] = [
  { type: 'response.created', response: response('in_progress', []) },
  { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
  {
    type: 'response.content_part.added',
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    part: { ...part, text: '' },
  },
  { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'Hello' },
  { type: 'response.output_item.done', output_index: 0, item },
  { type: 'response.completed', response: response('completed', [item]) },
];

export const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-x',
  content: [{ type: 'text', text: 'Hello there' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 2 },
};

export const messageEvents: readonly Event[] = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' there' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
];

const files = {
  object: 'list',
  has_more: false,
  data: [
    { id: 'file-1', object: 'file' },
    { id: 'file-2', object: 'file' },
  ],
};

/**
 * Models named `fail` answer 400, `cut` break the connection in the middle of a stream, `slow` wait for ever after the first
 * chunk, `garbled` send no JSON.
 */
export async function startModelServer(): Promise<ModelServer> {
  const requests: string[] = [];
  let aborted = 0;
  const server: Server = createServer((request, answer) => {
    requests.push(String(request.url));
    answer.on('close', () => {
      if (!answer.writableEnded) aborted += 1;
    });
    void bodyOf(request).then((body) => respond(String(request.url), body, answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    aborted: () => aborted,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<{ model?: string; stream?: boolean }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as { model?: string; stream?: boolean });
}

function respond(url: string, body: { model?: string; stream?: boolean }, answer: ServerResponse): void {
  if (body.model === 'fail')
    return json(answer, 400, { error: { message: 'no such model', type: 'invalid_request_error' } });
  if (body.model === 'garbled') {
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"id":');
    return;
  }
  if (url.endsWith('/files')) return json(answer, 200, files);
  if (!body.stream) return json(answer, 200, url.includes('/messages') ? message : chatCompletion);

  answer.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1', 'request-id': 'req_1' });
  const events =
    url.includes('/messages') || url.includes('/responses')
      ? named(url)
      : [...chatChunks.map((c) => `data: ${JSON.stringify(c)}\n\n`), 'data: [DONE]\n\n'];
  if (body.model === 'slow' || body.model === 'cut') {
    answer.write(events[0]);
    if (body.model === 'cut') setImmediate(() => answer.socket?.destroy());
    return;
  }
  for (const event of events) answer.write(event);
  answer.end();
}

const named = (url: string): string[] =>
  (url.includes('/messages') ? messageEvents : responseEvents).map(
    (e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`,
  );

function json(answer: ServerResponse, status: number, value: unknown): void {
  answer
    .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', 'request-id': 'req_1' })
    .end(JSON.stringify(value));
}
