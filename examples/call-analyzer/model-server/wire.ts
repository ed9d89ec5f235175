import type { IncomingHttpHeaders } from 'node:http';
import type { IncomingCall, OutgoingReply, Refusal, WireName } from './exchange.js';
import type { PromptCache } from './prompt-cache.js';
import type { ServerSentEvent } from './sse.js';

/** One provider's HTTP API: how it reads requests and writes responses, streams and errors. */
export interface Wire {
  readonly name: WireName;
  readonly path: string;
  readonly requestIdHeader: string;
  readonly cache: PromptCache;
  newId(kind: 'request' | 'response' | 'tool call'): string;
  /** Throws a {@link Refusal} for a missing key. */
  authenticate(headers: IncomingHttpHeaders): void;
  /** Throws a {@link Refusal} for a body that the provider would not take. */
  read(body: unknown): IncomingCall;
  /** How the provider says that it has no such model. */
  unknownModel(model: string): Refusal;
  /** How the provider says that a prompt is too long. */
  tooLong(promptTokens: number, contextWindow: number): Refusal;
  body(reply: OutgoingReply): unknown;
  events(reply: OutgoingReply, call: IncomingCall): Iterable<ServerSentEvent>;
  errorBody(refusal: Refusal, requestId: string): unknown;
}
