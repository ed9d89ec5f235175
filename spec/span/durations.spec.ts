import { metrics } from '@opentelemetry/api';
import { DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

class PullReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

const tracing = testTracing();
const reader = new PullReader();
const provider = new MeterProvider({ readers: [reader] });
beforeAll(() => void metrics.setGlobalMeterProvider(provider));
afterAll(async () => {
  metrics.disable();
  await provider.shutdown();
  await tracing.shutdown();
});

/** The sum of each histogram. */
async function measured(): Promise<Record<string, number | undefined>> {
  const { resourceMetrics } = await reader.collect();
  const sums: Record<string, number | undefined> = {};
  for (const metric of resourceMetrics.scopeMetrics.flatMap(({ metrics: list }) => list))
    if (metric.dataPointType === DataPointType.HISTOGRAM)
      sums[metric.descriptor.name] = metric.dataPoints.reduce((sum, { value }) => sum + (value.sum ?? 0), 0);
  return sums;
}

it('a call is measured as its span says, in seconds, and its first chunk only where there was one', async () => {
  traced(() => 1, { spanName: 'whole', spanKind: 'LLM', modelName: 'm' })();
  const whole = tracing.byName('whole').attributes;
  const before = await measured();
  expect(before['gen_ai.client.operation.duration']).toBe(whole['performance.duration_seconds']);
  expect(before).not.toHaveProperty(['gen_ai.client.operation.time_to_first_chunk']);

  const stream = traced(async function* () { yield 1; }, { spanName: 'stream', spanKind: 'LLM', modelName: 'm' }); // prettier-ignore
  for await (const _ of stream());
  const streamed = tracing.byName('stream').attributes;
  const after = await measured();
  expect(after['gen_ai.client.operation.duration']).toBe(
    (whole['performance.duration_seconds'] as number) + (streamed['performance.duration_seconds'] as number),
  );
  expect(after['gen_ai.client.operation.time_to_first_chunk']).toBe(
    (streamed['performance.time_to_first_chunk_ms'] as number) / 1_000,
  );
});

it('its span is of the scope spandrel', () => {
  traced(() => 1, { spanName: 'scoped' })();
  expect(tracing.byName('scoped').instrumentationScope.name).toBe('spandrel');
});
