import type { Attributes, Link, Span, SpanContext } from '@opentelemetry/api';

/** A link to a span, a span's context, or a link as it is; undefined for anything else. */
export function toLink(target: unknown, attributes?: Attributes): Link | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { spanContext, context, traceId } = target as Partial<Span & Link & SpanContext>;
  if (typeof spanContext === 'function') return withAttributes((target as Span).spanContext(), attributes);
  if (typeof context === 'object' && typeof (context as SpanContext | null)?.traceId === 'string')
    return withAttributes(context, { ...(target as Link).attributes, ...attributes });
  return typeof traceId === 'string' ? withAttributes(target as SpanContext, attributes) : undefined;
}

function withAttributes(context: SpanContext, attributes: Attributes | undefined): Link {
  return attributes === undefined ? { context } : { context, attributes };
}

/** Each link once more as `link.<i>.{trace_id,span_id,type}`: Phoenix drops span links. */
export function linkAttributes(links: readonly Link[]): Attributes {
  const attributes: Attributes = {};
  links.forEach(({ context, attributes: own }, i) => {
    attributes[`link.${i}.trace_id`] = context.traceId;
    attributes[`link.${i}.span_id`] = context.spanId;
    const type = own?.['link.type'];
    if (type !== undefined) attributes[`link.${i}.type`] = type;
  });
  return attributes;
}
