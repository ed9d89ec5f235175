import { setTimeout as pause } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

/** One server-sent event; OpenAI's have no name. */
export interface ServerSentEvent {
  readonly event?: string | undefined;
  readonly data: unknown;
}

/** How a stream is sent. */
interface Sending {
  /** The pause after each event, in milliseconds. */
  readonly pauseMs: number;
  /** The connection breaks after so many events. */
  readonly breakAfter: number;
  /** Says that nobody reads any more. */
  readonly left: AbortSignal;
}

const ARRIVAL_MS = 5; // what was written is to arrive before the connection breaks

/** Sends events one by one. Rejects when nobody reads any more. */
export async function sendEvents(
  response: ServerResponse,
  events: Iterable<ServerSentEvent>,
  { pauseMs, breakAfter, left: signal }: Sending,
): Promise<void> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  response.flushHeaders();
  let sent = 0;
  for (const { event, data } of events) {
    if (signal.aborted) return;
    if (sent++ >= breakAfter) {
      await pause(ARRIVAL_MS, undefined, { signal });
      response.destroy();
      return;
    }
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`);
    if (pauseMs > 0) await pause(pauseMs, undefined, { signal });
  }
  response.end();
}
