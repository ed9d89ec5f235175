import type { ContentEvent, ContentLink, ContentValue, SpanContent } from './report-data.js';

// Loosely typed on purpose, as lib/cli/otlp-span.ts is: what does not fit is left out.

const MAX_VALUE = 32_768; // what capture lets a message have
const MAX_SPAN = 400_000;
const MAX_ITEMS = 100; // events, links, elements of a list
const MAX_DEPTH = 6;

/** What a span of OTLP/JSON says, bounded. */
export function spanContent(json: any): SpanContent {
  const room = { left: MAX_SPAN, omitted: 0 };
  const attributes = valuesOf(json.attributes, room);
  const events = itemsOf(json.events).map((event) => eventOf(event, json.startTimeUnixNano, room));
  const links = itemsOf(json.links).map((link) => linkOf(link, room));
  const message = json.status?.message;
  return {
    ...{ spanId: text(json.spanId, room), attributes },
    ...(typeof message === 'string' && message !== '' && { statusMessage: text(message, room) }),
    ...(events.length > 0 && { events }),
    ...(links.length > 0 && { links }),
    ...(room.omitted > 0 && { omitted: room.omitted }),
  };
}

/** How many characters of contents a span has, roughly: without making them. */
export function contentLength(json: any): number {
  let length = 200;
  for (const entry of Array.isArray(json.attributes) ? json.attributes : []) {
    const value = entry?.value?.stringValue;
    length += 30 + (typeof value === 'string' ? Math.min(value.length, MAX_VALUE) : 0);
  }
  return Math.min(length, MAX_SPAN);
}

/** Characters that a span may still have. */
interface Room {
  left: number;
  omitted: number;
}

function valuesOf(entries: unknown, room: Room): Record<string, ContentValue> {
  const values: [string, ContentValue][] = [];
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (typeof entry?.key !== 'string') continue;
    if (room.left <= 0) room.omitted++;
    else values.push([text(entry.key, room), valueOf(entry.value, room, 0)]);
  }
  return Object.fromEntries(values);
}

function valueOf(value: any, room: Room, depth: number): ContentValue {
  if (typeof value?.stringValue === 'string') return text(value.stringValue, room);
  if (value?.intValue !== undefined) return number(value.intValue);
  if (value?.doubleValue !== undefined) return number(value.doubleValue);
  if (typeof value?.boolValue === 'boolean') return value.boolValue;
  if (typeof value?.bytesValue === 'string') return text(value.bytesValue, room);
  if (depth >= MAX_DEPTH) return '…';
  const items = value?.arrayValue?.values;
  if (Array.isArray(items)) return items.slice(0, MAX_ITEMS).map((item) => valueOf(item, room, depth + 1));
  if (value?.kvlistValue !== undefined) return JSON.stringify(valuesOf(value.kvlistValue?.values, room));
  return null;
}

/** Numbers that JSON has no digits for, and those that a double would round, as text. */
function number(value: unknown): ContentValue {
  const read = Number(value);
  const isExact = Number.isFinite(read) && (typeof value === 'number' || Number.isSafeInteger(read) || !/^-?\d+$/.test(String(value))); // prettier-ignore
  return isExact ? read : String(value).slice(0, 40);
}

function text(value: unknown, room: Room): string {
  const whole = String(value);
  const limit = Math.max(0, Math.min(MAX_VALUE, room.left));
  room.left -= Math.min(whole.length, limit) + 20;
  return whole.length > limit ? `${whole.slice(0, limit)}…[+${whole.length - limit} chars]` : whole;
}

const itemsOf = (items: unknown): any[] => (Array.isArray(items) ? items.slice(0, MAX_ITEMS) : []);

function eventOf(event: any, spanStart: unknown, room: Room): ContentEvent {
  return {
    name: text(event?.name ?? '', room),
    at: millisecondsBetween(spanStart, event?.timeUnixNano),
    attributes: valuesOf(event?.attributes, room),
  };
}

const linkOf = (link: any, room: Room): ContentLink => ({
  traceId: text(link?.traceId ?? '', room),
  spanId: text(link?.spanId ?? '', room),
  attributes: valuesOf(link?.attributes, room),
});

// Not by Number alone: nanoseconds since the epoch are beyond its 53 bits.
function millisecondsBetween(from: unknown, to: unknown): number {
  const [a, b] = [from, to].map((time) => (/^\d{1,20}$/.test(String(time)) ? BigInt(String(time)) : undefined));
  return a === undefined || b === undefined ? 0 : Number(b - a) / 1e6;
}
