import { context, createContextKey, trace } from '@opentelemetry/api';
import { traced, withMetadata } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

// The context that a call runs in is of our own make: it must answer as OpenTelemetry's does.

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const mine = createContextKey('mine');
const child = traced(() => 1, { spanName: 'child' });
const parentOf = (name: string) => tracing.byName(name).parentSpanContext?.spanId;
const inCall = (body: () => void) => withMetadata({ sessionId: 's' }, traced(body, { spanName: 'call' }));

it('takes values, keeps the span beside them, and is not changed by it', () => {
  inCall(() => {
    const active = context.active();
    const more = active.setValue(mine, 1);
    expect([more.getValue(mine), active.getValue(mine)]).toEqual([1, undefined]);
    expect(trace.getSpan(more)).toBe(trace.getActiveSpan());
    const less = more.deleteValue(mine);
    expect([less.getValue(mine), more.getValue(mine)]).toEqual([undefined, 1]);
    expect(trace.getSpan(less)).toBe(trace.getActiveSpan());
    context.with(more, child);
  });
  expect(parentOf('child')).toBe(tracing.byName('call').spanContext().spanId);
  expect(tracing.byName('child').attributes['session.id']).toBe('s');
});

it('takes another span, and keeps its values', () => {
  const other = trace.getTracer('other').startSpan('other');
  inCall(() => {
    const own = trace.getActiveSpan();
    const more = trace.setSpan(context.active().setValue(mine, 1), other);
    expect([trace.getSpan(more), trace.getActiveSpan(), more.getValue(mine)]).toEqual([other, own, 1]);
    context.with(more, child);
  });
  other.end();
  expect(parentOf('child')).toBe(other.spanContext().spanId);
  expect(tracing.byName('child').attributes['session.id']).toBe('s');
});

it('lets its span be taken away: what starts in it then is the root of a trace, in the same scopes', () => {
  inCall(() => {
    const bare = trace.deleteSpan(context.active().setValue(mine, 1));
    expect([trace.getSpan(bare), bare.getValue(mine)]).toEqual([undefined, 1]);
    context.with(bare, child);
  });
  expect(parentOf('child')).toBeUndefined();
  expect(tracing.byName('child').attributes['session.id']).toBe('s');
});

it('has the values of the context around it', () => {
  const seen = context.with(context.active().setValue(mine, 'around'), () =>
    traced(() => traced(() => context.active().getValue(mine))())(),
  );
  expect(seen).toBe('around');
});
