import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TreeSpan } from '../tree/tree-span.js';

/** A span of the SDK, as the tree shows it. */
export function treeSpan(span: ReadableSpan): TreeSpan {
  const { traceId, spanId } = span.spanContext();
  const { name, status, attributes } = span;
  const startNs = nanoseconds(span.startTime);
  return {
    ...{ traceId, spanId, parentSpanId: span.parentSpanContext?.spanId, name, status, attributes },
    startNs,
    endNs: span.ended ? nanoseconds(span.endTime) : undefined,
  };
}

const nanoseconds = ([seconds, nanos]: HrTime) =>
  BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos));
