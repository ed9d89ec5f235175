import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { TreeSpan } from '../tree/tree-span.js';
import type { Deterministic } from './deterministic.js';
import { treeSpan } from './tree-span.js';

/** When a span started and ended, counted in starts and ends: clocks may tell the same time for both, or the wrong order. */
export interface Turns {
  readonly start: number;
  /** Undefined while it is open. */
  end?: number;
}

/** Keeps the sampled spans of one tracing; with ids and times of its own when it is to be `deterministic`. */
export class SpanRecorder implements SpanProcessor {
  readonly #started = new Map<ReadableSpan, Turns>();
  readonly #deterministic: Deterministic | undefined;
  readonly #seen: (span: object) => void;
  #ended: ReadableSpan[] = [];
  #turn = 0;

  /** `seen` is told of each span that is given out. */
  constructor(deterministic: Deterministic | undefined, seen: (span: object) => void) {
    this.#deterministic = deterministic;
    this.#seen = seen;
  }

  /** The finished spans, in the order of their ends. */
  get ended(): readonly ReadableSpan[] {
    return this.#ended.map((span) => this.#view(span));
  }

  get open(): readonly ReadableSpan[] {
    return [...this.#started.keys()].filter((span) => !span.ended).map((span) => this.#view(span));
  }

  /** Every span as the tree shows it, in the order of their starts. */
  get forTree(): TreeSpan[] {
    return [...this.#started].map(([span, turns]) => treeSpan(span, turns));
  }

  #view(span: ReadableSpan): ReadableSpan {
    const view = this.#deterministic?.view(span, this.#started.get(span)) ?? span;
    this.#seen(view);
    return view;
  }

  onStart(span: Span): void {
    if (span.spanContext().traceFlags & TraceFlags.SAMPLED) this.#started.set(span, { start: ++this.#turn });
  }

  onEnd(span: ReadableSpan): void {
    const turns = this.#started.get(span);
    if (turns === undefined) return;
    turns.end = ++this.#turn;
    this.#ended.push(span);
  }

  /** Starts anew: a span that is open now is not recorded when it ends. */
  reset(): void {
    this.#started.clear();
    this.#ended = [];
    this.#turn = 0;
    this.#deterministic?.reset();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
