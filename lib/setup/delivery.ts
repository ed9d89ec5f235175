import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { Backoff } from './backoff.js';
import { envCount, type Environment } from './environment.js';
import { exportOnce } from './export-once.js';
import { Losses } from './losses.js';
import type { BackendOptions, SpanExporter, SpanProcessor } from './options.js';
import { readableSpans } from './readable-span.js';
import { Safekeeping } from './safekeeping.js';
import { UnsentFiles, unsentLimits, type UnsentFile } from './unsent-files.js';

const MAX_SPLITS = 64;
const MAX_FILES_MS = 5_000;

/** The processor that brings spans to an exporter, with the `OTEL_BSP_*` settings, which only NodeSDK's own processors read. */
export function deliver(
  backend: string,
  address: string,
  exporter: SpanExporter,
  options: BackendOptions,
  env: Environment,
): SpanProcessor {
  const name = backend === backend.toLowerCase() && !backend.includes(' ') ? `the backend "${backend}"` : backend;
  const losses = new Losses(name);
  const limits = unsentLimits(options);
  const unsent = limits && new UnsentFiles(limits, backend, address, (error) => losses.add(1, error));
  return new Delivery(exporter, losses, unsent, {
    intervalMs: Math.max(1, envCount(env, 'OTEL_BSP_SCHEDULE_DELAY') ?? 1_000),
    timeoutMs: envCount(env, 'OTEL_BSP_EXPORT_TIMEOUT') ?? 30_000,
    maxBatch: envCount(env, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE') || 512,
    maxWaiting: envCount(env, 'OTEL_BSP_MAX_QUEUE_SIZE') || 2_048,
  });
}

interface Pace {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxBatch: number;
  readonly maxWaiting: number;
}

/** Spans that are on their way; in a file, too, when that takes long. */
interface Batch {
  readonly spans: ReadableSpan[];
  file?: UnsentFile | undefined;
}

/**
 * Sends finished spans in batches, one after another. What a backend has not taken within an interval, for it is down or
 * slow, is written to an unsent file and sent after the next success. Ours instead of the SDK's batch processor, which drops
 * what its queue cannot hold, and does not say what it holds when the process ends.
 */
export class Delivery implements SpanProcessor {
  readonly #exporter: SpanExporter;
  readonly #losses: Losses;
  readonly #unsent: UnsentFiles | undefined;
  readonly #safe: Safekeeping;
  readonly #pace: Pace;
  #waiting: ReadableSpan[] = [];
  #batch: Batch | undefined;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** After a batch that failed, and after an unsent file that did: one that is refused for ever must not hold up what is new. */
  readonly #pause: Backoff;
  readonly #filePause: Backoff;
  #lastCause: unknown = undefined;
  #filesUntil = Infinity;

  constructor(exporter: SpanExporter, losses: Losses, unsent: UnsentFiles | undefined, pace: Pace) {
    this.#exporter = exporter;
    this.#losses = losses;
    this.#unsent = unsent;
    this.#safe = new Safekeeping(unsent, losses, pace.intervalMs);
    this.#pace = pace;
    this.#pause = new Backoff(pace.intervalMs);
    this.#filePause = new Backoff(pace.intervalMs);
  }

  onStart(): void {
    // nothing to do before the end
  }

  onEnd(span: ReadableSpan): void {
    if (!(span.spanContext().traceFlags & TraceFlags.SAMPLED)) return;
    this.#waiting.push(span);
    const { length } = this.#waiting;
    if (length > this.#pace.maxWaiting) this.#setAside(this.#waiting.splice(0, this.#pace.maxBatch), FULL);
    else if (length >= this.#pace.maxBatch && this.#mayTry()) void this.#send();
    this.#wakeLater();
  }

  /** Sends what is waiting, to a backend that has just failed too. What was kept before is sent for five seconds at most. */
  async forceFlush(): Promise<void> {
    this.#filesUntil = performance.now() + MAX_FILES_MS;
    await this.#sending;
    if (this.#waiting.length > 0) await this.#send();
    this.#filesUntil = Infinity;
    await this.#exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    try {
      await this.forceFlush();
    } finally {
      this.conclude('tracing was shut down');
      await this.#exporter.shutdown();
    }
  }

  /** Writes what has not arrived to an unsent file, before it returns. Never throws. */
  writeNow(cause: unknown): void {
    if (this.#unsent === undefined) return;
    if (this.#batch) this.#hold(this.#batch);
    this.#setAside(this.#waiting.splice(0), cause);
  }

  /** The same, and says what was lost: it could not be written either. */
  conclude(cause: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#safe.tryAgain();
    const { spans = [], file } = this.#batch ? this.#hold(this.#batch) : {};
    if (spans.length > 0) this.#losses.add(spans.length, cause, file && this.#unsent?.directory);
    this.#batch = undefined;
    const waiting = this.#waiting.splice(0);
    if (!this.#safe.keep(waiting, cause)) this.#losses.add(waiting.length, cause);
    this.#losses.conclude();
  }

  #mayTry(): boolean {
    return this.#sending === undefined && this.#pause.isOver;
  }

  #wakeLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#wake();
      if (this.#waiting.length > 0 || this.#sending) this.#wakeLater();
    }, this.#pace.intervalMs).unref();
  }

  /** After an interval in which spans ended or were on their way: sends them, or writes them down, for a process may be killed. */
  #wake(): void {
    if (this.#mayTry()) void this.#send();
    else this.writeNow(this.#sending ? 'it is slow to answer' : this.#lastCause);
  }

  #send(): Promise<void> {
    return (this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined)));
  }

  /** Until something fails: what waits, then the unsent files. */
  async #sendAll(): Promise<void> {
    for (;;) {
      if (this.#waiting.length > 0) {
        if (!(await this.#sendBatch(this.#waiting.splice(0, this.#pace.maxBatch)))) return;
        continue;
      }
      const isFlush = this.#filesUntil !== Infinity;
      if (isFlush ? performance.now() > this.#filesUntil : !this.#filePause.isOver) return;
      const file = this.#unsent?.next();
      if (!file || !this.#unsent || !(await this.#sendFile(file, this.#unsent))) return;
    }
  }

  async #sendBatch(spans: ReadableSpan[]): Promise<boolean> {
    const batch: Batch = (this.#batch = { spans });
    const failure = await this.#offer(spans);
    if (failure) {
      this.#lastCause = failure.cause;
      this.#pause.failed();
    } else this.#pause.succeeded();
    if (this.#batch !== batch) return failure === undefined; // tracing ended meanwhile, and left the batch in its file
    this.#batch = undefined;
    if (failure === undefined) batch.file?.remove();
    else if (batch.file === undefined) this.#setAside(spans, failure.cause);
    else {
      batch.file.release();
      this.#losses.add(spans.length, failure.cause, this.#unsent?.directory);
    }
    return failure === undefined;
  }

  /** Sends a file line by line; what was not taken stays in it. */
  async #sendFile(file: UnsentFile, files: UnsentFiles): Promise<boolean> {
    let sent = 0;
    try {
      const lines = file.lines();
      for (const [index, line] of lines.entries()) {
        const spans = this.#readLine(line, files);
        const failure = spans.length > 0 && (await this.#offer(spans));
        if (failure) {
          this.#filePause.failed();
          files.putBack(file, lines.slice(index));
          return false;
        }
        sent += spans.length;
      }
      file.remove();
      this.#filePause.succeeded();
    } catch (error) {
      this.#filePause.failed();
      file.release(); // it cannot be read or written now
      this.#losses.unwritable(error);
      return false;
    } finally {
      this.#losses.sent(sent);
    }
    return true;
  }

  #readLine(line: string, files: UnsentFiles): ReadableSpan[] {
    try {
      return readableSpans(line);
    } catch {
      files.refuseLine(line);
      this.#losses.add(1, 'a line of an unsent file was cut off');
      return [];
    }
  }

  /** Undefined when all were taken or put away. Of spans that are refused for what they hold, the others are sent alone. */
  async #offer(spans: ReadableSpan[], splits = { left: MAX_SPLITS }): Promise<{ cause: unknown } | undefined> {
    const answer = await exportOnce(this.#exporter, spans, this.#pace.timeoutMs);
    if (answer.is === 'failed') return answer;
    if (answer.is === 'taken') return undefined;
    if (spans.length === 1 || splits.left-- <= 0) {
      this.#safe.putAway(spans, answer.cause);
      return undefined;
    }
    const middle = spans.length >> 1;
    return (await this.#offer(spans.slice(0, middle), splits)) ?? (await this.#offer(spans.slice(middle), splits));
  }

  /** Into an unsent file; where none can be written they wait again, as many as may. */
  #setAside(spans: ReadableSpan[], cause: unknown): void {
    if (this.#safe.keep(spans, cause)) return;
    this.#waiting = [...spans, ...this.#waiting];
    const lost = this.#waiting.splice(this.#pace.maxWaiting);
    if (lost.length > 0) this.#losses.add(lost.length, cause);
    else this.#losses.delayed(spans.length, cause);
  }

  #hold(batch: Batch): Batch {
    batch.file ??= this.#safe.hold(batch.spans);
    return batch;
  }
}

const FULL = 'more spans ended than it could be sent at once';
