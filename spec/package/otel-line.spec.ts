// The projects are what they say: this decorator mode, this OpenTelemetry line, one copy of its api.
import { context, createContextKey, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

function protocol(_value: unknown, second: unknown): any {
  seen = typeof second === 'object' ? 'standard' : 'legacy';
}
let seen: string | undefined;

it('compiles decorators in the mode that DECORATOR_MODE names', () => {
  class Probe {
    @protocol
    method() {
      return 1;
    }
  }
  expect(new Probe().method()).toBe(1);
  expect(seen).toBe(DECORATOR_MODE);
});

it('loads the OpenTelemetry line that OTEL_LINE names', () => {
  expect('attach' in context).toBe(OTEL_LINE === 3); // new in api 1.10, which only line 3 takes
  expect(require.resolve('@opentelemetry/sdk-trace').includes('otel3')).toBe(OTEL_LINE === 3);
});

it('gives every package the same api copy', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const key = createContextKey('probe');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  trace.setGlobalTracerProvider(provider);
  try {
    context.with(context.active().setValue(key, 'here'), () => {
      trace.getTracer('probe').startActiveSpan('outer', (outer) => {
        expect(context.active().getValue(key)).toBe('here');
        trace.getTracer('probe').startSpan('inner').end();
        outer.end();
      });
    });
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  } finally {
    trace.disable();
    context.disable();
  }
});
