import { trace } from '@opentelemetry/api';
import { setImmediate as turn } from 'node:timers/promises';
import { TraceFunction } from 'spandrel';

/** What the four applications serve. Their scopes put session and user on its spans, and on those of other libraries below. */
export class Service {
  @TraceFunction({ spanName: 'answer' })
  async answer(): Promise<string> {
    await turn();
    trace.getTracer('another-library').startSpan('theirs').end();
    return 'ok';
  }
}

/** A user as authentication leaves it on the request. */
export interface User {
  readonly id: string;
  readonly email: string;
}

/** Authentication, in short: believes one token. */
export function userOf(authorization: unknown): User | undefined {
  return authorization === 'Bearer ann' ? { id: 'ann', email: 'ann@example.com' } : undefined;
}

/** The header is believed: here a gateway sets it, and removes what callers send. */
export const SCOPE = { sessionHeader: 'X-Session-Id', tags: ['web'], metadata: () => ({ route: '/answer' }) };

/** A running application. */
export interface Started {
  readonly url: string;
  close(): Promise<void>;
}
