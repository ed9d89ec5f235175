// What is measured: each case's function, bare, traced by hand (the floor) and by spandrel.
// The floor is the span an expert writes with the OpenTelemetry API: the same attributes, JSON.stringify, no redaction, no bounds.
import { context, SpanStatusCode, trace } from '@opentelemetry/api';

/** A hand-written traced call, sync or async. */
export function byHand(name, fn, { names, kind = 'CHAIN' }) {
  const tracer = trace.getTracer('hand');
  return function (...args) {
    const span = tracer.startSpan(name, { attributes: { 'openinference.span.kind': kind } });
    const startedAt = performance.now();
    if (span.isRecording()) {
      const input = {};
      for (let i = 0; i < args.length; i++) input[names[i]] = args[i];
      span.setAttribute('input.value', JSON.stringify(input));
      span.setAttribute('input.mime_type', 'application/json');
    }
    const done = (result) => {
      if (span.isRecording()) {
        span.setAttribute('output.value', typeof result === 'string' ? result : JSON.stringify(result));
        span.setAttribute('output.mime_type', typeof result === 'string' ? 'text/plain' : 'application/json');
        const milliseconds = performance.now() - startedAt;
        span.setAttribute('performance.duration_seconds', milliseconds / 1000);
        span.setAttribute('performance.latency_ms', milliseconds);
        span.setStatus({ code: SpanStatusCode.OK });
      }
      span.end();
      return result;
    };
    const failed = (error) => {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      span.end();
      throw error;
    };
    let result;
    try {
      result = context.with(trace.setSpan(context.active(), span), () => fn.apply(this, args));
    } catch (error) {
      return failed(error);
    }
    return result instanceof Promise ? result.then(done, failed) : done(result);
  };
}

const order = {
  id: 'order-4711',
  customer: 'Acme Corp',
  items: ['a', 'b', 'c'],
  total: 129.5,
  paid: true,
  note: 'leave at the door please',
};
const outcome = { label: 'sales', score: 0.87, reasons: ['price', 'timing'], next: 'demo' };
const sentence = 'The customer asked about the rollout plan and the price of the second year. ';
const chat = [
  { role: 'system', content: sentence.repeat(6) },
  { role: 'user', content: sentence.repeat(12) },
  { role: 'assistant', content: sentence.repeat(6) },
];
const nested = Array.from({ length: 250 }, (_, i) => ({
  id: i,
  title: `Item ${i}`,
  text: sentence.repeat(4),
  tags: ['x', 'y'],
  score: i / 7,
}));
const long = sentence.repeat(Math.ceil(10e6 / sentence.length));
const million = Array.from({ length: 1e6 }, (_, i) => i);

/** name, rounds of calls, the function and its arguments. */
export const CASES = {
  'no arguments, sync': { calls: 20_000, names: [], args: [], fn: () => 1 },
  'small arguments, sync': { calls: 20_000, names: ['order', 'model'], args: [order, 'gpt-4o'], fn: () => outcome },
  'small arguments, async': {
    calls: 20_000,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: async () => outcome,
  },
  '2 kB chat, async': { calls: 10_000, names: ['messages'], args: [chat], fn: async () => outcome },
  '100 kB arguments': { calls: 400, names: ['documents'], args: [nested], fn: () => outcome },
  '10 MB string': { calls: 20, names: ['text', 'n'], args: [long, 1], fn: () => outcome },
  '1,000,000 elements': { calls: 20, names: ['list', 'n'], args: [million, 1], fn: () => outcome },
  unsampled: {
    calls: 40_000,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: () => outcome,
    setup: 'unsampled',
  },
  'no SDK': { calls: 400_000, names: ['order', 'model'], args: [order, 'gpt-4o'], fn: () => outcome, setup: 'none' },
};
