import { AGENT_NAME } from '../conventions/openinference.js';
import type { SpanRun } from '../span/span-run.js';

/** The name of the nearest open agent above a run. */
export function agentAbove(run: SpanRun): string | undefined {
  return agentOf(run.parent);
}

/** The name of the agent that a run is, or that is nearest above it. */
export function agentOf(run: SpanRun | undefined): string | undefined {
  for (let at = run; at; at = at.parent) {
    const name = at.start[AGENT_NAME];
    if (typeof name === 'string') return name;
  }
  return undefined;
}
