// The ids in an OTLP request, read off the wire: no library of ours or of the SDK's has a say in what is counted.
// opentelemetry/proto/trace/v1/trace.proto: the fields that lead to a span, and of a span its ids and its name.
const RESOURCE_SPANS = 1;
const SCOPE_SPANS = 2;
const SPANS = 2;
const TRACE_ID = 1;
const SPAN_ID = 2;
const NAME = 5;

/** The spans of an ExportTraceServiceRequest: `{ traceId, spanId, name }` each. */
export function otlpSpans(request) {
  return messages(request, RESOURCE_SPANS)
    .flatMap((resource) => messages(resource, SCOPE_SPANS))
    .flatMap((scope) => messages(scope, SPANS))
    .map((span) => ({
      traceId: messages(span, TRACE_ID)[0].toString('hex'),
      spanId: messages(span, SPAN_ID)[0].toString('hex'),
      name: messages(span, NAME)[0]?.toString() ?? '',
    }));
}

/** All that a message holds under a field of a length. */
function messages(message, wanted) {
  const found = [];
  for (let at = 0; at < message.length;) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (tag >> 3 === wanted) found.push(message.subarray(at, at + length));
      at += length;
    } else throw new Error(`no OTLP request: wire type ${wire} at byte ${at}`);

    function varint() {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = message[at++];
        value += (byte & 127) * shift;
        if (byte < 128) return value;
        if (byte === undefined) throw new Error('no OTLP request: it is cut off');
      }
    }
  }
  return found;
}
