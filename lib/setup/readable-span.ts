import {
  createTraceState,
  SpanKind,
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';
import { loadSdk } from './sdk.js';

// Loosely typed on purpose: a file may hold anything; what does not fit throws, and its line is skipped.

/** By their number on the wire, where 0 is "unspecified". */
const KINDS = [
  SpanKind.INTERNAL,
  SpanKind.INTERNAL,
  SpanKind.SERVER,
  SpanKind.CLIENT,
  SpanKind.PRODUCER,
  SpanKind.CONSUMER,
];
const IS_REMOTE = 0x200; // SpanFlags of opentelemetry/proto/trace/v1/trace.proto

/** The spans of one line of OTLP/JSON, as an exporter takes them. Throws when the line is none. */
export function readableSpans(line: string): ReadableSpan[] {
  const { resourceFromAttributes } = loadSdk().resources;
  return list(JSON.parse(line)?.resourceSpans, 'resourceSpans').flatMap((entry) => {
    const resource = resourceFromAttributes(attributesOf(entry?.resource?.attributes));
    return list(entry.scopeSpans ?? [], 'scopeSpans').flatMap(({ scope = {}, spans = [] }) => {
      const { name = '', version } = scope;
      const instrumentationScope = { name: String(name), ...(version && { version: String(version) }) };
      return list(spans, 'spans').map((span) => readableSpan(span, { resource, instrumentationScope }));
    });
  });
}

function readableSpan(
  span: any,
  origin: Pick<ReadableSpan, 'resource' | 'instrumentationScope'>,
): ReadableSpan & { ended: true } {
  const { traceId, spanId, parentSpanId, flags = 1, traceState } = span;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') throw new Error('a span without an id');
  const spanContext = contextOf({ traceId, spanId, flags: flags & ~IS_REMOTE, traceState });
  const startTime = hrTime(span.startTimeUnixNano);
  const endTime = hrTime(span.endTimeUnixNano ?? span.startTimeUnixNano);
  return {
    name: String(span.name ?? ''),
    kind: KINDS[span.kind as number] ?? SpanKind.INTERNAL,
    spanContext: () => spanContext,
    ...(parentSpanId && { parentSpanContext: contextOf({ traceId, spanId: parentSpanId, flags }) }),
    ...{ startTime, endTime, duration: difference(startTime, endTime), ended: true },
    status: { code: span.status?.code ?? 0, ...(span.status?.message && { message: String(span.status.message) }) },
    attributes: attributesOf(span.attributes),
    links: list(span.links ?? [], 'links').map(linkOf),
    events: list(span.events ?? [], 'events').map(eventOf),
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
    ...origin,
  };
}

const linkOf = (link: any): Link => ({
  context: contextOf(link),
  attributes: attributesOf(link.attributes),
  droppedAttributesCount: link.droppedAttributesCount ?? 0,
});

const eventOf = (event: any): TimedEvent => ({
  name: String(event.name ?? ''),
  time: hrTime(event.timeUnixNano),
  attributes: attributesOf(event.attributes),
  droppedAttributesCount: event.droppedAttributesCount ?? 0,
});

const contextOf = ({ traceId, spanId, flags = 1, traceState }: any): SpanContext => ({
  ...{ traceId, spanId, traceFlags: flags & 0xff, isRemote: (flags & IS_REMOTE) !== 0 },
  ...(traceState && { traceState: createTraceState(String(traceState)) }),
});

function hrTime(nanoseconds: unknown): HrTime {
  const ns = BigInt((nanoseconds ?? 0) as string);
  return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
}

function difference(from: HrTime, to: HrTime): HrTime {
  const seconds = to[0] - from[0];
  const nanos = to[1] - from[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
}

function list(value: any, name: string): any[] {
  if (!Array.isArray(value)) throw new Error(`no ${name}`);
  return value;
}

const attributesOf = (entries: any): Attributes =>
  Object.fromEntries(list(entries ?? [], 'attributes').map(({ key, value }) => [key, valueOf(value)]));

function valueOf(value: any): any {
  if (value?.stringValue !== undefined) return value.stringValue;
  if (value?.boolValue !== undefined) return value.boolValue;
  if (value?.intValue !== undefined) return Number(value.intValue);
  if (value?.doubleValue !== undefined) return Number(value.doubleValue);
  if (value?.bytesValue !== undefined) return Buffer.from(value.bytesValue, 'base64');
  if (value?.arrayValue !== undefined) return list(value.arrayValue.values ?? [], 'values').map(valueOf);
  if (value?.kvlistValue !== undefined) return attributesOf(value.kvlistValue.values);
  return undefined;
}
