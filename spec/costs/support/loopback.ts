import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider answers to one request. It may leave the response open, for the connection to be broken. */
export type Answer = (response: ServerResponse) => void;

/** A provider on the loopback. It gives the answers it was told, one a request, and knows no model. */
export interface Loopback {
  readonly url: string;
  /** The answers to the next requests; those of before are forgotten. */
  answer(answers: readonly Answer[]): void;
  /** How many of the answers nobody has asked for. */
  readonly left: number;
  /** Breaks the connections of answers that were left open. */
  breakOff(): void;
  close(): Promise<void>;
}

export async function startLoopback(): Promise<Loopback> {
  let answers: readonly Answer[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [answer = none, ...later] = answers;
      answers = later;
      open.add(response);
      response.on('close', () => open.delete(response));
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get left() {
      return answers.length;
    },
    answer: (next) => void (answers = next),
    breakOff: () => open.forEach((response) => response.destroy()),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const none: Answer = (response) => response.writeHead(400).end('{"error":{"message":"no answer is left"}}');

/** A body of JSON. */
export const json =
  (body: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A stream in one write, so that all of it is there before it ends or breaks. */
export const stream =
  (contentType: string, body: string | Uint8Array, ends: boolean): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': contentType }).write(body);
    if (ends) response.end();
  };

/** How server-sent events are written: with an `event:` line, with a last `[DONE]`. */
interface EventStyle {
  readonly named?: boolean;
  readonly done?: boolean;
}

/** Server-sent events (html.spec.whatwg.org, "Server-sent events"); left open after the last when they are to break off. */
export const sse = (events: readonly object[], { named = false, done = false }: EventStyle, ends: boolean): Answer =>
  stream(
    'text/event-stream',
    events
      .map(
        (event) => `${named ? `event: ${(event as { type: string }).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`,
      )
      .join('') + (done && ends ? 'data: [DONE]\n\n' : ''),
    ends,
  );
