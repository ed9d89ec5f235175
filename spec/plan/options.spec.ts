import { trace } from '@opentelemetry/api';
import { configure, createSpanLink, TraceFunction, traced, withoutTracing } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  resetConfiguration();
  log.warnings.length = 0;
});
afterAll(async () => {
  log.stop();
  await tracing.shutdown();
});
const attributes = (name = 'call') => tracing.byName(name).attributes;

describe('links', () => {
  it('are made of spans, contexts and links, and mirrored in attributes', () => {
    const before = trace.getTracer('x').startSpan('before');
    const { traceId, spanId } = before.spanContext();
    const links = [before, before.spanContext(), createSpanLink(before, { 'link.type': 'related_analysis' })];
    traced(() => 1, { spanName: 'call', links })();
    traced((_: unknown) => 1, { spanName: 'selected', links: ({ args }) => [args[0] as typeof before] })(before);
    expect(tracing.byName('call').links).toMatchObject([
      { context: { spanId } },
      { context: { spanId } },
      { context: { spanId }, attributes: { 'link.type': 'related_analysis' } },
    ]);
    expect(attributes()).toMatchObject({
      'link.0.trace_id': traceId,
      'link.0.span_id': spanId,
      'link.2.span_id': spanId,
      'link.2.type': 'related_analysis',
    });
    expect(tracing.byName('selected').links).toHaveLength(1);
  });

  it('that lead nowhere are left out', () => {
    traced(() => 1, { spanName: 'call', links: () => [createSpanLink(undefined), 'nonsense' as never] })();
    expect(tracing.byName('call').links).toEqual([]);
    expect(log.warnings).toEqual([]);
  });
});

describe('captureArgs and captureResult', () => {
  const call = (options: object) =>
    traced((id: number, secret: string) => ({ id, secret }), { spanName: 'call', ...options })(1, 's');

  it('take all, none, or the named arguments', () => {
    call({ captureArgs: ['id'], captureResult: false });
    expect(attributes()['input.value']).toBe('{"id":1}');
    expect(attributes()['output.value']).toBeUndefined();
    tracing.reset();
    call({ captureArgs: false });
    expect(attributes()['input.value']).toBeUndefined();
    expect(attributes()['output.value']).toBe('{"id":1,"secret":"__REDACTED__"}');
  });

  it('stand over the configuration, which holds for all', () => {
    configure({ captureArgs: false, captureResult: false });
    call({});
    expect(Object.keys(attributes()).filter((key) => /^(input|output)/.test(key))).toEqual([]);
    tracing.reset();
    call({ captureArgs: true });
    expect(attributes()['input.value']).toBe('{"id":1,"secret":"__REDACTED__"}');
  });

  it('record arguments before the body runs: what it changes in them is not seen', () => {
    traced((list: number[]) => void list.push(2), { spanName: 'call' })([1]);
    expect(attributes()['input.value']).toBe('{"list":[1]}');
  });

  it('a single text is recorded as text, other arguments as JSON, also by position where there is no name', () => {
    traced((text: string) => text, { spanName: 'text' })('hi');
    traced(({ a }: { a: number }, ...rest: number[]) => a + rest.length, { spanName: 'json' })({ a: 1 }, 2, 3);
    traced((x: string) => x, { spanName: 'named', parameters: ['given'] })('hi');
    expect(attributes('text')).toMatchObject({
      'input.value': 'hi',
      'input.mime_type': 'text/plain',
      'output.mime_type': 'text/plain',
    });
    expect(attributes('json')).toMatchObject({
      'input.value': '{"arg0":{"a":1},"rest":[2,3]}',
      'input.mime_type': 'application/json',
    });
    expect(attributes('named')['input.value']).toBe('hi');
  });

  it('name what was cut', () => {
    traced((text: string) => text, { spanName: 'call' })('x'.repeat(20_000));
    expect(attributes()['spandrel.truncated']).toEqual(['input.value', 'output.value']);
  });
});

describe('modelNameAttr', () => {
  it.each<[string, (...args: any[]) => unknown, unknown[]]>([
    ['a parameter', (text: string, model: string) => text + model, ['t', 'gpt']],
    ['a property of an object argument', (request: { model: string }) => request, [{ model: 'gpt' }]],
    ['a property of a destructured argument', ({ model }: { model: string }) => model, [{ model: 'gpt' }]],
  ])('finds %s', (_, fn, args) => {
    traced(fn, { spanName: 'call', modelNameAttr: 'model' })(...args);
    expect(attributes()['llm.model_name']).toBe('gpt');
  });

  it('says once when there is none', () => {
    const call = traced((text: string) => text, { spanName: 'call', modelNameAttr: 'model' });
    call('a');
    call('b');
    expect(log.warnings).toEqual([
      expect.stringContaining('no parameter and no property of an argument is called "model"'),
    ]);
  });
});

it('attributes and resultAttributes add to the span; what they say stands over what is captured', () => {
  class Service {
    @TraceFunction<Service['run']>({
      attributes: ({ args: [n], className, methodName }) => ({
        n,
        where: `${className}.${methodName}`,
        object: { a: 1 } as never,
        password: 'p',
      }),
      resultAttributes: (result, { args }) => ({ 'output.value': `${result} of ${args[0]}` }),
    })
    async run(n: number) {
      return n * 2;
    }
  }
  return new Service().run(2).then(() =>
    expect(attributes('Service.run')).toMatchObject({
      n: 2,
      where: 'Service.run',
      object: '{"a":1}',
      password: '__REDACTED__',
      'output.value': '4 of 2',
    }),
  );
});

it('redact withholds on one span, over the configured rules', () => {
  configure({ redact: { patterns: [/CASE-\d+/] } });
  traced((text: string) => text, {
    spanName: 'call',
    redact: { keys: ['x'], redactor: (text) => text.replace('Ann', '*') },
  })('Ann has CASE-7');
  traced((text: string) => text, { spanName: 'other' })('Ann has CASE-7');
  expect(attributes()['input.value']).toBe('* has __REDACTED__');
  expect(attributes('other')['input.value']).toBe('Ann has __REDACTED__');
});

it('an error’s message and stack are redacted', () => {
  const call = traced(
    () => {
      throw new Error('key sk-proj-abcdefghijklmnopqrstuvwxyz0123456789 refused');
    },
    { spanName: 'call' },
  );
  expect(call).toThrow('sk-proj-abc');
  expect(JSON.stringify([tracing.byName('call').status, tracing.byName('call').events])).not.toContain('sk-proj-abc');
});

it('successStatus: unset leaves the status of a success to the backend', () => {
  configure({ successStatus: 'unset' });
  traced(() => 1, { spanName: 'call' })();
  expect(tracing.byName('call').status.code).toBe(0);
});

it('withoutTracing makes no spans, of other libraries neither', () => {
  expect(withoutTracing(() => traced(() => (trace.getTracer('x').startSpan('y').end(), 7))())).toBe(7);
  expect(tracing.spans).toEqual([]);
});
