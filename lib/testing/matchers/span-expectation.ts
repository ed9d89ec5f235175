import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { SPAN_KIND } from '../../conventions/openinference.js';
import { checkOptions } from '../../options.js';
import { isAs, shown } from './equality.js';

/** What `toHaveSpan` asks of a span. What is left out does not matter. */
export interface SpanExpectation {
  /** The OpenInference kind, in any case. */
  readonly kind?: string | undefined;
  /** These attributes, beside any others. A value may be a pattern or an asymmetric matcher; `undefined`: it must not be there. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly status?: 'ok' | 'error' | 'unset' | undefined;
  /** The name of the span above or a pattern, the span itself, or null for a root. */
  readonly parent?: string | RegExp | ReadableSpan | null | undefined;
  /** How many links, or the spans that it is linked to. */
  readonly links?: number | readonly ReadableSpan[] | undefined;
  /** Events that must be there, by name or with some of their attributes. */
  readonly events?: readonly (string | { readonly name: string; readonly attributes?: object })[] | undefined;
}

const KEYS = ['kind', 'attributes', 'status', 'parent', 'links', 'events'];
const STATUS = { ok: SpanStatusCode.OK, error: SpanStatusCode.ERROR, unset: SpanStatusCode.UNSET };

/** Throws for a key that does not exist: an expectation that is not read would always be met. */
export function checkExpectation(matcher: string, expectation: SpanExpectation): void {
  checkOptions(matcher, expectation, KEYS);
  const { status } = expectation;
  if (status !== undefined && !Object.hasOwn(STATUS, status))
    throw new TypeError(`${matcher}: status is ok, error or unset, not ${shown(status)}.`);
}

/** In what a span is not as expected, a line each; none where it is. `spans`: all that were recorded, to find its parent. */
export function differences(span: ReadableSpan, expected: SpanExpectation, spans: readonly ReadableSpan[]): string[] {
  const lines: string[] = [];
  const differ = (what: string, wanted: unknown, got: unknown) =>
    lines.push(`${what}: expected ${shown(wanted)}, got ${shown(got)}`);

  const kind = expected.kind?.toUpperCase();
  if (kind !== undefined && span.attributes[SPAN_KIND] !== kind) differ('kind', kind, span.attributes[SPAN_KIND]);
  for (const [name, wanted] of Object.entries(expected.attributes ?? {}))
    if (!isAs(span.attributes[name], wanted)) differ(`attributes["${name}"]`, wanted, span.attributes[name]);
  if (expected.status !== undefined && span.status.code !== STATUS[expected.status])
    differ('status', expected.status, `${SpanStatusCode[span.status.code]} ${span.status.message ?? ''}`.trim());
  if (expected.parent !== undefined && !isParent(span, expected.parent, spans))
    differ('parent', nameOfParent(expected.parent), parentOf(span, spans)?.name ?? (span.parentSpanContext ? 'a span that is not here' : null)); // prettier-ignore
  if (typeof expected.links === 'number' && span.links.length !== expected.links)
    differ('links', expected.links, span.links.length);
  if (Array.isArray(expected.links))
    for (const linked of expected.links as readonly ReadableSpan[])
      if (!span.links.some(({ context }) => context.spanId === linked.spanContext().spanId))
        lines.push(`links: none to ${shown(linked.name)}`);
  for (const event of expected.events ?? []) lines.push(...missingEvent(span, event));
  return lines;
}

/** The span above, where it was recorded. */
export function parentOf(span: ReadableSpan, spans: readonly ReadableSpan[]): ReadableSpan | undefined {
  const id = span.parentSpanContext?.spanId;
  return id === undefined ? undefined : spans.find((one) => one.spanContext().spanId === id);
}

function isParent(
  span: ReadableSpan,
  expected: NonNullable<SpanExpectation['parent']> | null,
  spans: readonly ReadableSpan[],
): boolean {
  if (expected === null) return span.parentSpanContext === undefined;
  if (typeof expected === 'string' || expected instanceof RegExp) {
    const parent = parentOf(span, spans);
    return parent !== undefined && isAs(parent.name, expected);
  }
  return span.parentSpanContext?.spanId === expected.spanContext().spanId;
}

const nameOfParent = (expected: SpanExpectation['parent']) =>
  typeof expected === 'object' && expected !== null && 'name' in expected ? expected.name : expected;

function missingEvent(span: ReadableSpan, expected: NonNullable<SpanExpectation['events']>[number]): string[] {
  const { name, attributes = {} } = typeof expected === 'string' ? { name: expected } : expected;
  const named = span.events.filter((event) => event.name === name);
  const fits = named.some((event) =>
    Object.entries(attributes).every(([key, value]) => isAs(event.attributes?.[key], value)),
  );
  if (fits) return [];
  const found = named.length > 0 ? named.map((event) => event.attributes) : span.events.map((event) => event.name);
  return [`events: expected ${shown(expected)}, got ${shown(found)}`];
}
