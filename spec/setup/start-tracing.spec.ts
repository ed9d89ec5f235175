import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, createContextKey, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { traced } from '../../lib/blocks/traced.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { settings } from '../../lib/settings.js';
import { backendProcessors, startTracing, type StartTracingOptions, type Tracing } from '../../lib/setup/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { attributesOf, linesOf, resourceOf, spansOf } from './support/trace-file.js';

let directory: string;
let said: string[];
const running: Tracing[] = [];
const before = { ...process.env };

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^(OTEL_|NODE_ENV$)/.test(name)) delete process.env[name];
  directory = mkdtempSync(join(tmpdir(), 'spandrel-setup-'));
  said = [];
  jest.spyOn(process, 'cwd').mockReturnValue(directory);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});

afterEach(async () => {
  for (const tracing of running.splice(0)) await tracing.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
  jest.restoreAllMocks();
  resetConfiguration();
  process.env = { ...before };
  rmSync(directory, { recursive: true, force: true });
});

function start(options?: StartTracingOptions): Tracing {
  const tracing = startTracing(options);
  running.push(tracing);
  return tracing;
}

const span = (name = 'work', attributes = {}) => trace.getTracer('spec', '1.2.3').startSpan(name, { attributes });
const traceFile = () => join(directory, '.spandrel/traces.jsonl');

describe('without options', () => {
  it('writes the local file and says so in one line', async () => {
    const tracing = start();
    span().end();
    await tracing.flush();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(['work']);
    expect(tracing.file).toBe(traceFile());
    expect(said).toEqual([
      `spandrel: no backend is configured, so spans go to ${traceFile()}; look at them with: npx spandrel tree\n`,
    ]);
  });

  it('exports nothing in production, with one warning', async () => {
    process.env['NODE_ENV'] = 'production';
    const tracing = start();
    expect(span().isRecording()).toBe(false);
    await tracing.shutdown();
    expect(existsSync(join(directory, '.spandrel'))).toBe(false);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/nothing is exported.*NODE_ENV is production.*OTEL_EXPORTER_OTLP_ENDPOINT/);
  });

  it('keeps context across await and propagates it', async () => {
    start();
    const key = createContextKey('probe');
    await context.with(context.active().setValue(key, 1), async () => {
      await Promise.resolve();
      expect(context.active().getValue(key)).toBe(1);
    });
    expect(propagation.fields()).toContain('traceparent');
  });

  it('does nothing with OTEL_SDK_DISABLED', async () => {
    process.env['OTEL_SDK_DISABLED'] = 'true';
    const tracing = start();
    expect(span().isRecording()).toBe(false);
    await tracing.flush();
    await tracing.shutdown();
    expect(said).toEqual([]);
  });

  it('samples as OTEL_TRACES_SAMPLER says', async () => {
    process.env['OTEL_TRACES_SAMPLER'] = 'traceidratio';
    process.env['OTEL_TRACES_SAMPLER_ARG'] = '0';
    start();
    expect(span().isRecording()).toBe(false);
  });

  it('exports nothing with OTEL_TRACES_EXPORTER=none, and says nothing', async () => {
    process.env['OTEL_TRACES_EXPORTER'] = 'none';
    const tracing = start();
    expect(span().isRecording()).toBe(false);
    await tracing.shutdown();
    expect(said).toEqual([]);
  });

  it('leaves out what the environment asks for and nobody knows, and says so', async () => {
    process.env['OTEL_TRACES_EXPORTER'] = 'zipkin,file';
    const tracing = start();
    expect(tracing.file).toBe(traceFile());
    expect(said).toEqual([
      'spandrel: the backend "zipkin", which the environment asks for, is left out: there is no backend "zipkin". Backends: phoenix, arize, otlp, file, console, or an exporter object.\n',
    ]);
  });

  it('leaves out an OTLP endpoint of the environment that is no URL, and says so', async () => {
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = 'collector';
    const tracing = start();
    expect(tracing.file).toBe(traceFile());
    expect(said[0]).toContain(
      'is left out: has an endpoint that is no http(s) URL: "collector". Set OTEL_EXPORTER_OTLP_ENDPOINT',
    );
  });
});

describe('with backends in code', () => {
  it('sends to all of them, without a word', async () => {
    const exporter = new InMemorySpanExporter();
    const tracing = start({ backends: ['file', exporter] });
    span().end();
    await tracing.flush();
    expect(spansOf(traceFile())).toHaveLength(1);
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(said).toEqual([]);
  });

  it('prints to the console', async () => {
    const dir = jest.spyOn(console, 'dir').mockImplementation(() => undefined);
    start({ backends: ['console'] });
    span().end();
    expect(dir).toHaveBeenCalledTimes(1);
    expect(dir.mock.calls[0]?.[0]).toMatchObject({ name: 'work' });
  });

  it('exports nothing to an empty list, without a word', async () => {
    start({ backends: [] });
    expect(span().isRecording()).toBe(false);
    expect(said).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'an unknown name',
      { backends: ['oltp'] },
      'startTracing: there is no backend "oltp". Did you mean "otlp"? Backends: phoenix, arize, otlp, file, console, or an exporter object.',
    ],
    ['no list', { backends: 'file' }, "startTracing: backends is a list, such as ['otlp']."],
    [
      'no exporter',
      { backends: [{}] },
      'startTracing: a backend is a name or an exporter with the method export(spans, done); got object.',
    ],
    [
      'a wrong endpoint',
      { backends: ['otlp'], otlp: { endpoint: 'localhost:4318' } },
      'the backend "otlp" has an endpoint that is no http(s) URL: "localhost:4318". Set otlp.endpoint',
    ],
    [
      'a wrong protocol',
      { backends: ['otlp'], otlp: { protocol: 'http' } },
      'the backend "otlp" has an unknown protocol, "http". Set otlp.protocol to http/protobuf, http/json, grpc.',
    ],
    ['an unknown key', { backend: ['file'] }, 'startTracing: unknown option "backend". Did you mean "backends"?'],
    ['an unknown key of a backend', { file: { dir: 'x' } }, 'startTracing({ file }): unknown option "dir".'],
    [
      'an unknown key of configure',
      { captureArg: false },
      'startTracing: unknown option "captureArg". Did you mean "captureArgs"?',
    ],
  ])('throws for %s, and nothing is started', (_, options, message) => {
    expect(() => startTracing(options)).toThrow(message);
    expect(span().isRecording()).toBe(false);
  });

  it('says once what a backend did not take, and the total at shutdown', async () => {
    const refusing = {
      export: (_: unknown, done: (result: object) => void) => done({ code: 1, error: new Error('no room') }),
      shutdown: async () => undefined,
    };
    const tracing = start({ backends: [refusing as never] });
    span().end();
    await tracing.flush();
    span().end();
    await tracing.shutdown();
    expect(said).toEqual([
      `spandrel: the exporter did not take 1 span: no room; kept in ${join(directory, '.spandrel')}, and sent after the next success\n`,
      'spandrel: 2 spans for the exporter are kept; npx spandrel replay sends them too\n',
    ]);
  });
});

describe('the resource', () => {
  const resource = async (options: StartTracingOptions) => {
    const tracing = start({ backends: ['file'], ...options });
    span().end();
    await tracing.flush();
    return resourceOf(traceFile());
  };

  it('names project and service after the project', async () => {
    expect(await resource({ projectName: 'calls' })).toMatchObject({
      'service.name': 'calls',
      'openinference.project.name': 'calls',
      'telemetry.sdk.language': 'nodejs',
      'process.pid': String(process.pid),
    });
  });

  it('keeps what the environment says', async () => {
    process.env['OTEL_SERVICE_NAME'] = 'service';
    process.env['OTEL_RESOURCE_ATTRIBUTES'] = 'deployment.environment.name=staging,service.name=other';
    expect(await resource({ projectName: 'calls' })).toMatchObject({
      'service.name': 'service',
      'openinference.project.name': 'calls',
      'deployment.environment.name': 'staging',
    });
  });

  it('names the project after the service, else "default": Arize refuses spans without a project', async () => {
    expect(await resource({ serviceName: 'only-service' })).toMatchObject({
      'service.name': 'only-service',
      'openinference.project.name': 'only-service',
    });
    await running.pop()?.shutdown();
    rmSync(join(directory, '.spandrel'), { recursive: true });
    const unnamed = await resource({});
    expect(unnamed['openinference.project.name']).toBe('default');
    expect(unnamed['service.name']).toMatch(/^unknown_service/);
  });

  it('lets code win over the environment', async () => {
    process.env['OTEL_SERVICE_NAME'] = 'service';
    process.env['OTEL_RESOURCE_ATTRIBUTES'] = 'team=a,openinference.project.name=p';
    expect(await resource({ serviceName: 'mine', resourceAttributes: { team: 'b' } })).toMatchObject({
      'service.name': 'mine',
      team: 'b',
      'openinference.project.name': 'p',
    });
  });

  it('holds no command line, where secrets are', async () => {
    expect(Object.keys(await resource({})).filter((key) => key.startsWith('process.'))).toEqual([
      'process.pid',
      'process.runtime.name',
      'process.runtime.version',
    ]);
  });

  it('has what OTEL_NODE_RESOURCE_DETECTORS asks for, the slow ones too', async () => {
    process.env['OTEL_NODE_RESOURCE_DETECTORS'] = 'host';
    expect(await resource({ serviceName: 'mine' })).toMatchObject({
      'host.name': expect.any(String),
      'service.name': 'mine',
    });
  });
});

describe('options', () => {
  it('passes the keys of configure on', () => {
    start({ backends: [], captureArgs: false });
    expect(settings.captureArgs).toBe(false);
  });

  it('takes a sampler, more processors, and instrumentations', async () => {
    const exporter = new InMemorySpanExporter();
    const seen: unknown[] = [];
    const instrumentation = {
      ...{ instrumentationName: 'fake', instrumentationVersion: '1' },
      ...{ enable: () => seen.push('enabled'), disable: () => undefined, setMeterProvider: () => undefined },
      ...{ setTracerProvider: () => seen.push('tracer'), setConfig: () => undefined, getConfig: () => ({}) },
    };
    const tracing = start({
      backends: [],
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
      instrumentations: [instrumentation],
    });
    span().end();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(seen).toContain('enabled');
    await tracing.shutdown();
    start({ backends: ['file'], sampler: new AlwaysOffSampler() });
    expect(span().isRecording()).toBe(false);
  });

  it('keeps a thousand attributes of a span, or as many as the environment says', async () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, i]));
    const tracing = start({ backends: ['file'] });
    span('wide', wide).end();
    await tracing.shutdown();
    expect(spansOf(traceFile())[0].attributes.length).toBeGreaterThanOrEqual(1000);
    process.env['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'] = '5';
    const limited = start({ backends: ['file'] });
    span('narrow', wide).end();
    await limited.shutdown();
    expect(spansOf(traceFile())[1].attributes).toHaveLength(5);
  });

  it('sends no metrics and registers no logger', async () => {
    const { logs } = require(
      require.resolve('@opentelemetry/api-logs', { paths: [require.resolve('@opentelemetry/sdk-node')] }),
    );
    start({ backends: ['file'] });
    const mine = { getLogger: () => ({ emit: () => undefined }) };
    expect(logs.setGlobalLoggerProvider(mine)).toBe(mine);
    logs.disable();
    expect(process.env['OTEL_LOGS_EXPORTER']).toBeUndefined();
  });
});

describe('beside other tracing', () => {
  it('leaves a registered provider alone and prints the line to add', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    trace.setGlobalTracerProvider(provider);
    const flushed = jest.spyOn(provider, 'forceFlush');
    const tracing = start({ captureArgs: false });
    expect(said).toEqual([
      'spandrel: a tracer provider is already registered, so startTracing() changes nothing. Add to that provider: ' +
        'spanProcessors: [new SpandrelSpanProcessor(), ...backendProcessors(options)]\n',
    ]);
    expect(settings.captureArgs).toBe(false);
    await tracing.flush();
    expect(flushed).toHaveBeenCalledTimes(1);
    await tracing.shutdown();
    span().end();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(existsSync(join(directory, '.spandrel'))).toBe(false);
  });

  it('gives the processors to add there', async () => {
    const processors = backendProcessors({ backends: ['file'] });
    const provider = new TracerProvider({ spanProcessors: processors });
    provider.getTracer('spec').startSpan('theirs').end();
    await provider.shutdown();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(['theirs']);
    expect(() => backendProcessors({ backends: ['x'] } as object)).toThrow(
      'backendProcessors: there is no backend "x".',
    );
  });

  it('is quiet under testTracing, so that services that start tracing can be tested', async () => {
    const tests = testTracing();
    start();
    span().end();
    expect(said).toEqual([]);
    expect(tests.spans).toHaveLength(1);
    await tests.shutdown();
  });

  it('gives the first tracing when it is called twice, and says so', () => {
    const first = start({ backends: ['file'] });
    expect(startTracing({ backends: [] })).toBe(first);
    expect(said).toEqual([
      'spandrel: startTracing() was called a second time; the first call stays in force, and its tracing is given.\n',
    ]);
  });

  it('can be started again after shutdown', async () => {
    await start({ backends: ['file'] }).shutdown();
    expect(span().isRecording()).toBe(false);
    const again = start({ backends: ['file'] });
    span('again').end();
    await again.shutdown();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(['again']);
  });
});

describe('flush and shutdown', () => {
  it('never reject, whatever a processor of the user does', async () => {
    const broken = {
      onStart: () => undefined,
      onEnd: () => undefined,
      forceFlush: () => {
        throw new Error('flush');
      },
      shutdown: () => Promise.reject(new Error('shutdown')),
    };
    const tracing = start({ backends: ['file'], spanProcessors: [broken] });
    span().end();
    await tracing.flush();
    span().end();
    await tracing.shutdown();
    await tracing.shutdown();
    expect(spansOf(traceFile())).toHaveLength(2);
  });

  it('shutdown ends the open spans of traced functions and writes them', async () => {
    const tracing = start({ backends: ['file'] });
    void traced(() => new Promise(() => undefined), { spanName: 'open' })();
    await tracing.shutdown();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(['open']);
  });

  it('leaves no listener on the process', async () => {
    const events = ['beforeExit', 'exit', 'uncaughtExceptionMonitor', 'SIGTERM', 'SIGINT', 'uncaughtException'];
    const listeners = () => events.map((event) => process.listenerCount(event));
    const was = listeners();
    const added = () => listeners().map((count, i) => count - was[i]!);
    for (const [handleSignals, expected] of [
      [true, [1, 1, 1, 1, 1, 0]],
      [false, [1, 1, 1, 0, 0, 0]],
    ] as const) {
      const tracing = start({ backends: ['file'], handleSignals });
      expect(added()).toEqual(expected);
      await tracing.shutdown();
      expect(listeners()).toEqual(was);
    }
  });
});

describe('the trace file', () => {
  it('is for its owner only, in a directory that git ignores', async () => {
    const tracing = start({ backends: ['file'] });
    span().end();
    await tracing.flush();
    expect(statSync(traceFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, '.spandrel')).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(directory, '.spandrel/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is appended to, in a directory of choice that is left as it is', async () => {
    mkdirSync(join(directory, 'mine'));
    for (const name of ['first', 'second']) {
      const tracing = start({ backends: ['file'], file: { directory: join(directory, 'mine') } });
      span(name).end();
      await tracing.shutdown();
    }
    expect(spansOf(join(directory, 'mine/traces.jsonl')).map(({ name }) => name)).toEqual(['first', 'second']);
    expect(existsSync(join(directory, 'mine/.gitignore'))).toBe(false);
  });

  it('is made anew when somebody removes it meanwhile', async () => {
    const tracing = start({ backends: ['file'] });
    span('gone').end();
    await tracing.flush();
    rmSync(join(directory, '.spandrel'), { recursive: true });
    span('kept').end();
    await tracing.shutdown();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(['kept']);
  });

  it('holds many spans in lines of its own size, each one JSON', async () => {
    const tracing = start({ backends: ['file'] });
    for (let i = 0; i < 1000; i++) span(`s${i}`).end();
    await tracing.shutdown();
    expect(spansOf(traceFile()).map(({ name }) => name)).toEqual(Array.from({ length: 1000 }, (_, i) => `s${i}`));
    expect(linesOf(traceFile()).length).toBeGreaterThan(10);
  });

  it('never breaks the program when it cannot be written: the cause is said once, the count at shutdown', async () => {
    writeFileSync(join(directory, '.spandrel'), 'a file where the directory should be');
    const tracing = start({ backends: ['file'] });
    span().end();
    await tracing.flush();
    span().end();
    await tracing.flush();
    await tracing.shutdown();
    expect(said).toEqual([
      expect.stringMatching(/^spandrel: the trace file .*traces.jsonl did not take 1 span: ENOTDIR.*\n$/),
      expect.stringMatching(/^spandrel: 2 spans did not reach the trace file .*: ENOTDIR.*\n$/),
    ]);
  });

  const unprivileged = process.getuid?.() === 0 ? it.skip : it;
  unprivileged('survives a read-only directory', async () => {
    chmodSync(directory, 0o500);
    const tracing = start({ backends: ['file'] });
    span().end();
    await tracing.shutdown();
    expect(said[0]).toContain('EACCES');
  });

  it('starts a new line after one that was cut, by a full disk or a killed process', async () => {
    mkdirSync(join(directory, '.spandrel'));
    writeFileSync(traceFile(), '{"resourceSp');
    const tracing = start({ backends: ['file'] });
    span().end();
    await tracing.shutdown();
    const [cut, whole, ...rest] = readFileSync(traceFile(), 'utf8').split('\n');
    expect([cut, ...rest]).toEqual(['{"resourceSp', '']);
    expect(JSON.parse(whole ?? '')).toHaveProperty('resourceSpans');
  });

  (existsSync('/dev/full') ? it : it.skip)('says that the disk is full', async () => {
    mkdirSync(join(directory, '.spandrel'));
    symlinkSync('/dev/full', traceFile());
    const tracing = start({ backends: ['file'] });
    span().end();
    await tracing.shutdown();
    expect(said).toEqual([expect.stringMatching(/did not take 1 span: ENOSPC/)]);
  });

  it('holds what a span says, as OTLP has it', async () => {
    const tracing = start({ backends: ['file'] });
    const tracer = trace.getTracer('spec', '1.2.3');
    tracer.startActiveSpan('parent', { kind: SpanKind.CLIENT, startTime: [1_700_000_000, 123_456_789] }, (parent) => {
      const child = tracer.startSpan('child', {
        links: [{ context: parent.spanContext(), attributes: { why: 'retry' } }],
        startTime: [1_700_000_000, 123_456_790],
        attributes: {
          text: 'line\nbreak \u2028 \ud800',
          whole: 42,
          half: 0.5,
          huge: 1e300,
          nan: Number.NaN,
          minus: -Infinity,
          yes: true,
          list: ['a', 'b'],
          mixed: [1, null, 2],
        },
      });
      child.addEvent('exception', { 'exception.message': 'no' }, [1_700_000_001, 0]);
      child.setStatus({ code: SpanStatusCode.ERROR, message: 'broken' });
      child.end([1_700_000_002, 5]);
      parent.end([1_700_000_003, 0]);
    });
    await tracing.shutdown();
    const [child, parent] = spansOf(traceFile());
    expect(parent).toMatchObject({
      name: 'parent',
      kind: 3,
      startTimeUnixNano: '1700000000123456789',
      endTimeUnixNano: '1700000003000000000',
      status: {},
    });
    expect(parent).not.toHaveProperty('parentSpanId');
    expect(child).toMatchObject({
      traceId: parent.traceId,
      parentSpanId: parent.spanId,
      kind: 1,
      flags: 0x101,
      endTimeUnixNano: '1700000002000000005',
      status: { code: 2, message: 'broken' },
      events: [
        {
          name: 'exception',
          timeUnixNano: '1700000001000000000',
          attributes: [{ key: 'exception.message', value: { stringValue: 'no' } }],
        },
      ],
      links: [
        {
          traceId: parent.traceId,
          spanId: parent.spanId,
          attributes: [{ key: 'why', value: { stringValue: 'retry' } }],
        },
      ],
    });
    expect(attributesOf(child)).toMatchObject({
      text: 'line\nbreak \u2028 \ud800',
      whole: '42',
      half: 0.5,
      huge: 1e300,
      nan: 'NaN',
      minus: '-Infinity',
      yes: true,
      list: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] },
      mixed: { values: [{ intValue: '1' }, {}, { intValue: '2' }] },
    });
    expect(linesOf(traceFile())[0].resourceSpans[0].scopeSpans[0].scope).toEqual({ name: 'spec', version: '1.2.3' });
  });
});
