import { context, trace, TraceFlags } from '@opentelemetry/api';
import {
  createSpanLink,
  definePrompt,
  traceAgentExecution,
  traced,
  withMetadata,
  withoutTracing,
  withPromptTemplate,
} from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());
const note = (name = 'note') => {
  trace.getTracer('another-library').startSpan(name).end();
};

const blocks: [string, <R>(fn: () => R) => R][] = [
  ['withMetadata', (fn) => withMetadata({ sessionId: 's' }, fn)],
  ['withPromptTemplate', (fn) => withPromptTemplate({ template: 'T' }, fn)],
  ['withoutTracing', (fn) => withoutTracing(fn)],
  ['traceAgentExecution', (fn) => traceAgentExecution({ agentName: 'a' }, fn)],
];

describe.each(blocks)('%s', (_, block) => {
  it('gives what its function gives, and throws what it throws', async () => {
    const object = {};
    expect(block(() => object)).toBe(object);
    for (const error of [null, undefined, new Error('boom')]) {
      let caught: unknown = 'nothing';
      try {
        block(() => {
          throw error;
        });
      } catch (thrown) {
        caught = thrown;
      }
      expect(caught).toBe(error);
      await expect(block(() => Promise.reject(error))).rejects.toBe(error);
    }
    await expect(block(async () => 1)).resolves.toBe(1);
  });

  it('is left when its function is over', async () => {
    const before = context.active();
    const promise = block(async () => null);
    expect(context.active()).toBe(before);
    await promise;
    expect(context.active()).toBe(before);
  });

  it('holds on every step of a stream that its function gives', async () => {
    const around: unknown[] = [];
    const stream = block(async function* () {
      around.push(context.active());
      yield 1;
      around.push(context.active());
    });
    for await (const _ of stream) around.push(context.active());
    expect(around[0]).not.toBe(around[1]);
    expect(around[2]).toBe(around[0]);
  });
});

describe('traceAgentExecution', () => {
  it('hands its span to the function; what is set on it by hand stays', () => {
    traceAgentExecution({ agentName: 'a', inputData: 'in', modelName: 'm' }, (span) => {
      expect(span).toBe(trace.getActiveSpan());
      span.setAttributes({ 'output.value': 'mine', 'performance.latency_ms': 1, 'input.value': 'changed' });
      span.updateName('renamed');
      return 'theirs';
    });
    expect(tracing.byName('renamed').attributes).toMatchObject({
      'output.value': 'mine',
      'performance.latency_ms': 1,
      'input.value': 'changed',
    });
  });

  it.each([
    ['text', 'the text', 'the text', 'text/plain'],
    ['an object', { a: [1] }, '{"a":[1]}', 'application/json'],
    ['null', null, 'null', 'application/json'],
    ['zero', 0, '0', 'application/json'],
    ['an empty text', '', '', 'text/plain'],
  ])('takes %s as its input', (_, inputData, value, mimeType) => {
    traceAgentExecution({ agentName: 'a', inputData }, () => 1);
    expect(tracing.byName('agent.a').attributes).toMatchObject({ 'input.value': value, 'input.mime_type': mimeType });
  });

  it('fails as its function fails', () => {
    expect(() =>
      traceAgentExecution({ agentName: 'a' }, () => {
        throw new RangeError('too far');
      }),
    ).toThrow('too far');
    expect(tracing.byName('agent.a').status).toEqual({ code: 2, message: 'too far' });
  });
});

it('withPromptTemplate takes a definition and its variables', () => {
  const prompt = definePrompt({ name: 'p', version: '7', template: 'Hi {name}' });
  withPromptTemplate({ prompt, variables: { name: { first: 'Ann' } } }, note);
  expect(tracing.byName('note').attributes).toMatchObject({
    'llm.prompt_template.template': 'Hi {name}',
    'llm.prompt_template.version': '7',
    'llm.prompt_template.variables': '{"name":{"first":"Ann"}}',
  });
});

it('withoutTracing makes no span, of ours or of other libraries, and keeps the scopes', () => {
  withMetadata({ sessionId: 's' }, () => {
    withoutTracing(() => {
      note();
      traced(() => note())();
      traceAgentExecution({ agentName: 'a' }, (span) => expect(span.isRecording()).toBe(false));
    });
    note('after');
  });
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['session.id']])).toEqual([['after', 's']]);
});

describe('createSpanLink', () => {
  it('links to a span, to a context that came over the wire, and to a link', () => {
    const wire = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.NONE };
    const first = createSpanLink({ ...wire, isRemote: true }, { 'link.type': 'caused_by' });
    traced(() => 1, { spanName: 'call', links: () => [first, createSpanLink(first as never, { more: 1 })] })();
    expect(tracing.byName('call').links).toMatchObject([
      { context: wire, attributes: { 'link.type': 'caused_by' } },
      { context: wire, attributes: { 'link.type': 'caused_by', more: 1 } },
    ]);
    expect(tracing.byName('call').attributes).toMatchObject({
      'link.0.trace_id': wire.traceId,
      'link.0.span_id': wire.spanId,
      'link.0.type': 'caused_by',
      'link.1.type': 'caused_by',
    });
  }); // prettier-ignore

  it.each([null, 42, 'text', {}])('of %p leads nowhere, with one warning', (target) => {
    traced(() => 1, { spanName: 'call', links: () => [createSpanLink(target as never)] })();
    expect(tracing.byName('call').links).toEqual([]);
    expect(log.warnings).toHaveLength(1);
  });

  it('of a target that cannot be read leaves the span and the call as they are', () => {
    const evil = { get spanContext(): never { throw new Error('evil'); } }; // prettier-ignore
    expect(traced(() => 1, { spanName: 'call', links: () => [evil] as never })()).toBe(1);
    expect(tracing.byName('call').links).toEqual([]);
  });
});
