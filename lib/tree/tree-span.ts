import type { Attributes } from '@opentelemetry/api';

/** A span as the tree shows it, wherever it was read from: the SDK's memory or a trace file. */
export interface TreeSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  /** Nanoseconds since the Unix epoch. */
  readonly startNs: bigint;
  /** Nanoseconds since the Unix epoch; undefined while the span is open. */
  readonly endNs?: bigint | undefined;
  /** OpenTelemetry's status codes: 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Attributes;
}

/** A span and the spans started below it. */
export interface SpanNode<S extends TreeSpan = TreeSpan> {
  readonly span: S;
  readonly children: readonly SpanNode<S>[];
}
