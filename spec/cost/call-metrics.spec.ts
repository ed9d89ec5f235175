import { metrics } from '@opentelemetry/api';
import { DataPointType, MeterProvider, MetricReader, type CollectionResult } from '@opentelemetry/sdk-metrics';
import { configure, traced } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';

class PullReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

const answer = (id: string, more: object = {}) => ({
  id,
  object: 'chat.completion',
  model: 'dollar-model',
  choices: [],
  usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000, total_tokens: 1_500_000 },
  ...more,
});

let reader: PullReader;
let provider: MeterProvider;
beforeEach(() => {
  configure({ modelCosts: { 'dollar-model': { input: 1, output: 2 } } });
  reader = new PullReader();
  provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
});
afterEach(async () => {
  metrics.disable();
  await provider.shutdown();
  resetConfiguration();
});

/** The sums of each histogram by its attributes. */
async function measured(): Promise<Record<string, [unknown, number, number][]>> {
  const { resourceMetrics }: CollectionResult = await reader.collect();
  const all: Record<string, [unknown, number, number][]> = {};
  for (const { metrics: list } of resourceMetrics.scopeMetrics)
    for (const metric of list)
      if (metric.dataPointType === DataPointType.HISTOGRAM)
        all[metric.descriptor.name] = metric.dataPoints.map(({ attributes, value }) => [
          attributes,
          value.count,
          value.sum ?? 0,
        ]);
  return all;
}

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'dollar-model', 'gen_ai.response.model': 'dollar-model', 'gen_ai.provider.name': expect.any(String) as string }; // prettier-ignore

const without = (attributes: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

describe.each([['with an SDK'], ['without an SDK']])('%s', (which) => {
  const tracing = which === 'with an SDK' ? testTracing() : undefined;
  afterAll(() => tracing?.shutdown());

  it('measures tokens, cost and duration of a model call once, under the conventions’ names', async () => {
    const inner = traced(async () => answer(`${which}-1`, { provider: 'x' }), { spanKind: 'LLM' });
    const wrapper = traced(async () => inner(), { spanKind: 'LLM' });
    await wrapper();
    const all = await measured();
    const dimensions = without(chat, 'gen_ai.provider.name');
    expect(all['gen_ai.client.token.usage']).toEqual([
      [expect.objectContaining({ ...dimensions, 'gen_ai.token.type': 'input' }), 1, 1_000_000],
      [expect.objectContaining({ ...dimensions, 'gen_ai.token.type': 'output' }), 1, 500_000],
    ]);
    expect(all['spandrel.client.operation.cost']).toEqual([[expect.objectContaining(dimensions), 1, 2]]);
    // with no SDK the wrapper is a call like any other; the one below which another was made is not measured again
    expect(all['gen_ai.client.operation.duration']).toEqual([
      [expect.objectContaining(dimensions), 1, expect.any(Number)],
    ]);
  });

  it('measures streams to their first chunk, and failures by error.type', async () => {
    const stream = traced(
      async function* () {
        yield { ...answer(`${which}-2`), object: 'chat.completion.chunk' };
      },
      { spanKind: 'LLM' },
    );
    for await (const chunk of stream()) expect(chunk).toBeDefined();
    const failing = traced(
      async () => {
        throw Object.assign(new Error('slow down'), { code: 'rate_limit_exceeded' });
      },
      { spanKind: 'LLM', modelName: 'dollar-model' },
    );
    await expect(failing()).rejects.toThrow('slow down');
    const all = await measured();
    expect(all['gen_ai.client.operation.time_to_first_chunk']).toMatchObject([[{ 'gen_ai.operation.name': 'chat' }, 1, expect.any(Number)]]); // prettier-ignore
    expect(all['gen_ai.client.operation.duration']).toContainEqual([
      { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'dollar-model', 'error.type': 'rate_limit_exceeded' },
      1,
      expect.any(Number),
    ]);
  });

  it('embeddings are their own operation; other kinds are not measured', async () => {
    traced(() => ({ object: 'list', data: [], model: 'text-embedding-3-small', usage: { prompt_tokens: 8, total_tokens: 8 } }), { spanKind: 'EMBEDDING' })(); // prettier-ignore
    traced(() => answer(`${which}-3`), { spanKind: 'TOOL' })();
    const all = await measured();
    expect(all['gen_ai.client.token.usage']).toMatchObject([[{ 'gen_ai.operation.name': 'embeddings', 'gen_ai.token.type': 'input' }, 1, 8]]); // prettier-ignore
    expect(all['gen_ai.client.operation.duration']).toHaveLength(1);
  });
});

it('the buckets are those of the conventions', async () => {
  traced(() => answer('buckets'), { spanKind: 'LLM' })();
  const { resourceMetrics } = await reader.collect();
  const buckets = resourceMetrics.scopeMetrics.flatMap(({ metrics: list }) =>
    list.map(({ descriptor, dataPoints: [first] }) => [
      descriptor.name,
      (first?.value as { buckets: { boundaries: number[] } }).buckets.boundaries,
    ]),
  );
  expect(Object.fromEntries(buckets)).toMatchObject({
    'gen_ai.client.token.usage': [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864], // prettier-ignore
    'gen_ai.client.operation.duration': [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92], // prettier-ignore
  });
});
