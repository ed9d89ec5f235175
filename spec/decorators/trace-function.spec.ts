import { SpanStatusCode, trace } from '@opentelemetry/api';
import { TraceFunction, type SpanKindName } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());
const span = () => {
  expect(tracing.spans).toHaveLength(1);
  return tracing.spans[0]!;
};

it('records class and method, arguments, result, kind and duration by default', () => {
  class Service {
    @TraceFunction() run(first: number, second: string) {
      return [first, second];
    }
  }
  expect(new Service().run(1, 'two')).toEqual([1, 'two']);
  expect(span().name).toBe('Service.run');
  expect(span().attributes).toEqual({
    'openinference.span.kind': 'CHAIN',
    'input.value': '{"first":1,"second":"two"}',
    'input.mime_type': 'application/json',
    'output.value': '[1,"two"]',
    'output.mime_type': 'application/json',
    'performance.duration_seconds': expect.any(Number),
    'performance.latency_ms': expect.any(Number),
  });
  expect(span().status.code).toBe(1);
});

it.each<SpanKindName>(['llm', 'EMBEDDING', 'chain', 'RETRIEVER', 'reranker', 'TOOL', 'guardrail', 'EVALUATOR', 'prompt'])(
  'takes the kind %s in any case',
  (spanKind) => {
    class Service {
      @TraceFunction({ spanKind, addCostTracking: false }) run() {}
    }
    new Service().run();
    expect(span().attributes['openinference.span.kind']).toBe(spanKind.toUpperCase());
  },
); // prettier-ignore

it.each<[string, any, string]>([
  ['a name', 'mine', 'mine'],
  ['a function of the call', ({ args, className, methodName }: any) => `${className}/${methodName}/${args[0]}`, 'Service/run/7'], // prettier-ignore
  ['an empty text, which is none', () => '', 'Service.run'],
  ['no text', () => 42, 'Service.run'],
])('spanName is %s', (_, spanName, name) => {
  class Service {
    @TraceFunction({ spanName }) run(_: number) {}
  }
  new Service().run(7);
  expect(span().name).toBe(name);
});

it.each<[string, any]>([
  ['spanName', 'spanName'],
  ['modelName', 'modelName'],
  ['attributes', 'attributes'],
  ['links', 'links'],
  ['resultAttributes', 'resultAttributes'],
  ['usage', 'usage'],
  ['redact', 'redact'],
])('%s may throw: the call and its span are as without it, and it is said once', (_, option) => {
  class Service {
    @TraceFunction({
      spanKind: 'LLM',
      [option]: () => {
        throw new Error(`${option} is broken`);
      },
    })
    run(x: number) {
      return x;
    }
  }
  const service = new Service();
  expect([service.run(1), service.run(2)]).toEqual([1, 2]);
  expect(tracing.spans.map(({ name, status }) => [name, status.code])).toEqual([
    ['Service.run', 1],
    ['Service.run', 1],
  ]);
  expect(tracing.open()).toEqual([]);
  expect(log.warnings.filter((warning) => warning.includes(`${option} is broken`))).toHaveLength(1);
});

it.each<[string, any]>([
  ['null', null],
  ['a promise', Promise.resolve({ a: 1 })],
  ['a promise that is rejected', Promise.reject(new Error('nobody waits'))],
  ['a number', 42],
  ['an object that throws', new Proxy({}, { ownKeys() { throw new Error('trap'); } })], // prettier-ignore
])('selectors may give %s: the span is as without them', (_, nonsense) => {
  const give = () => nonsense;
  class Service {
    @TraceFunction({
      modelName: give,
      attributes: give,
      resultAttributes: give,
      usage: give,
      links: give,
      spanName: give,
    })
    run(x: number) {
      return x;
    }
  }
  expect(new Service().run(1)).toBe(1);
  expect(span().name).toBe('Service.run');
  expect(span().attributes).toMatchObject({ 'input.value': '{"x":1}', 'output.value': '1' });
});

it('an option that is undefined counts as not given', () => {
  class Service {
    @TraceFunction({
      spanName: undefined,
      spanKind: undefined,
      captureArgs: undefined,
      captureResult: undefined,
      addCostTracking: undefined,
      modelName: undefined,
      modelNameAttr: undefined,
      attributes: undefined,
      resultAttributes: undefined,
      usage: undefined,
      links: undefined,
      redact: undefined,
      pricing: undefined,
      parameters: undefined,
    })
    run(x: number) {
      return x;
    }
  }
  new Service().run(1);
  expect(span().name).toBe('Service.run');
  expect(span().attributes).toMatchObject({ 'openinference.span.kind': 'CHAIN', 'input.value': '{"x":1}' });
});

it('modelName beats modelNameAttr, and an inherited property of an argument counts', () => {
  class Request {}
  Object.assign(Request.prototype, { model: 'inherited' });
  class Service {
    @TraceFunction({ modelNameAttr: 'model' }) ask(_: Request) {}
    @TraceFunction({ modelName: 'given', modelNameAttr: 'model' }) both(_: Request) {}
    @TraceFunction({ modelNameAttr: 'model' }) getter(_: object) {}
  }
  const service = new Service();
  service.ask(new Request());
  service.both(new Request());
  service.getter({
    get model() {
      throw new Error('a getter is not run');
    },
  });
  expect(tracing.spans.map(({ attributes }) => attributes['llm.model_name'])).toEqual(['inherited', 'given', undefined]);
}); // prettier-ignore

it('captureArgs says once which name no parameter has', () => {
  class Service {
    @TraceFunction({ captureArgs: ['id', 'secert'] }) run({ id }: { id: number }, secret: string) {
      return secret.repeat(id);
    }
    @TraceFunction({ captureArgs: ['arg0'] }) fits({ id }: { id: number }) {
      return id;
    }
  }
  const service = new Service();
  for (let i = 0; i < 2; i++) service.run({ id: 1 }, 's');
  service.fits({ id: 1 });
  expect(log.warnings).toEqual([
    expect.stringContaining('run has no parameter "id", only arg0, secret'),
    expect.stringContaining('run has no parameter "secert", only arg0, secret'),
  ]);
  expect(tracing.byName('Service.fits').attributes['input.value']).toBe('{"arg0":{"id":1}}');
});

it('what is set by hand on the span stays, whatever the call gives or throws', async () => {
  const active = () => trace.getActiveSpan()!;
  class Service {
    @TraceFunction() sync() {
      active().setAttributes({ 'output.value': 'mine', 'performance.duration_seconds': -1 }).setStatus({ code: SpanStatusCode.ERROR, message: 'mine' });
      return 'theirs';
    }
    @TraceFunction() async fails() {
      await null;
      active().setAttribute('error.type', 'mine').setStatus({ code: SpanStatusCode.OK });
      throw new Error('boom');
    }
    @TraceFunction() *stream() {
      yield 'a';
      active().setAttribute('output.value', 'mine').updateName('renamed');
      yield 'b';
    }
  } // prettier-ignore
  const service = new Service();
  service.sync();
  await expect(service.fails()).rejects.toThrow('boom');
  expect([...service.stream()]).toEqual(['a', 'b']);
  expect(tracing.byName('Service.sync')).toMatchObject({
    status: { code: 2, message: 'mine' },
    attributes: { 'output.value': 'mine', 'performance.duration_seconds': -1 },
  });
  expect(tracing.byName('Service.fails')).toMatchObject({ status: { code: 1 }, attributes: { 'error.type': 'mine' } });
  expect(tracing.byName('renamed').attributes).toMatchObject({ 'output.value': 'mine', 'performance.chunks': 2 });
});
