import { sessionScope, type SessionOptions } from '../plan/session-scope.js';
import type { AnyFn } from '../span/call.js';
import { amending, scoping } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Puts session, user, tags and metadata on every span started inside each call, of other libraries too. Makes no span.
 *
 * ```ts
 * @SessionScoped({ sessionId: ({ self }) => self.sessionId, tags: ['production'] })
 * class CallAnalyzer { … }
 * ```
 *
 * Without `sessionId`: the enclosing scope's, else the session provider's in the container, else none and one warning.
 */
export function SessionScoped<F extends AnyFn = AnyFn>(options: SessionOptions<F> = {}): SpandrelDecorator<F> {
  checkParentheses('SessionScoped', arguments);
  const scope = sessionScope('@SessionScoped', options as SessionOptions);
  return amending(
    'SessionScoped',
    scoping(() => scope),
  );
}
