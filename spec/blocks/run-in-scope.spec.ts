import { propagation, trace } from '@opentelemetry/api';
import { captureScope, configure, runInScope, traced, withMetadata } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { activeContext } from '../../lib/context/active.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  resetConfiguration();
});
afterAll(() => tracing.shutdown());

const scope = { sessionId: 's1', userId: 'u1', tags: ['a'], metadata: { n: 1, deep: { m: 2 } } };

describe('captureScope and runInScope', () => {
  it('carry a scope through a queue’s message, and the trace with it', async () => {
    const message = withMetadata(scope, () =>
      traced(() => JSON.stringify({ job: 7, scope: captureScope() }), { spanName: 'enqueue' })(),
    );
    expect(JSON.parse(message)).toMatchObject({ scope });
    const work = traced(async () => trace.getTracer('other').startSpan('theirs').end(), { spanName: 'work' });
    await runInScope((JSON.parse(message) as { scope: object }).scope, () => work());
    const enqueue = tracing.byName('enqueue').spanContext();
    for (const name of ['work', 'theirs']) {
      expect(tracing.byName(name).attributes).toMatchObject({ 'session.id': 's1', 'user.id': 'u1', 'tag.tags': ['a'], metadata: '{"n":1,"deep":{"m":2}}' }); // prettier-ignore
      expect(tracing.byName(name).spanContext().traceId).toBe(enqueue.traceId);
    }
    expect(tracing.byName('work').parentSpanContext).toMatchObject({ spanId: enqueue.spanId, isRemote: true });
  });

  it('a span that is active stays the parent', () => {
    const captured = traced(() => captureScope(), { spanName: 'enqueue' })();
    traced(() => runInScope(captured, () => traced(() => 1, { spanName: 'work' })()), { spanName: 'worker' })();
    expect(tracing.byName('work').parentSpanContext?.spanId).toBe(tracing.byName('worker').spanContext().spanId);
  });

  it('nothing is captured where nothing is', () => {
    expect(captureScope()).toEqual({});
    expect(runInScope({}, () => 'ran')).toBe('ran');
  });

  it('metadata that has no JSON is left out, with a warning', () => {
    const log = diagLog();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(withMetadata({ sessionId: 's1', metadata: circular }, () => captureScope())).toEqual({ sessionId: 's1' });
    expect(log.warnings.join()).toContain('metadata could not be captured');
    log.stop();
  });

  it('what a queue brings is not trusted: parts that cannot be are left out', () => {
    const brought = { sessionId: '  ', userId: { id: 7 }, tags: 'a', metadata: [1], traceparent: '00-zz-zz-01' };
    runInScope(brought as never, () => traced(() => 1, { spanName: 'work' })());
    const { attributes, parentSpanContext } = tracing.byName('work');
    for (const name of ['session.id', 'user.id', 'tag.tags', 'metadata']) expect(attributes).not.toHaveProperty([name]);
    expect(parentSpanContext).toBeUndefined();
    expect(() => runInScope(null as never, () => 1)).toThrow('expected an options object, got null');
    expect(() => runInScope({ session: 's' } as never, () => 1)).toThrow('unknown option "session"');
  });
});

describe('configure({ baggage })', () => {
  const sent = () => Object.fromEntries((propagation.getActiveBaggage()?.getAllEntries() ?? []).map(([name, { value }]) => [name, value])); // prettier-ignore
  const receive = (entries: Record<string, string>) =>
    propagation.setBaggage(
      activeContext(),
      propagation.createBaggage(Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, { value }]))),
    );

  it('is off by default: nothing is sent and nothing believed', async () => {
    withMetadata(scope, () => expect(sent()).toEqual({}));
    const { context } = await import('@opentelemetry/api');
    context.with(receive({ 'session.id': 'forged' }), () => traced(() => 1, { spanName: 'call' })());
    expect(tracing.byName('call').attributes).not.toHaveProperty(['session.id']);
  });

  it('send: session and user of the scope, never metadata or tags, never more than 256 characters, beside what is there', async () => {
    configure({ baggage: 'send' });
    const { context } = await import('@opentelemetry/api');
    context.with(receive({ own: '1' }), () =>
      withMetadata(scope, () => {
        expect(sent()).toEqual({ own: '1', 'session.id': 's1', 'user.id': 'u1' });
        withMetadata({ sessionId: 's2' }, () => expect(sent()).toMatchObject({ 'session.id': 's2', 'user.id': 'u1' }));
      }),
    );
    withMetadata({ sessionId: 'x'.repeat(300), userId: 'u1' }, () => expect(sent()).toEqual({ 'user.id': 'u1' }));
    context.with(receive({ 'session.id': 'forged' }), () => traced(() => 1, { spanName: 'call' })());
    expect(tracing.byName('call').attributes).not.toHaveProperty(['session.id']);
  });

  it('receive: what comes is on every span, and an own scope stands over it', async () => {
    configure({ baggage: 'receive' });
    const { context } = await import('@opentelemetry/api');
    context.with(receive({ 'session.id': ' s9 ', 'user.id': '', other: 'x' }), () => {
      traced(() => trace.getTracer('other').startSpan('theirs').end(), { spanName: 'call' })();
      withMetadata({ userId: 'u1' }, () => traced(() => 1, { spanName: 'within' })());
      withMetadata({ sessionId: 's1' }, () => traced(() => 1, { spanName: 'over' })());
    });
    expect(tracing.byName('call').attributes).toMatchObject({ 'session.id': 's9' });
    expect(tracing.byName('call').attributes).not.toHaveProperty(['user.id']);
    expect(tracing.byName('theirs').attributes).toMatchObject({ 'session.id': 's9' });
    expect(tracing.byName('within').attributes).toMatchObject({ 'session.id': 's9', 'user.id': 'u1' });
    expect(tracing.byName('over').attributes).toMatchObject({ 'session.id': 's1' });
  });
});
