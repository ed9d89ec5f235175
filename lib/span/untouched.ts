import { SpanStatusCode, type AttributeValue, type Attributes, type Span, type SpanStatus } from '@opentelemetry/api';

/** What the SDK's spans show of themselves (its `ReadableSpan`); an API-only span shows nothing. */
interface Readable {
  readonly attributes?: Attributes;
  readonly status?: SpanStatus;
}

/** Whether nobody has set the span's status. */
export function isUnset(span: Span): boolean {
  const status = (span as Readable).status;
  return status === undefined || status.code === SpanStatusCode.UNSET;
}

/** An attribute of the span as it stands now. */
export function attributeOf(span: Span, key: string): AttributeValue | undefined {
  return (span as Readable).attributes?.[key];
}

/** Sets an attribute unless the user has: what is there is kept, except the value `ours` that we wrote ourselves. */
export function setIfUnset(span: Span, key: string, value: AttributeValue, ours?: AttributeValue): void {
  const current = attributeOf(span, key);
  if (current === undefined || current === ours) span.setAttribute(key, value);
}

/** Sets each of the attributes: `setAttributes` makes a list of pairs first. */
export function setAll(span: Span, attributes: Attributes): void {
  for (const key in attributes)
    if (Object.hasOwn(attributes, key)) span.setAttribute(key, attributes[key] as AttributeValue);
}

/** {@link setIfUnset} for each attribute; `written` holds what we wrote at the start and may replace. */
export function setAllIfUnset(span: Span, attributes: Attributes, written?: Attributes): void {
  const current = (span as Readable).attributes;
  for (const key in attributes) {
    const value = attributes[key];
    if (value === undefined || !Object.hasOwn(attributes, key)) continue;
    const there = current?.[key];
    if (there === undefined || there === written?.[key]) span.setAttribute(key, value);
  }
}
