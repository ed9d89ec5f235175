import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { SESSION_ID, USER_ID } from '../../conventions/openinference.js';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

/** Whether a span is in that session, and, where one is given, of that user. Without an id: whether it is in any. */
export function toHaveSession(span: ReadableSpan, sessionId?: unknown, userId?: unknown): Outcome {
  checkSpan('toHaveSession', span);
  const { [SESSION_ID]: session, [USER_ID]: user } = span.attributes;
  const inSession = sessionId === undefined ? session !== undefined : isAs(session, sessionId);
  const pass = inSession && (userId === undefined || isAs(user, userId));
  const wanted = `session ${sessionId === undefined ? '' : shown(sessionId)}${userId === undefined ? '' : ` of user ${shown(userId)}`}`;
  return outcome(
    pass,
    `span ${shown(span.name)}`,
    `have ${wanted.trim()}`,
    () => `It has session ${shown(session)}, user ${shown(user)}.\n\n${whereabouts(span)}`,
  );
}
