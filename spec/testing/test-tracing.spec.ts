import { context, createContextKey, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { traced } from '../../lib/blocks/traced.js';
import { configure, resetConfiguration } from '../../lib/configuration.js';
import { settings } from '../../lib/settings.js';
import { testTracing, type TestTracing } from '../../lib/testing/index.js';

const keptTracer = trace.getTracer('kept in a variable, as other libraries do');

let tracing: TestTracing;
beforeEach(() => {
  tracing = testTracing();
});
afterEach(() => tracing.shutdown());

function spanNamed(name: string, body: () => void = () => undefined): void {
  trace.getTracer('spec').startActiveSpan(name, (span) => {
    body();
    span.end();
  });
}

it('gives the finished spans in the order they ended, at once', () => {
  spanNamed('outer', () => {
    spanNamed('first');
    spanNamed('second');
  });
  expect(tracing.spans.map((span) => span.name)).toEqual(['first', 'second', 'outer']);
  expect(tracing.byName('first').parentSpanContext?.spanId).toBe(tracing.byName('outer').spanContext().spanId);
});

it('keeps the context across await', async () => {
  const key = createContextKey('probe');
  await context.with(context.active().setValue(key, 'here'), async () => {
    await Promise.resolve();
    expect(context.active().getValue(key)).toBe('here');
  });
});

it('throws, with the tree, when no span or several have the name', () => {
  spanNamed('outer', () => {
    spanNamed('twin');
    spanNamed('twin');
  });
  expect(() => tracing.byName('twin')).toThrow(
    '2 finished spans are named "twin". The spans are:\nouter\n├─ twin\n└─ twin',
  );
  expect(() => tracing.byName('other')).toThrow(
    'No finished span is named "other". The spans are:\nouter\n├─ twin\n└─ twin',
  );
  tracing.reset();
  expect(() => tracing.byName('other')).toThrow('The spans are:\n(none)');
});

it('draws the tree from what the spans say, without ids and times', () => {
  const tracer = trace.getTracer('spec');
  tracer.startActiveSpan('CallAnalyzer.analyze', { attributes: { 'openinference.span.kind': 'CHAIN' } }, (outer) => {
    tracer
      .startSpan('CallAnalyzer.classify', {
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.model_name': 'small-model',
          'llm.token_count.prompt': 1000,
          'llm.token_count.completion': 500,
          'cost.total_usd': 0.000875,
        },
      })
      .end();
    const failed = tracer.startSpan('fetch', {
      attributes: { 'error.type': 'TimeoutError', 'cost.unpriced_model': 'new-model' },
    });
    failed.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer\nin 3 s' });
    failed.end();
    tracer.startSpan('stream', { attributes: { 'spandrel.cancelled': true } }).end();
    tracer.startSpan('running');
    outer.end();
  });
  spanNamed('second root');
  expect(tracing.tree()).toBe(
    [
      'CallAnalyzer.analyze  CHAIN',
      '├─ CallAnalyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875',
      '├─ fetch  no price for new-model  ERROR TimeoutError: no answer in 3 s',
      '├─ stream  cancelled',
      '└─ running  open',
      'second root',
    ].join('\n'),
  );
});

it('says which spans are open', () => {
  const span = trace.getTracer('spec').startSpan('running');
  expect(tracing.open().map((open) => open.name)).toEqual(['running']);
  span.end();
  expect(tracing.open()).toEqual([]);
});

it('forgets everything on reset, and a span that was open then does not come back', () => {
  const before = trace.getTracer('spec').startSpan('before');
  spanNamed('ended');
  tracing.reset();
  before.end();
  spanNamed('after');
  expect(tracing.spans.map((span) => span.name)).toEqual(['after']);
  expect(tracing.open()).toEqual([]);
});

it('takes a sampler and more processors, which come after its own', async () => {
  await tracing.shutdown();
  tracing = testTracing({ sampler: new AlwaysOffSampler() });
  spanNamed('unsampled');
  expect(tracing.spans).toEqual([]);
  expect(tracing.open()).toEqual([]);
  await tracing.shutdown();
  const exporter = new InMemorySpanExporter();
  tracing = testTracing({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  spanNamed('sampled');
  expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual(['sampled']);
});

it('keeps a thousand attributes of a span', () => {
  const attributes = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, i]));
  trace.getTracer('spec').startSpan('wide', { attributes }).end();
  expect(tracing.byName('wide').droppedAttributesCount).toBe(0);
});

describe('after shutdown', () => {
  it('leaves no global behind', async () => {
    await tracing.shutdown();
    const key = createContextKey('probe');
    context.with(context.active().setValue(key, 1), () => expect(context.active().getValue(key)).toBeUndefined());
    const span = trace.getTracer('spec').startSpan('unseen');
    expect(span.isRecording()).toBe(false);
    const provider = new TracerProvider();
    expect(trace.setGlobalTracerProvider(provider)).toBe(true);
    trace.disable();
  });

  it('still shows what was recorded, and ends what traced functions left open', async () => {
    void traced(() => new Promise(() => undefined), { spanName: 'left open' })();
    expect(tracing.open().map((span) => span.name)).toEqual(['left open']);
    await tracing.shutdown();
    expect(tracing.byName('left open').ended).toBe(true);
  });

  it('can be called again', async () => {
    await tracing.shutdown();
    await tracing.shutdown();
  });
});

describe('several tracings in one process', () => {
  it('a second one takes over; each keeps its own spans, whenever they end', async () => {
    const open = trace.getTracer('spec').startSpan('of the first');
    const second = testTracing();
    spanNamed('of the second');
    open.end();
    expect(tracing.spans.map((span) => span.name)).toEqual(['of the first']);
    expect(second.spans.map((span) => span.name)).toEqual(['of the second']);
    await tracing.shutdown();
    spanNamed('after the first was shut down');
    expect(second.spans).toHaveLength(2);
    await second.shutdown();
  });

  it('the first goes on when the second is shut down, with its own settings', async () => {
    const second = testTracing({ captureArgs: false });
    traced((n: number) => n, { spanName: 'of the second', parameters: ['n'] })(1);
    await second.shutdown();
    traced((n: number) => n, { spanName: 'of the first', parameters: ['n'] })(1);
    expect(second.byName('of the second').attributes['input.value']).toBeUndefined();
    expect(tracing.byName('of the first').attributes['input.value']).toBe('{"n":1}');
    expect(second.spans).toHaveLength(1);
  });

  it('one after another sees the spans of a tracer that was kept in a variable', async () => {
    keptTracer.startSpan('early').end();
    expect(tracing.spans).toHaveLength(1);
    await tracing.shutdown();
    keptTracer.startSpan('between').end();
    tracing = testTracing();
    keptTracer.startSpan('late').end();
    expect(tracing.spans.map((span) => span.name)).toEqual(['late']);
  });

  it('takes over from a copy of the module', async () => {
    let copy: typeof import('../../lib/testing/index.js') | undefined;
    jest.isolateModules(() => {
      copy = require('../../lib/testing/index.js');
    });
    const other = copy!.testTracing();
    spanNamed('seen by the copy');
    expect(other.spans.map((span) => span.name)).toEqual(['seen by the copy']);
    await tracing.shutdown();
    spanNamed('still seen by the copy');
    expect(other.spans).toHaveLength(2);
    await other.shutdown();
    expect(trace.getTracer('spec').startSpan('unseen').isRecording()).toBe(false);
  });
});

describe('configuration', () => {
  it('is in force until shutdown, and then what it was before', async () => {
    await tracing.shutdown();
    configure({ captureArgs: false });
    tracing = testTracing({ captureResult: false });
    expect(settings).toMatchObject({ captureArgs: false, captureResult: false });
    const second = testTracing({ metadata: 'flat' });
    expect(settings).toMatchObject({ captureArgs: false, captureResult: true, metadata: 'flat' });
    await tracing.shutdown();
    expect(settings).toMatchObject({ metadata: 'flat' });
    await second.shutdown();
    expect(settings).toMatchObject({ captureArgs: false, captureResult: true, metadata: 'json' });
    resetConfiguration();
  });

  it('throws for a key that does not exist, naming the nearest', () => {
    expect(() => testTracing({ captureArg: false } as object)).toThrow(
      'testTracing: unknown option "captureArg". Did you mean "captureArgs"?',
    );
  });
});

it('refuses to work beside tracing that is not a test tracing, and leaves it as it is', async () => {
  await tracing.shutdown();
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  try {
    expect(() => testTracing()).toThrow('already registered');
    spanNamed('theirs');
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  } finally {
    trace.disable();
  }
});
