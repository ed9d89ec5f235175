import { activeContext } from '../../context/active.js';
import { shared } from '../../shared-state.js';
import { SiteCall } from '../../span/call.js';
import { opened } from '../../span/open-runs.js';
import type { SpanPlan } from '../../span/plan.js';
import { openSpan } from '../../span/run-in-span.js';
import { runOf } from '../../span/span-context.js';
import type { SpanRun } from '../../span/span-run.js';
import { activeTracer, standInTracer } from '../../span/tracer.js';
import { SITE } from './run-kinds.js';
import type { RunStart } from './run-start.js';
import { surroundings } from './surroundings.js';

/** A run of LangChain's that has started and not ended. */
export interface OpenRun {
  readonly run: SpanRun;
  /** The nearest run that is active for the model's code; ours above a run need not be. */
  readonly home: SpanRun | undefined;
  /** By `performance.now()`. */
  readonly startedAt: number;
}

/** More runs than LangChain has open at a time; one whose end it never reports must not be kept for ever. */
const MOST = 10_000;

/** By LangChain's id, for all handlers: two that see one run make one span of it, and each may have started the other's parent. */
const runs = shared('langchain-runs', () => new Map<string, OpenRun>());

/** The run of an id that has started and not ended. */
export const runWithId = (runId: string): OpenRun | undefined => runs.get(runId);

/** Starts the span of a run; undefined where nobody traces, counts or measures. */
export function startRun(
  plan: SpanPlan,
  runId: string,
  parentRunId: string | undefined,
  describe: () => RunStart,
): OpenRun | undefined {
  const active = surroundings(parentRunId === undefined ? undefined : runs.get(parentRunId)?.run);
  const tracer = activeTracer() ?? (plan.observer?.wants(active) ? standInTracer() : undefined);
  const run = tracer && openSpan(plan, tracer, new SiteCall(SITE, undefined, [describe()]), active);
  if (!run) return undefined;
  opened(run);
  const open: OpenRun = { run, home: runOf(activeContext()), startedAt: performance.now() };
  runs.set(runId, open);
  if (runs.size > MOST) runs.delete(runs.keys().next().value as string);
  return open;
}

/** Takes a run out of the books, for its end; undefined for one that is not known, or whose span has ended. */
export function takeRun(runId: string): OpenRun | undefined {
  const open = runs.get(runId);
  runs.delete(runId);
  return open?.run.ended ? undefined : open;
}
