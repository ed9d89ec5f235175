import { activeContext } from '../context/active.js';
import { budgetOf } from '../cost/budget.js';
import { metersActive } from '../cost/call-metrics.js';
import { readGivenUsage } from '../cost/read-usage.js';
import { findReaders } from '../cost/pricing.js';
import type { TokenUsage } from '../cost/token-usage.js';
import { startTracking } from '../plan/model-call.js';
import { reportOnce, safely } from '../safely.js';
import { runOf } from '../span/span-context.js';

/**
 * Records the tokens of a model call on the traced call that is running, where they cannot be read from its result. Takes a
 * {@link TokenUsage}, a provider's own usage object, or its whole response; several recordings add up. What is recorded by hand wins.
 */
export function recordUsage(usage: TokenUsage | object): void {
  safely('recordUsage failed', record, usage);
}

function record(usage: unknown): void {
  const active = activeContext();
  const run = runOf(active);
  // without an SDK, or unsampled, nobody looks, and there is nothing to warn about
  const looked = run?.span.isRecording() === true || budgetOf(active) !== undefined || metersActive();
  if (run === undefined || !(run.ended || looked)) return;
  if (run.ended)
    return reportOnce('recordUsage: the traced call it was called in is over; call it before the call ends');
  const response = readGivenUsage(usage, findReaders(active));
  if (response === undefined)
    return reportOnce(
      "recordUsage: no token usage was found in what it was given: pass { prompt, completion } or the provider's usage",
    );
  startTracking(run, active).given.push(response);
}
