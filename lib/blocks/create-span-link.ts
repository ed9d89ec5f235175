import { INVALID_SPAN_CONTEXT, type Attributes, type Link, type Span, type SpanContext } from '@opentelemetry/api';
import { toLink } from '../attributes/link-attributes.js';
import { reportOnce } from '../safely.js';

/**
 * A link to a span, for the `links` option or OpenTelemetry's own API.
 *
 * ```ts
 * const link = createSpanLink(classification.spanContext(), { 'link.type': 'related_analysis' });
 * ```
 *
 * What is no span gives a link that leads nowhere, which our own `links` option leaves out: a missing span must not stop the call.
 */
export function createSpanLink(target: Span | SpanContext | undefined, attributes: Attributes = {}): Link {
  const link = toLink(target, attributes);
  if (link) return link;
  // no active span is what there is without an SDK: nothing to warn about
  if (target !== undefined)
    reportOnce(`createSpanLink: expected a span or a span context, got ${target === null ? 'null' : typeof target}`);
  return { context: INVALID_SPAN_CONTEXT, attributes };
}
