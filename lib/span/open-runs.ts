import type { SpanRun } from './span-run.js';

/**
 * The runs that wait for a promise or a stream, so that shutting down can end their spans. Bounded: a promise that never
 * settles must not be kept alive for ever, so beyond this many the oldest are forgotten (not ended).
 */
const MOST = 10_000;

const runs = new Set<SpanRun>();

/** Remembers a run that outlives its call. */
export function opened(run: SpanRun): void {
  runs.add(run);
  if (runs.size > MOST) for (const oldest of runs) return void runs.delete(oldest);
}

/** Forgets a run that has ended. */
export function closed(run: SpanRun): void {
  runs.delete(run);
}

/** Ends all open runs: what they were waiting for will not be seen any more. */
export function abandonOpenRuns(): void {
  for (const run of [...runs]) run.abandon();
}
