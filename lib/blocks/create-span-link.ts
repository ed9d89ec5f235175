import { INVALID_SPAN_CONTEXT, type Attributes, type Link, type Span, type SpanContext } from '@opentelemetry/api';
import { toLink } from '../attributes/link-attributes.js';
import { spanOfResult } from '../span/result-spans.js';
import { reportOnce, safely } from '../safely.js';

/**
 * A link to a span, for the `links` option or OpenTelemetry's own API. Takes a span, its context, or an object that a traced call returned,
 * which remembers its span: a later call can link to where its input came from.
 *
 * ```ts
 * @TraceFunction<Pipeline['analyze']>({ links: ({ args: [classification] }) => [createSpanLink(classification)] })
 * ```
 *
 * What is no span gives a link that leads nowhere, which our own `links` option leaves out: a missing span must not stop the call.
 */
export function createSpanLink(target: Span | SpanContext | object | undefined, attributes: Attributes = {}): Link {
  const link = safely('a link could not be read', toLink, spanOfResult(target) ?? target, attributes);
  if (link) return link;
  // no active span is what there is without an SDK: nothing to warn about
  if (target !== undefined)
    reportOnce(`createSpanLink: expected a span or a span context, got ${target === null ? 'null' : typeof target}`);
  return { context: INVALID_SPAN_CONTEXT, attributes };
}
