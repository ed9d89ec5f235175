import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TreeSpan } from '../tree/tree-span.js';

/** A span of the SDK, as the tree shows it; its times are turns, by which alone siblings are put in order. */
export function treeSpan(
  span: ReadableSpan,
  { start, end }: { readonly start: number; readonly end?: number },
): TreeSpan {
  const { traceId, spanId } = span.spanContext();
  const { name, status, attributes } = span;
  return {
    ...{ traceId, spanId, parentSpanId: span.parentSpanContext?.spanId, name, status, attributes },
    startNs: BigInt(start),
    endNs: end === undefined ? undefined : BigInt(end),
  };
}
