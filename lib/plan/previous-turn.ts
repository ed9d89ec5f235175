import type { Context, Link, SpanContext } from '@opentelemetry/api';
import { shared } from '../shared-state.js';
import { ambientOf } from '../context/ambient.js';

/** Asks for a link to the call before in the same session; made by {@link previousTurn}. */
export interface PreviousTurn {
  readonly previousTurn: true;
}

// one for all copies of this package in a process
const PREVIOUS_TURN = shared<PreviousTurn>('previous-turn', () => Object.freeze({ previousTurn: true }));

/**
 * In the `links` option: a link to the last call with this link in the same session, of type `previous_turn`. Within one process; the
 * first turn of a session, and calls without a session, get none.
 *
 * ```ts
 * @TraceAgent({ agentName: 'assistant', links: [previousTurn()] })
 * ```
 */
export function previousTurn(): PreviousTurn {
  return PREVIOUS_TURN;
}

export const isPreviousTurn = (target: unknown): target is PreviousTurn => target === PREVIOUS_TURN;

/** More sessions than are in talk at once; beyond these the oldest is forgotten. */
const MOST_SESSIONS = 10_000;
const turns = new Map<string, SpanContext>();

/** The link to the last turn of the session that is open in a context. */
export function previousTurnLink(active: Context): Link | undefined {
  const session = ambientOf(active)?.sessionId;
  const context = session === undefined ? undefined : turns.get(session);
  return context && { context, attributes: { 'link.type': 'previous_turn' } };
}

/** Remembers a turn of the session that is open in a context. */
export function rememberTurn(active: Context, span: SpanContext): void {
  const session = ambientOf(active)?.sessionId;
  if (session === undefined) return;
  turns.delete(session);
  turns.set(session, span);
  if (turns.size > MOST_SESSIONS) turns.delete(turns.keys().next().value as string);
}
