import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { shared } from '../shared-state.js';

/** What was recorded together with a span. */
interface Recording {
  readonly spans: readonly ReadableSpan[];
  tree(): string;
}

const recordings = shared('recordings', () => new WeakMap<object, Recording>());

/** Remembers in which tracing a span was recorded, for the messages of matchers. */
export function rememberRecording(span: object, recording: Recording): void {
  recordings.set(span, recording);
}

/** All finished spans of the tracing that recorded this one. */
export const recordedBeside = (span: object): readonly ReadableSpan[] => recordings.get(span)?.spans ?? [];

/** The tree that a span is in; undefined for a span of another provider. */
export const treeWith = (span: object): string | undefined => recordings.get(span)?.tree();
