/** A run as the list of open ones sees it: its neighbours there are the list's own affair. */
export interface OpenRun {
  older: OpenRun | undefined;
  newer: OpenRun | undefined;
  abandon(): void;
}

/**
 * The runs that wait for a promise or a stream, so that shutting down can end their spans. Bounded: a promise that never
 * settles must not be kept alive for ever, so beyond this many the oldest are forgotten (not ended).
 */
const MOST = 10_000;

// a list through the runs themselves: a Set takes ten times as long, and makes its table anew every few calls
let oldest: OpenRun | undefined;
let newest: OpenRun | undefined;
let count = 0;

/** Remembers a run that outlives its call. */
export function opened(run: OpenRun): void {
  run.older = newest;
  if (newest) newest.newer = run;
  else oldest = run;
  newest = run;
  count++;
  if (count > MOST && oldest) closed(oldest);
}

/** Forgets a run that has ended; one that never outlived its call is not in the list. */
export function closed(run: OpenRun): void {
  const { older, newer } = run;
  if (older === undefined && run !== oldest) return;
  if (older) older.newer = newer;
  else oldest = newer;
  if (newer) newer.older = older;
  else newest = older;
  run.older = run.newer = undefined;
  count--;
}

/** Ends all open runs: what they were waiting for will not be seen any more. */
export function abandonOpenRuns(): void {
  const open: OpenRun[] = [];
  for (let run = oldest; run; run = run.newer) open.push(run);
  for (const run of open) run.abandon();
}
