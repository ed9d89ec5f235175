import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { activeContext } from '../../context/active.js';
import { contextWithRun, runOf } from '../../span/span-context.js';
import { openRun, type SpanRun } from '../../span/span-run.js';

/**
 * The context that a LangChain run starts in. Below the run that LangChain names as its parent, in the scopes (session, budget …) that are
 * open now; but a traced call that was made inside that parent's step is nearer than the parent, and what it starts hangs below it.
 */
export function surroundings(parent: SpanRun | undefined): Context {
  const active = activeContext();
  const above = openRun(parent);
  if (!above) return active;
  const nearest = openRun(runOf(active));
  if (nearest && startedInside(nearest, above)) return active;
  return isAround(nearest, above) && active !== ROOT_CONTEXT
    ? contextWithRun(active, above.span, above)
    : above.context; // called from elsewhere: a stream that is read later
}

const startedInside = (run: SpanRun, parent: SpanRun): boolean => !isAround(run, parent) && run.number > parent.number;

/** Whether a run is the other one, or above it; no run at all is above every one. */
function isAround(run: SpanRun | undefined, inner: SpanRun): boolean {
  if (run === undefined) return true;
  for (let at: SpanRun | undefined = inner; at; at = at.parent) if (at === run) return true;
  return false;
}
