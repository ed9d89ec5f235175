import { SpanStatusCode, trace } from '@opentelemetry/api';
import { interval } from 'rxjs';
import { configure, SpandrelSpanProcessor, traced } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  resetConfiguration();
});
afterAll(() => tracing.shutdown());

const attributes = (name = 'call') => tracing.byName(name).attributes;
const number = (key: string) => attributes()[`performance.${key}`] as number;
/** What a process that ends does. */
const shutDown = () => new SpandrelSpanProcessor().shutdown();
const active = () => trace.getActiveSpan()!;

describe('the end of a call', () => {
  it('has its duration in seconds and in milliseconds, no chunks where there were none, and the status OK', () => {
    traced(() => 1, { spanName: 'call' })();
    expect(number('latency_ms')).toBeGreaterThan(0);
    expect(number('latency_ms')).toBeCloseTo(number('duration_seconds') * 1_000, 9);
    for (const key of ['performance.chunks', 'performance.time_to_first_chunk_ms', 'spandrel.cancelled'])
      expect(attributes()).not.toHaveProperty([key]);
    expect(tracing.byName('call').status).toEqual({ code: SpanStatusCode.OK });
  });

  it('of a stream has the count of its chunks, the time to the first, and the chunks for output', async () => {
    const call = traced(
      async function* () {
        yield 1;
        await new Promise((done) => setImmediate(done));
        yield 2;
        return 'the end';
      },
      { spanName: 'call' },
    );
    for await (const _ of call());
    expect(number('chunks')).toBe(2);
    expect(number('time_to_first_chunk_ms')).toBeGreaterThan(0);
    expect(number('time_to_first_chunk_ms')).toBeLessThan(number('latency_ms'));
    expect(attributes()['output.value']).toBe('[1,2]');
  });

  it('of a stream without chunks has what it returned', () => {
    expect([...traced(function* () { return 'the end'; }, { spanName: 'call' })()]).toEqual([]); // prettier-ignore
    expect(attributes()['output.value']).toBe('the end');
  });

  it('of a stream that is left says so, and is no error', () => {
    for (const _ of traced(function* () { yield 1; yield 2; }, { spanName: 'call' })()) break; // prettier-ignore
    expect(attributes()).toMatchObject({ 'spandrel.cancelled': true, 'output.value': '[1]' });
    expect(tracing.byName('call').status.code).toBe(SpanStatusCode.OK);
  });

  it('has nothing of what its stream does afterwards', async () => {
    const call = traced(async function* () { yield 1; yield 2; throw new Error('late'); }, { spanName: 'call' }); // prettier-ignore
    const stream = call();
    await stream.next();
    await shutDown();
    expect(await stream.next()).toEqual({ done: false, value: 2 });
    await expect(stream.next()).rejects.toThrow('late');
    expect(tracing.spans).toHaveLength(1);
    expect(attributes()).toMatchObject({ 'performance.chunks': 1, 'output.value': '[1]' });
    expect(tracing.byName('call').events).toEqual([]);
  });
});

describe('shutting down', () => {
  it('ends the spans of promises and streams that are still waited for, as cancelled', async () => {
    void traced(() => new Promise(() => {}), { spanName: 'call' })();
    const stream = traced(function* () { yield 1; }, { spanName: 'stream' })(); // prettier-ignore
    expect(tracing.spans).toEqual([]);
    await shutDown();
    expect(tracing.spans.map(({ name, attributes: has }) => [name, has['spandrel.cancelled']])).toEqual([
      ['call', true],
      ['stream', true],
    ]);
    expect([...stream]).toEqual([1]);
  });

  it('ends a stream’s span at its last chunk', async () => {
    const stream = traced(function* () { yield 1; yield 2; }, { spanName: 'call' })(); // prettier-ignore
    stream.next();
    await new Promise((done) => setImmediate(done));
    await shutDown();
    expect(number('latency_ms')).toBe(number('time_to_first_chunk_ms'));
  });
});

describe('what the call set on its span by hand', () => {
  it('stays, but for the secrets in it', () => {
    const secret = `sk-proj-${'Ab1'.repeat(16)}`;
    const call = traced(
      (_: string) => {
        active().setAttributes({ mine: 'text', list: ['a', `key ${secret}`], password: 'hunter2', count: 3, sure: true });
      },
      { spanName: 'call', attributes: { given: 'at the start' } },
    );
    call('x');
    expect(attributes()).toMatchObject({ mine: 'text', count: 3, sure: true, given: 'at the start', 'input.value': 'x' });
    expect(attributes()['password']).toBe('__REDACTED__');
    expect(attributes()['list']).toEqual(['a', 'key __REDACTED__']);
  }); // prettier-ignore

  it('is not looked at again where we wrote it ourselves', () => {
    const redacted: string[] = [];
    const redact = (text: string) => (redacted.push(text), text);
    traced((_: string) => {}, { spanName: 'call', redact })('argument');
    expect(redacted.filter((text) => text === 'argument')).toHaveLength(1);
  });
});

it('where success has no status, a failure still has one', () => {
  configure({ successStatus: 'unset' });
  traced(() => 1, { spanName: 'call' })();
  expect(() => traced(() => { throw new Error('x'); }, { spanName: 'fails' })()).toThrow('x'); // prettier-ignore
  expect([tracing.byName('call').status.code, tracing.byName('fails').status.code]).toEqual([0, 2]);
});

describe('a further subscription of an Observable', () => {
  it('has a span like the first, beside it, and none where tracing is gone', async () => {
    const call = traced((_: string) => interval(1), { spanName: 'call', attributes: { given: 'at the start' } });
    const outer = traced(() => call('x'), { spanName: 'outer' });
    const ticks = outer();
    const once = () => new Promise<number>((first) => {
      const subscription = ticks.subscribe((n) => (subscription.unsubscribe(), first(n)));
    }); // prettier-ignore
    expect([await once(), await once()]).toEqual([0, 0]);
    const calls = tracing.spans.filter(({ name }) => name === 'call');
    expect(calls.map(({ attributes: has }) => [has['input.value'], has['given'], has['performance.chunks'], has['openinference.span.kind']])).toEqual([
      ['x', 'at the start', 1, 'CHAIN'],
      ['x', 'at the start', 1, 'CHAIN'],
    ]); // prettier-ignore
    const parents = new Set(calls.map(({ parentSpanContext }) => parentSpanContext?.spanId));
    expect([...parents]).toEqual([tracing.byName('outer').spanContext().spanId]);
    trace.disable();
    expect(await once()).toBe(0);
    expect(tracing.spans.filter(({ name }) => name === 'call')).toHaveLength(2);
  });
});
