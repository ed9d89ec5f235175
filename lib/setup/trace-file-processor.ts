import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { Losses } from './losses.js';
import { otlpJsonLine } from './otlp-json.js';
import { TraceFile } from './trace-file.js';

const INTERVAL_MS = 1_000;
const MAX_WAITING = 512;
const SPANS_PER_LINE = 64; // a torn line loses no more, and a reader holds no more at once

/**
 * Writes finished spans to a trace file at least once a second. A processor and not an exporter behind the SDK's batch
 * processor: writing is synchronous, so that spans which ended right before `process.exit()` can still be written.
 */
export class TraceFileProcessor implements SpanProcessor {
  readonly #file: TraceFile;
  readonly #losses: Losses;
  #waiting: ReadableSpan[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#file = new TraceFile(path);
    this.#losses = new Losses(`the trace file ${path}`);
  }

  get path(): string {
    return this.#file.path;
  }

  onStart(): void {
    // nothing to do before the end
  }

  onEnd(span: ReadableSpan): void {
    if (!(span.spanContext().traceFlags & TraceFlags.SAMPLED)) return;
    this.#waiting.push(span);
    if (this.#waiting.length >= MAX_WAITING) void this.forceFlush();
    else this.#timer ??= setTimeout(() => void this.forceFlush(), INTERVAL_MS).unref();
  }

  async forceFlush(): Promise<void> {
    const resource = this.#waiting.find((span) => span.resource.asyncAttributesPending)?.resource;
    if (resource) await resource.waitForAsyncAttributes?.();
    this.writeNow();
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    this.#losses.conclude();
  }

  /** Writes what is waiting before it returns. Never throws. */
  writeNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const spans = this.#waiting;
    this.#waiting = [];
    let written = 0;
    const lines = function* (losses: Losses): Generator<string> {
      for (let i = 0; i < spans.length; i += SPANS_PER_LINE) {
        const batch = spans.slice(i, i + SPANS_PER_LINE);
        const line = otlpJsonLine(batch, (error) => losses.add(1, error));
        if (line !== undefined) yield line;
        written = i + batch.length;
      }
    };
    try {
      if (spans.length > 0) this.#file.append(lines(this.#losses));
    } catch (error) {
      this.#losses.add(spans.length - written, error);
    }
  }

  /** Says what was lost; for the exit of a process that did not shut tracing down. */
  conclude(): void {
    this.#losses.conclude();
  }
}
