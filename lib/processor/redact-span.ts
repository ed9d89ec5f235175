import type { AttributeValue, Attributes, Context, Link, Span, SpanStatus } from '@opentelemetry/api';
import { redactAttribute } from '../capture/redact-attribute.js';
import { redactionOf } from '../context/redaction-of.js';
import { REDACTED } from '../conventions/redacted.js';
import { settings } from '../settings.js';

/** What the SDK's spans show of themselves. */
interface Readable {
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly links?: Link[];
  readonly events?: readonly { readonly attributes?: Attributes }[];
  readonly status?: SpanStatus;
}

/** The context that a span's redaction is found in; most spans of ours need none. */
export type ContextOf = (span: Span) => Context;

/** Withholds secrets in what another library has written on its span: its name, attributes, links, events, the status's message. */
export function redactSpan(span: Span, contextOf: ContextOf): void {
  const { name = '', attributes = {} } = span as Readable;
  const around = contextOf(span);
  const fit = redactionOf(around).text(name);
  if (fit !== name) span.updateName(fit);
  eachRedacted(attributes, redactionIn(around), (key, value) => span.setAttribute(key, value));
  redactEvents(span, contextOf);
}

/** Withholds secrets in a span's links, its events and its status, such as an exception that the user's code has recorded by hand. */
export function redactEvents(span: Span, contextOf: ContextOf): void {
  const { events, links, status } = span as Readable;
  if (links?.length || events?.length) {
    const redact = redactionIn(contextOf(span));
    // a link is the object that its maker holds; the list is the span's own
    links?.forEach((link, i) => {
      if (link.attributes) links[i] = { ...link, attributes: redactedCopy(link.attributes, redact) };
    });
    // an event has no setter: its attributes are an object of the span's own, which nothing has read yet
    events?.forEach(({ attributes }) => {
      if (attributes) eachRedacted(attributes, redact, (name, value) => (attributes[name] = value));
    });
  }
  if (status?.message === undefined) return;
  const message = settings.hidden.exceptions ? REDACTED : redactionOf(contextOf(span)).text(status.message);
  if (message !== status.message) span.setStatus({ code: status.code, message });
}

type Redact = (name: string, value: AttributeValue) => AttributeValue;

function redactionIn(around: Context): Redact {
  const redaction = redactionOf(around);
  return (name, value) => redactAttribute(name, value, redaction, settings.hidden);
}

function redactedCopy(attributes: Attributes, redact: Redact): Attributes {
  const copy = { ...attributes };
  eachRedacted(attributes, redact, (name, value) => (copy[name] = value));
  return copy;
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
