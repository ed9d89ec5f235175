import type { IncomingHttpHeaders } from 'node:http';
import type { ModelError, ModelRequest, OutgoingReply, WireName } from './exchange.js';
import type { ServerSentEvent } from './sse.js';

/** One provider's HTTP API: how it reads requests and writes responses, streams and errors. */
export interface Wire {
  readonly name: WireName;
  readonly path: string;
  readonly requestIdHeader: string;
  newId(kind: 'request' | 'response' | 'tool call'): string;
  /** Throws a {@link ModelError} for a missing key. */
  authenticate(headers: IncomingHttpHeaders): void;
  /** Throws a {@link ModelError} for a body that the provider would not take. */
  read(body: unknown): ModelRequest;
  body(reply: OutgoingReply): unknown;
  events(reply: OutgoingReply, request: ModelRequest): Iterable<ServerSentEvent>;
  errorBody(error: ModelError, requestId: string): unknown;
}
