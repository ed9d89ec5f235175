/** What pass over the files has seen of one trace. */
export interface TraceSize {
  spans: number;
  /** Characters of contents. */
  contents: number;
}

/** Which traces a report shows, and of which also the contents. */
export interface ReportPlan {
  readonly traces: ReadonlySet<string>;
  readonly withContents: ReadonlySet<string>;
}

const MAX_CONTENTS = 200_000_000; // characters; some 30 MB of HTML

/** Whole traces, the newest first, while there is room; the first one always. */
export function planReport(newestFirst: readonly string[], sizes: ReadonlyMap<string, TraceSize>, maxSpans: number) {
  const plan = { traces: new Set<string>(), withContents: new Set<string>() };
  let [spans, contents] = [0, 0];
  for (const traceId of newestFirst) {
    const size = sizes.get(traceId);
    if (size === undefined) continue;
    if (plan.traces.size > 0 && spans + size.spans > maxSpans) break;
    plan.traces.add(traceId);
    spans += size.spans;
    contents += size.contents;
    if (contents <= MAX_CONTENTS) plan.withContents.add(traceId);
  }
  return plan satisfies ReportPlan;
}
