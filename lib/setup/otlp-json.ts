import type { AttributeValue, HrTime, Link } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';

type Entries = Readonly<Record<string, unknown>>;

const HAS_IS_REMOTE = 0x100; // SpanFlags of opentelemetry/proto/trace/v1/trace.proto
const IS_REMOTE = 0x200;
const SPANS_PER_LINE = 64; // a torn line loses no more, and a reader holds no more at once

/** The spans as lines, some a line. `done` is told how many are on the lines that were taken. */
export function* otlpJsonLines(
  spans: readonly ReadableSpan[],
  failed: (error: unknown) => void,
  done?: (spans: number) => void,
): Generator<string> {
  for (let i = 0; i < spans.length; i += SPANS_PER_LINE) {
    const batch = spans.slice(i, i + SPANS_PER_LINE);
    const line = otlpJsonLine(batch, failed);
    if (line !== undefined) yield line;
    done?.(i + batch.length);
  }
}

/**
 * Spans as one OTLP/JSON `{"resourceSpans":[…]}` on one line (opentelemetry-proto, docs/specification.md#json-protobuf-encoding).
 * Ours instead of the SDK's serialiser, which writes integers beyond int64 and NaN as values that no reader accepts, and
 * which only a dependency of a dependency gives. A span that cannot be written is left out and handed to `failed`.
 */
function otlpJsonLine(spans: readonly ReadableSpan[], failed: (error: unknown) => void): string | undefined {
  const byResource = new Map<object, Map<string, string[]>>();
  for (const span of spans) {
    try {
      const json = JSON.stringify(otlpSpan(span));
      const byScope = entry(byResource, span.resource, () => new Map<string, string[]>());
      entry(byScope, JSON.stringify(otlpScope(span)), () => []).push(json);
    } catch (error) {
      failed(error);
    }
  }
  if (byResource.size === 0) return undefined;
  const resourceSpans = [...byResource].map(([resource, byScope]) => {
    const scopeSpans = [...byScope].map(([scope, jsons]) => `{"scope":${scope},"spans":[${jsons.join(',')}]}`);
    const attributes = JSON.stringify(keyValues((resource as ReadableSpan['resource']).attributes));
    return `{"resource":{"attributes":${attributes}},"scopeSpans":[${scopeSpans.join(',')}]}`;
  });
  return `{"resourceSpans":[${resourceSpans.join(',')}]}\n`;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function otlpScope({ instrumentationScope: { name, version } }: ReadableSpan): Entries {
  return version ? { name, version } : { name };
}

function otlpSpan(span: ReadableSpan): Entries {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const parent = span.parentSpanContext;
  return {
    traceId,
    spanId,
    ...(traceState && { traceState: traceState.serialize() }),
    ...(parent?.spanId && { parentSpanId: parent.spanId }),
    flags: flags(traceFlags, parent?.isRemote),
    name: span.name,
    kind: span.kind + 1, // the wire's 0 is "unspecified"
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: nanoseconds(span.endTime),
    attributes: keyValues(span.attributes),
    ...counted('droppedAttributesCount', span.droppedAttributesCount),
    ...(span.events.length > 0 && { events: span.events.map(otlpEvent) }),
    ...counted('droppedEventsCount', span.droppedEventsCount),
    ...(span.links.length > 0 && { links: span.links.map(otlpLink) }),
    ...counted('droppedLinksCount', span.droppedLinksCount),
    status: { ...(span.status.message && { message: span.status.message }), ...counted('code', span.status.code) },
  };
}

const otlpEvent = ({ name, time, attributes, droppedAttributesCount }: TimedEvent): Entries => ({
  timeUnixNano: nanoseconds(time),
  name,
  attributes: keyValues(attributes ?? {}),
  ...counted('droppedAttributesCount', droppedAttributesCount),
});

const otlpLink = ({ context, attributes, droppedAttributesCount }: Link): Entries => ({
  traceId: context.traceId,
  spanId: context.spanId,
  ...(context.traceState && { traceState: context.traceState.serialize() }),
  attributes: keyValues(attributes ?? {}),
  ...counted('droppedAttributesCount', droppedAttributesCount),
  flags: flags(context.traceFlags, context.isRemote),
});

const flags = (traceFlags: number, isRemote: boolean | undefined) =>
  (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0);
const nanoseconds = ([seconds, nanos]: HrTime) =>
  String(BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos)));
const counted = (name: string, count: number | undefined): Entries => (count ? { [name]: count } : {}); // proto3: 0 is left out

function keyValues(attributes: Entries): Entries[] {
  return Object.keys(attributes).map((key) => ({ key, value: anyValue(attributes[key] as AttributeValue) }));
}

function anyValue(value: unknown): Entries {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      if (Number.isSafeInteger(value)) return { intValue: String(value) };
      return { doubleValue: Number.isFinite(value) ? value : String(value) }; // "NaN", "Infinity", "-Infinity"
    case 'object':
      if (value === null) return {};
      if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
      if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
      return { kvlistValue: { values: keyValues(value as Entries) } };
    default:
      return {};
  }
}
