import { TraceFlags, type Context } from '@opentelemetry/api';
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace';
import { Losses } from './losses.js';
import type { SpanExporter, SpanProcessor } from './options.js';
import { loadSdk } from './sdk.js';

const SUCCESS = 0; // ExportResultCode.SUCCESS of @opentelemetry/core

/** The SDK's batch processor before an exporter, and a count of what did not arrive, which the SDK tells nobody but a diag logger. */
export class BatchedProcessor implements SpanProcessor {
  readonly #inner: SpanProcessor;
  readonly #losses: Losses;
  #unsent = 0;

  constructor(name: string, exporter: SpanExporter, settings: object) {
    this.#losses = new Losses(name);
    const counted: SpanExporter = {
      export: (spans, done) =>
        exporter.export(spans, (result) => {
          this.#unsent -= spans.length;
          if ((result.code as number) !== SUCCESS) this.#losses.add(spans.length, result.error);
          done(result);
        }),
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    };
    this.#inner = new (loadSdk().trace.BatchSpanProcessor)({ ...settings, exporter: counted });
  }

  onStart(span: Span, parent: Context): void {
    this.#inner.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    if (span.spanContext().traceFlags & TraceFlags.SAMPLED) this.#unsent++;
    this.#inner.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush();
  }

  async shutdown(): Promise<void> {
    try {
      await this.#inner.shutdown();
    } finally {
      this.conclude('the queue of 2,048 spans (OTEL_BSP_MAX_QUEUE_SIZE) was full, or an export did not end in time');
    }
  }

  /** Says what was lost; what was not sent at all was lost because of `cause`. */
  conclude(cause: string): void {
    if (this.#unsent > 0) this.#losses.add(this.#unsent, cause);
    this.#unsent = 0;
    this.#losses.conclude();
  }
}
