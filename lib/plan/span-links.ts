import { isSpanContextValid, type Context, type Link } from '@opentelemetry/api';
import { toLink } from '../attributes/link-attributes.js';
import { safely } from '../safely.js';
import type { Call } from '../span/call.js';
import { spanOfResult } from '../span/result-spans.js';
import { isPreviousTurn, previousTurnLink } from './previous-turn.js';
import { select } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** Calls that are a turn of their session: the next one links to them. */
const turns = new WeakSet<Call>();

/** The links of a call's span, as the `links` option gives them; what leads nowhere is left out. */
export function linksOf(links: TraceSettings['links'], call: Call, active: Context): Link[] {
  const targets: unknown = select('links', links, call);
  if (!Array.isArray(targets)) return [];
  return targets.flatMap((target) => {
    if (isPreviousTurn(target)) turns.add(call);
    const link = isPreviousTurn(target)
      ? previousTurnLink(active)
      : safely('a link could not be read', toLink, spanOfResult(target) ?? target);
    return link && isSpanContextValid(link.context) ? [link] : [];
  });
}

/** Whether a call asked for a link to the turn before. */
export const isTurn = (call: Call): boolean => turns.has(call);
