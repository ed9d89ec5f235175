import type { ServerResponse } from 'node:http';

/** One server-sent event; OpenAI's have no name. */
export interface ServerSentEvent {
  readonly event?: string | undefined;
  readonly data: unknown;
}

/** Sends events with a pause before each, and stops when the client hangs up. True when all were sent. */
export async function sendEvents(
  response: ServerResponse,
  events: Iterable<ServerSentEvent>,
  pauseMs: number,
): Promise<boolean> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  for (const { event, data } of events) {
    if (response.destroyed) return false;
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`);
    await pause(pauseMs);
  }
  response.end();
  return !response.destroyed;
}

/** Waits; 0 does not wait at all. */
export function pause(milliseconds: number): Promise<void> {
  return milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
