// Who is measured: each wraps a function as its own documentation says, and sends its spans nowhere.
import { createRequire } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { byHand, inSessionByHand } from './by-hand.mjs';

/** Packages that ask for other versions of OpenTelemetry's own than the rest do; loaded after register(), since their API sees no later SDK. */
const apart = createRequire(new URL('apart/package.json', import.meta.url));

let spandrel;

const drop = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
const nowhere = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => {}, forceFlush: async () => {} };

/** Registers an SDK; `setup`: 'unsampled', 'none' (no SDK at all). With an SDK AsyncLocalStorage is at work, for the bare function too. */
function register(setup, processors = []) {
  if (setup === 'none') return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const sampler = setup === 'unsampled' ? { sampler: new AlwaysOffSampler() } : {};
  trace.setGlobalTracerProvider(new TracerProvider({ ...sampler, spanProcessors: [...processors, drop] }));
}

/** Where no SDK is registered, an expert starts a span all the same: it does nothing. */
function withoutSdk(fn) {
  const tracer = trace.getTracer('hand');
  return (...args) =>
    tracer.startActiveSpan('bench', (span) => {
      const result = fn(...args);
      span.end();
      return result;
    });
}

/** A class with so many methods, each a function of its own, and an instance of it. */
function classOf(methods, make) {
  class Service {}
  for (let i = 0; i < methods; i++) {
    const method = make(`method${i}`);
    const value = { [`method${i}`]: (...args) => method(...args) }[`method${i}`];
    Object.defineProperty(Service.prototype, `method${i}`, { value, writable: true, configurable: true });
  }
  return { Service, instance: new Service() };
}

/** name -> (fn, its case) => the function to measure. `always`: it knows no sampler and no missing SDK, so those cases are none for it. */
export const SUBJECTS = {
  bare: {
    inSession: (_id, fn) => fn(),
    async wrap(fn, { setup, methods }) {
      register(setup);
      return methods ? classOf(methods, () => fn).instance : fn;
    },
  },
  'by hand': {
    inSession: inSessionByHand,
    async wrap(fn, { names, setup, methods, stream, ...rest }) {
      register(setup);
      if (setup === 'none') return withoutSdk(fn);
      if (stream) return fn;
      if (methods) return classOf(methods, (name) => byHand(name, fn, { names })).instance;
      return byHand('bench', fn, { names, ...rest });
    },
  },
  spandrel: {
    inSession: (sessionId, fn) => spandrel.withMetadata({ sessionId }, fn),
    async wrap(fn, { names, setup, methods, options }) {
      // profile.mjs names a build of its own
      spandrel = await import(process.argv[5] ?? '../dist/esm/index.js');
      const { configure, SpandrelSpanProcessor, traced, TraceFunction } = spandrel;
      register(setup, [new SpandrelSpanProcessor()]);
      configure({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });
      if (methods) {
        const { Service, instance } = classOf(methods, () => fn);
        TraceFunction({ parameters: names })(Service); // as TypeScript's legacy protocol applies it
        return instance;
      }
      return traced(fn, { spanName: 'bench', parameters: names, ...options });
    },
  },
  'OpenInference 2.7': {
    async wrap(fn, { setup }) {
      const { withSpan } = await import('@arizeai/openinference-core');
      register(setup);
      return withSpan(fn, { name: 'bench', kind: 'CHAIN' });
    },
  },
  'Langfuse 5.11': {
    async wrap(fn, { setup }) {
      const { LangfuseSpanProcessor } = await import('@langfuse/otel');
      const { observe } = await import('@langfuse/tracing');
      const options = { exporter: nowhere, publicKey: 'pk-none', secretKey: 'none', mediaUploadEnabled: false };
      register(setup, [new LangfuseSpanProcessor(options)]);
      return observe(fn, { name: 'bench' });
    },
  },
  'LangSmith 0.12': {
    always: true,
    async wrap(fn, { setup }) {
      const { Client } = await import('langsmith');
      const { traceable } = await import('langsmith/traceable');
      register(setup);
      const client = new Client({ apiKey: 'none', apiUrl: 'http://127.0.0.1:9', autoBatchTracing: false });
      client.createRun = client.updateRun = async () => {};
      return traceable(fn, { name: 'bench', client, tracingEnabled: true });
    },
  },
  'OpenLLMetry 0.27': {
    always: true,
    async wrap(fn) {
      const { initialize, withTask } = await import('@traceloop/node-server-sdk');
      initialize({ appName: 'bench', exporter: nowhere, silenceInitializationMessage: true, traceloopSyncEnabled: false, instrumentModules: {} }); // prettier-ignore
      return (...args) => withTask({ name: 'bench' }, fn, undefined, ...args);
    },
  },
  'Braintrust 3.35': {
    always: true,
    async wrap(fn) {
      const { _exportsForTestingOnly: offline, initLogger, wrapTraced } = await import('braintrust');
      offline.setInitialTestState();
      await offline.simulateLoginForTests();
      offline.useTestBackgroundLogger().log = () => {}; // sending, and serialising, begins behind it
      initLogger({ projectName: 'bench', projectId: 'bench' });
      return wrapTraced(fn, { name: 'bench' });
    },
  },
  'Laminar 0.8': {
    always: true,
    async wrap(fn) {
      const { Laminar, observe } = await import('@lmnr-ai/lmnr');
      Laminar.initialize({ projectApiKey: 'none', baseUrl: 'http://127.0.0.1', httpPort: 9, grpcPort: 9, instrumentModules: {} }); // prettier-ignore
      return (...args) => observe({ name: 'bench' }, fn, ...args);
    },
  },
  'Logfire 0.22': {
    async wrap(fn, { setup, names }) {
      register(setup);
      const { instrument } = apart('logfire');
      return instrument(fn, { message: 'bench', extractArgs: names, recordReturn: true });
    },
  },
  'autotel 7.9': {
    async wrap(fn, { setup }) {
      register(setup);
      const { trace: traced } = apart('autotel');
      return traced({ name: 'bench', captureInput: true, captureOutput: true }, fn);
    },
  },
  'nestjs-otel 8.1 (captures nothing)': {
    async wrap(fn, { setup }) {
      await import('reflect-metadata');
      const { Span } = createRequire(import.meta.url)('nestjs-otel');
      register(setup);
      const descriptor = { value: fn, writable: true, configurable: true };
      return (Span('bench')({}, 'bench', descriptor) ?? descriptor).value; // it changes the descriptor in place
    },
  },
};
