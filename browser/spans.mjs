// Lines of a trace file, short to write.
const START = Date.UTC(2026, 10, 22, 9, 30);

/** One line: a trace's spans, times in milliseconds from 09:30 UTC. */
export function line(...spans) {
  return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: spans.map(wire) }] }] })}\n`;
}

function wire({ trace = 'a', id, parent, name = id, from = 0, to = from + 1, error, attributes = {}, events, links }) {
  return {
    ...{ traceId: trace.padEnd(32, '0'), spanId: id, parentSpanId: parent, name, events, links },
    ...{ startTimeUnixNano: nano(from), endTimeUnixNano: nano(to), attributes: keyValues(attributes) },
    status: error === undefined ? {} : { code: 2, message: error },
  };
}

const nano = (ms) => String(BigInt(START) * 1_000_000n + BigInt(Math.round(ms * 1e6)));

export const keyValues = (attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

function anyValue(value) {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value === 'number') return { doubleValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return { stringValue: value };
}
