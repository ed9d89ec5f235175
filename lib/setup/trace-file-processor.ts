import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { Losses } from './losses.js';
import { otlpJsonLines } from './otlp-json.js';
import type { Rotation } from './trace-file-rotation.js';
import { TraceFile } from './trace-file.js';

const INTERVAL_MS = 1_000;
const MAX_WAITING = 512;

/**
 * Writes finished spans to a trace file at least once a second. A processor and not an exporter behind the SDK's batch
 * processor: writing is synchronous, so that spans which ended right before `process.exit()` can still be written.
 */
export class TraceFileProcessor implements SpanProcessor {
  readonly #file: TraceFile;
  readonly #losses: Losses;
  #waiting: ReadableSpan[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, rotation: Rotation) {
    this.#file = new TraceFile(path, rotation);
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
    const failed = (error: unknown) => this.#losses.add(1, error);
    try {
      if (spans.length > 0) this.#file.append(otlpJsonLines(spans, failed, (count) => (written = count)));
    } catch (error) {
      this.#losses.add(spans.length - written, error);
    }
  }

  /** Writes what is waiting and says what was lost; for the exit of a process that did not shut tracing down. */
  conclude(): void {
    this.writeNow();
    this.#losses.conclude();
  }
}
