import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';

/** Keeps the sampled spans of one tracing. */
export class SpanRecorder implements SpanProcessor {
  readonly #started = new Set<ReadableSpan>();
  #ended: ReadableSpan[] = [];

  /** Every span, in the order of their starts. */
  get started(): readonly ReadableSpan[] {
    return [...this.#started];
  }

  /** The finished spans, in the order of their ends. */
  get ended(): readonly ReadableSpan[] {
    return this.#ended;
  }

  get open(): readonly ReadableSpan[] {
    return this.started.filter((span) => !span.ended);
  }

  onStart(span: Span): void {
    if (span.spanContext().traceFlags & TraceFlags.SAMPLED) this.#started.add(span);
  }

  onEnd(span: ReadableSpan): void {
    if (this.#started.has(span)) this.#ended.push(span);
  }

  /** Starts anew: a span that is open now is not recorded when it ends. */
  reset(): void {
    this.#started.clear();
    this.#ended = [];
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
