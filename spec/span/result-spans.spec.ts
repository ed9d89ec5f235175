import { context, trace, TraceFlags } from '@opentelemetry/api';
import { captureSpanContext, traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());
const idOf = (name: string) => tracing.byName(name).spanContext().spanId;

it('a function that a call gives has the call’s span', () => {
  const made = traced(() => () => 1, { spanName: 'call' })();
  expect(captureSpanContext(made)?.spanId).toBe(idOf('call'));
});

it.each([null, undefined, 'text', 7, true, Symbol('s'), 1n])('a call may give %p, which has no span', (value) => {
  expect(traced(() => value, { spanName: 'call' })()).toBe(value);
  if (value !== undefined) expect(captureSpanContext(value)).toBeUndefined();
  expect(tracing.byName('call').status.code).toBe(1);
});

it('what an unsampled call gives has no span', () => {
  const unsampled = trace.setSpanContext(context.active(), {
    traceId: '1'.repeat(32),
    spanId: '1'.repeat(16),
    traceFlags: TraceFlags.NONE,
  });
  const made = context.with(unsampled, () => traced(() => ({}), { spanName: 'call' })());
  expect(captureSpanContext(made)).toBeUndefined();
});

it('a promise has no span of its own, what it gives has', async () => {
  const promise = traced(async () => ({}), { spanName: 'call' })();
  expect(captureSpanContext(promise)).toBeUndefined();
  expect(captureSpanContext(await promise)?.spanId).toBe(idOf('call'));
});
