import { shared } from '../shared-state.js';

const active = shared('processors', () => new Set<object>());

/** Whether a processor of ours sees the spans of the registered SDK: it then tells of flush and shutdown. */
export function processorsActive(): boolean {
  return active.size > 0;
}

const made = shared('processors-made', () => ({ any: false }));

/** A processor was made, and will be registered soon. */
export function processorMade(): void {
  made.any = true;
}

/** Whether a processor of ours was ever made. */
export const processorsMade = (): boolean => made.any;

/** A processor has seen a span. */
export function processorSeen(processor: object): void {
  active.add(processor);
}

/** A processor was shut down. */
export function processorGone(processor: object): void {
  active.delete(processor);
}
