import { context, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import {
  configure,
  REDACTOR,
  setResolver,
  SpandrelSpanProcessor,
  TraceFunction,
  traced,
  withMetadata,
} from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { diagLog } from '../support/diag-log.js';

const boom = (): never => {
  throw new Error('boom');
};
const quiet = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
const log = diagLog();

/** Registers a provider with these processors in front of a recording one. */
function tracingWith(processors: object[], options: object = {}) {
  const ended: Span[] = [];
  const recorder = { ...quiet, onEnd: (span: unknown) => void ended.push(span as Span) };
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ ...options, spanProcessors: [...processors, recorder] as never }));
  return ended as unknown as { name: string; attributes: Record<string, unknown>; status: { code: number } }[];
}

afterEach(() => {
  trace.disable();
  context.disable();
  setResolver(undefined);
  resetConfiguration();
  log.warnings.length = 0;
});
afterAll(() => log.stop());

describe.each<[string, object[], object]>([
  ['a processor that throws on start', [{ ...quiet, onStart: boom }], {}],
  ['a processor that throws at the end', [{ ...quiet, onEnd: boom }], {}],
  ['a processor that throws while ending', [{ ...quiet, onEnding: boom }], {}],
  ['a sampler that throws', [], { sampler: { shouldSample: boom, toString: () => 'bad' } }],
  ['an id generator that throws', [], { idGenerator: { generateTraceId: boom, generateSpanId: boom } }],
])('beside %s', (_, processors, options) => {
  it('a traced call gives what the bare one gives', async () => {
    tracingWith(processors, options);
    const self = { n: 2 };
    const add = traced(function (this: typeof self, x: number) {
      return this.n + x;
    });
    expect(add.call(self, 3)).toBe(5);
    await expect(traced(async () => 7)()).resolves.toBe(7);
    expect([...traced(function* () { yield 1; yield 2; })()]).toEqual([1, 2]); // prettier-ignore
    expect(() => traced(boom)()).toThrow('boom');
    expect(withMetadata({ sessionId: 's' }, () => traced(() => 1)())).toBe(1);
  });
});

it('hooks of the user’s that throw leave the call, its span and its status alone, and are reported once', () => {
  const ended = tracingWith([new SpandrelSpanProcessor()]);
  class Service {
    @TraceFunction<(x: number) => number>({
      spanName: boom,
      modelName: boom,
      attributes: boom,
      resultAttributes: boom,
      usage: boom,
      links: boom,
      spanKind: 'LLM',
      pricing: { price: boom },
      redact: boom,
    })
    run(x: number) {
      return x;
    }
  }
  for (let i = 0; i < 3; i++) expect(new Service().run(i)).toBe(i);
  expect(ended.map(({ name, status }) => [name, status.code])).toEqual(Array(3).fill(['Service.run', 1]));
  expect(new Set(log.warnings).size).toBe(log.warnings.length);
  expect(log.warnings.length).toBeGreaterThanOrEqual(6);
});

it('a redactor that fails withholds the value', () => {
  const ended = tracingWith([new SpandrelSpanProcessor()]);
  setResolver({ resolve: (token) => (token === REDACTOR ? boom : undefined) });
  traced((text: string) => text, { spanName: 'call' })('confidential');
  expect(ended[0]?.attributes).toMatchObject({ 'input.value': '__REDACTED__', 'output.value': '__REDACTED__' });
  expect(JSON.stringify(ended[0]?.attributes)).not.toContain('confidential');
});

it('a logger of the user’s that throws does not reach the call', () => {
  log.stop();
  const bad = diagLog();
  bad.stop();
  tracingWith([]);
  configure({ redact: boom });
  expect(traced(() => 'x')()).toBe('x');
});

it('a value that throws when it is looked at ends the span at once', () => {
  const ended = tracingWith([]);
  const shy = new Proxy({}, { has: (_, key) => key !== 'then' && boom() });
  expect(traced(() => shy, { spanName: 'call', captureResult: false })()).toBe(shy);
  expect(ended.map(({ name, status }) => [name, status.code])).toEqual([['call', 1]]);
});

it('without a context manager the call runs and its span is recorded', () => {
  const ended = tracingWith([]);
  context.disable();
  expect(traced((x: number) => x + 1, { spanName: 'call' })(1)).toBe(2);
  expect(ended.map(({ name }) => name)).toEqual(['call']);
});

it('a provider registered late, taken away, and registered anew is honoured at each call', () => {
  const call = traced(() => 1, { spanName: 'call' });
  call();
  const first = tracingWith([]);
  call();
  trace.disable();
  call();
  const second = tracingWith([]);
  call();
  call();
  expect([first.length, second.length]).toEqual([1, 2]);
});
