import type { AttributeValue, Attributes, Context, Span, SpanStatus } from '@opentelemetry/api';
import { redactAttribute } from '../capture/redact-attribute.js';
import { redactionOf } from '../context/redaction-of.js';
import { REDACTED } from '../conventions/redacted.js';
import { settings } from '../settings.js';

/** What the SDK's spans show of themselves. */
interface Readable {
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly attributes?: Attributes }[];
  readonly status?: SpanStatus;
}

/** Withholds secrets in what another library has written on its span: attributes, events, the status's message. */
export function redactSpan(span: Span, around: Context): void {
  const { attributes = {} } = span as Readable;
  eachRedacted(attributes, redactionIn(around), (name, value) => span.setAttribute(name, value));
  redactEvents(span, around);
}

/** Withholds secrets in a span's events and in its status, such as an exception that the user's code has recorded by hand. */
export function redactEvents(span: Span, around: Context): void {
  const { events = [], status } = span as Readable;
  // an event has no setter: its attributes are an object of the span's own, which nothing has read yet
  for (const { attributes } of events) {
    if (attributes) eachRedacted(attributes, redactionIn(around), (name, value) => (attributes[name] = value));
  }
  if (status?.message === undefined) return;
  const message = settings.hidden.exceptions ? REDACTED : redactionOf(around).text(status.message);
  if (message !== status.message) span.setStatus({ code: status.code, message });
}

type Redact = (name: string, value: AttributeValue) => AttributeValue;

function redactionIn(around: Context): Redact {
  const redaction = redactionOf(around);
  return (name, value) => redactAttribute(name, value, redaction, settings.hidden);
}

function eachRedacted(
  attributes: Attributes,
  redact: Redact,
  set: (name: string, value: AttributeValue) => unknown,
): void {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined) continue;
    const fit = redact(name, value);
    if (fit !== value) set(name, fit);
  }
}
