import type { AttributeValue, Attributes } from '@opentelemetry/api';
import type { TreeSpan } from '../tree/tree-span.js';

// Loosely typed on purpose: a file may hold anything; what does not fit throws, and the line is skipped.

/** Gives each span of one line of OTLP/JSON to `take`. `wanted` names the attributes that are kept. Throws when the line is none. */
export function readOtlpLine(text: string, wanted: ReadonlySet<string>, take: (span: TreeSpan) => void): void {
  for (const resource of list(JSON.parse(text).resourceSpans, 'resourceSpans')) {
    for (const scope of list(resource.scopeSpans ?? [], 'scopeSpans')) {
      for (const span of list(scope.spans ?? [], 'spans')) take(spanOf(span, wanted));
    }
  }
}

function list(value: any, name: string): any[] {
  if (!Array.isArray(value)) throw new Error(`no ${name}`);
  return value;
}

function spanOf(span: any, wanted: ReadonlySet<string>): TreeSpan {
  const { traceId, spanId, parentSpanId, name, status = {} } = span;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') throw new Error('a span without an id');
  return {
    ...{ traceId, spanId, parentSpanId: parentSpanId || undefined, name: String(name ?? '') },
    startNs: BigInt(span.startTimeUnixNano ?? 0),
    endNs: span.endTimeUnixNano === undefined ? undefined : BigInt(span.endTimeUnixNano),
    status: { code: statusCode(status.code), ...(status.message && { message: String(status.message) }) },
    attributes: attributesOf(span.attributes ?? [], wanted),
  };
}

/** Writers give a number or the name of the protocol's enum. */
function statusCode(code: unknown): number {
  if (code === 2 || code === 'STATUS_CODE_ERROR') return 2;
  return code === 1 || code === 'STATUS_CODE_OK' ? 1 : 0;
}

function attributesOf(entries: any, wanted: ReadonlySet<string>): Attributes {
  const kept = list(entries, 'attributes').filter(({ key }) => wanted.has(key));
  return Object.fromEntries(kept.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(value: any): AttributeValue | undefined {
  if (typeof value?.stringValue === 'string') return value.stringValue;
  if (value?.intValue !== undefined) return Number(value.intValue);
  if (value?.doubleValue !== undefined) return Number(value.doubleValue);
  if (typeof value?.boolValue === 'boolean') return value.boolValue;
  if (value?.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(valueOf);
  return undefined;
}
