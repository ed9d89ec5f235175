import type { AttributeValue, Attributes } from '@opentelemetry/api';
import type { TreeSpan } from '../tree/tree-span.js';

// Loosely typed on purpose: a file may hold anything; what does not fit throws, and the line or the span is skipped.

/** Names of attributes: a set, or whatever can say which are in it. */
export interface AttributeNames {
  has(name: string): boolean;
}

/** A span of a file, and its JSON as it stands there. */
export interface OtlpSpan {
  readonly span: TreeSpan;
  /** Untyped: for what a {@link TreeSpan} has not, such as events. */
  readonly json: any;
}

export interface OtlpLine {
  readonly spans: readonly OtlpSpan[];
  /** Spans that could not be read; their neighbours are there. */
  readonly skipped: number;
}

/** Reads one line of OTLP/JSON. `wanted` names the attributes that are kept. Throws when the line is none. */
export function readOtlpLine(text: string, wanted: AttributeNames): OtlpLine {
  const spans: OtlpSpan[] = [];
  let skipped = 0;
  for (const resource of list(JSON.parse(text).resourceSpans, 'resourceSpans')) {
    for (const scope of list(resource.scopeSpans ?? [], 'scopeSpans')) {
      for (const json of list(scope.spans ?? [], 'spans')) {
        try {
          spans.push({ span: spanOf(json, wanted), json });
        } catch {
          skipped++;
        }
      }
    }
  }
  return { spans, skipped };
}

function list(value: any, name: string): any[] {
  if (!Array.isArray(value)) throw new Error(`no ${name}`);
  return value;
}

function spanOf(json: any, wanted: AttributeNames): TreeSpan {
  const { traceId, spanId, parentSpanId, name } = json;
  const status = json.status ?? {};
  return {
    ...{ traceId: idOf(traceId), spanId: idOf(spanId), parentSpanId: parentSpanId ? idOf(parentSpanId) : undefined },
    name: String(name ?? ''),
    startNs: nanoseconds(json.startTimeUnixNano ?? 0),
    endNs: json.endTimeUnixNano === undefined ? undefined : nanoseconds(json.endTimeUnixNano),
    status: { code: statusCode(status.code), ...(status.message && { message: String(status.message) }) },
    attributes: attributesOf(json.attributes ?? [], wanted),
  };
}

/** Hexadecimal, by the specification; other text of a sane length is let through. */
function idOf(id: unknown): string {
  if (typeof id !== 'string' || id === '' || id.length > 64) throw new Error('a span without an id');
  return id;
}

/** An unsigned integer of 64 bits, as text by the specification. More digits than it has would take BigInt long. */
function nanoseconds(time: unknown): bigint {
  if (typeof time === 'string' && !/^\d{1,20}$/.test(time)) throw new Error('no time');
  const ns = BigInt(time as string | number);
  if (ns < 0n || ns >= 1n << 64n) throw new Error('no time of 64 bits');
  return ns;
}

/** Writers give a number or the name of the protocol's enum. */
function statusCode(code: unknown): number {
  if (code === 2 || code === 'STATUS_CODE_ERROR') return 2;
  return code === 1 || code === 'STATUS_CODE_OK' ? 1 : 0;
}

/** The attributes of a span, an event or a link. */
export function attributesOf(entries: any, wanted: AttributeNames): Attributes {
  const kept = list(entries, 'attributes').filter(({ key }) => wanted.has(key));
  return Object.fromEntries(kept.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(value: any): AttributeValue | undefined {
  if (typeof value?.stringValue === 'string') return value.stringValue;
  if (value?.intValue !== undefined) return Number(value.intValue);
  if (value?.doubleValue !== undefined) return Number(value.doubleValue);
  if (typeof value?.boolValue === 'boolean') return value.boolValue;
  if (Array.isArray(value?.arrayValue?.values)) return value.arrayValue.values.map(valueOf);
  return undefined;
}
