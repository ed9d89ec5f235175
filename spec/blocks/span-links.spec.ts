import {
  captureSpanContext,
  createSpanLink,
  previousTurn,
  traced,
  TraceFunction,
  withMetadata,
} from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

interface Classification {
  readonly kind: string;
}

class Pipeline {
  @TraceFunction()
  async classify(transcript: string): Promise<Classification> {
    return { kind: transcript };
  }

  @TraceFunction<Pipeline['analyze']>({
    links: ({ args: [classification] }) => [createSpanLink(classification, { 'link.type': 'classification' })],
  })
  async analyze(classification: Classification) {
    return classification.kind.length;
  }
}

it('an analysis links to the classification whose result it was given: as a link and as attributes', async () => {
  const pipeline = new Pipeline();
  const [first, second] = await Promise.all([pipeline.classify('a'), pipeline.classify('b')]);
  const made = captureSpanContext(second);
  await pipeline.analyze(second);
  const { links, attributes } = tracing.byName('Pipeline.analyze');
  expect(links).toMatchObject([{ context: made, attributes: { 'link.type': 'classification' } }]);
  expect(attributes).toMatchObject({
    'link.0.trace_id': made?.traceId,
    'link.0.span_id': made?.spanId,
    'link.0.type': 'classification',
  });
  expect(captureSpanContext(first)?.spanId).not.toBe(made?.spanId);
  const spans = tracing.spans
    .filter(({ name }) => name === 'Pipeline.classify')
    .map((span) => span.spanContext().spanId);
  expect(spans).toContain(made?.spanId);
});

it('the call that handed an object on last is the one it came from', async () => {
  const inner = traced(async () => ({ n: 1 }), { spanName: 'inner' });
  const outer = traced(async () => inner(), { spanName: 'outer' });
  const result = await outer();
  expect(captureSpanContext(result)?.spanId).toBe(tracing.byName('outer').spanContext().spanId);
});

it('synchronous results, functions and streams remember their span too', async () => {
  const sync = traced(() => ({ n: 1 }), { spanName: 'sync' })();
  const stream = traced(async function* () { yield 1; }, { spanName: 'stream' })(); // prettier-ignore
  expect(captureSpanContext(sync)?.spanId).toBe(tracing.byName('sync').spanContext().spanId);
  const ofStream = captureSpanContext(stream)?.spanId;
  for await (const chunk of stream) expect(chunk).toBe(1);
  expect(ofStream).toBe(tracing.byName('stream').spanContext().spanId);
});

it('what no traced call returned has no span: the link is left out, and the call goes on', async () => {
  const pipeline = new Pipeline();
  expect(captureSpanContext({})).toBeUndefined();
  expect(captureSpanContext('text')).toBeUndefined();
  expect(captureSpanContext(undefined)).toBeUndefined();
  expect(await pipeline.analyze({ kind: 'own' })).toBe(3);
  expect(tracing.byName('Pipeline.analyze').links).toEqual([]);
});

it('without an argument it is the span that is active', () => {
  const inside = traced(() => captureSpanContext(), { spanName: 'call' })();
  expect(inside?.spanId).toBe(tracing.byName('call').spanContext().spanId);
  expect(captureSpanContext()).toBeUndefined();
});

it('a turn links to the one before in its session, whichever way the option is written', () => {
  const turn = traced((n: number) => n, { spanName: 'turn', links: [previousTurn()] });
  const selected = traced((n: number) => n, { spanName: 'turn', links: () => [previousTurn()] });
  for (const [session, call] of [
    ['s1', turn],
    ['s2', turn],
    ['s1', selected],
    ['s1', turn],
    [undefined, turn],
  ] as const)
    // prettier-ignore
    withMetadata({ sessionId: session }, () => call(1));
  const [first, second, third, fourth, fifth] = tracing.spans.map((span) => ({ id: span.spanContext().spanId, links: span.links })); // prettier-ignore
  expect([first?.links, second?.links, fifth?.links]).toEqual([[], [], []]);
  expect(third?.links).toMatchObject([
    { context: { spanId: first?.id }, attributes: { 'link.type': 'previous_turn' } },
  ]);
  expect(fourth?.links).toMatchObject([{ context: { spanId: third?.id } }]);
});
