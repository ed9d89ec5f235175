import type { Attributes, HrTime } from '@opentelemetry/api';
import type { IdGenerator, ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Turns } from './span-recorder.js';
import { DURATION_SECONDS, LATENCY_MS, TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';

const STARTED_AT = Date.UTC(2000, 0, 1) / 1_000; // seconds

/** Ids that count, and times that go on by a millisecond at each start and each end: two runs of the same code make the same spans. */
export class Deterministic implements IdGenerator {
  #traces = 0;
  #spans = 0;
  readonly #views = new WeakMap<object, ReadableSpan>();

  generateTraceId(): string {
    return (++this.#traces).toString(16).padStart(32, '0');
  }

  generateSpanId(): string {
    return (++this.#spans).toString(16).padStart(16, '0');
  }

  reset(): void {
    this.#traces = this.#spans = 0;
  }

  /** The span with such times. The same view each time. */
  view(span: ReadableSpan, turns: Turns | undefined): ReadableSpan {
    if (turns?.end === undefined) return span;
    let view = this.#views.get(span);
    if (view === undefined) {
      const milliseconds = turns.end - turns.start;
      const { name, kind, parentSpanContext, status, links, events, ended, resource, instrumentationScope } = span;
      const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
      view = {
        ...{ name, kind, status, links, events, ended, resource, instrumentationScope },
        ...{ droppedAttributesCount, droppedEventsCount, droppedLinksCount },
        ...(parentSpanContext && { parentSpanContext }),
        spanContext: () => span.spanContext(),
        startTime: hrTime(turns.start),
        endTime: hrTime(turns.end),
        duration: [Math.floor(milliseconds / 1_000), (milliseconds % 1_000) * 1e6],
        attributes: timed(span.attributes, milliseconds),
      };
      this.#views.set(span, view);
    }
    return view;
  }
}

const hrTime = (turn: number): HrTime => [STARTED_AT + Math.floor(turn / 1_000), (turn % 1_000) * 1e6];

function timed(attributes: Attributes, milliseconds: number): Attributes {
  const changed: Attributes = { ...attributes };
  if (DURATION_SECONDS in changed) changed[DURATION_SECONDS] = milliseconds / 1_000;
  if (LATENCY_MS in changed) changed[LATENCY_MS] = milliseconds;
  if (TIME_TO_FIRST_CHUNK_MS in changed) changed[TIME_TO_FIRST_CHUNK_MS] = 0;
  return changed;
}
