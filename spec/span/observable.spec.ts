import { interval, Observable, take } from 'rxjs';
import { trace } from '@opentelemetry/api';
import { TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

class Service {
  @TraceFunction()
  ticks(count: number): Observable<number> {
    return new Observable((subscriber) => {
      trace.getTracer('other').startSpan('inside').end();
      return interval(1).pipe(take(count)).subscribe(subscriber);
    });
  }
}

it('each subscription of an Observable is a span, from the subscription to its end', async () => {
  const ticks = new Service().ticks(2);
  expect(ticks).toBeInstanceOf(Observable);
  for (let i = 0; i < 2; i++) await new Promise<void>((complete) => ticks.subscribe({ complete }));
  const spans = tracing.spans.filter(({ name }) => name === 'Service.ticks');
  expect(
    spans.map(({ attributes }) => [
      attributes['input.value'],
      attributes['output.value'],
      attributes['performance.chunks'],
    ]),
  ).toEqual([
    ['{"count":2}', '[0,1]', 2],
    ['{"count":2}', '[0,1]', 2],
  ]);
  const inside = tracing.spans.filter(({ name }) => name === 'inside');
  expect(inside.map((span) => span.parentSpanContext?.spanId)).toEqual(spans.map((span) => span.spanContext().spanId));
  expect(tracing.open()).toEqual([]);
});
