import { trace } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { configure } from '../configuration.js';
import { SpandrelSpanProcessor } from '../processor/span-processor.js';
import { catalogue } from '../cost/catalogue.js';
import { shared } from '../shared-state.js';
import { MARK } from '../testing/mark.js';
import { concludeAll, openBackends, traceFiles, writeAllNow } from './backends.js';
import { envText, envTrue, type Environment } from './environment.js';
import { onExit } from './on-exit.js';
import { onSignal } from './on-signal.js';
import {
  checkTracingOptions,
  configurationOf,
  type BackendOptions,
  type SpanProcessor,
  type StartTracingOptions,
} from './options.js';
import { registeredProvider } from './registered-provider.js';
import { tracingResource } from './resource.js';
import { ruleSampler } from './sampling.js';
import { say } from './say.js';
import { loadSdk } from './sdk.js';
import { showWarnings } from './show-warnings.js';
import { SPAN_LIMITS } from './span-limits.js';

/** What {@link startTracing} gives. */
export interface Tracing {
  /** Sends what has ended so far; for serverless functions, at the end of each invocation. Never rejects: what fails is said on stderr. */
  flush(): Promise<void>;
  /** Ends the open spans of traced functions, sends everything and stops tracing. Never rejects. */
  shutdown(): Promise<void>;
  /** The local trace file's path, where spans go to one. */
  readonly file?: string | undefined;
}

/** One tracing a process, whichever copy of this package started it. */
const started = shared<{ tracing?: Tracing | undefined }>('tracing', () => ({}));

/**
 * Starts tracing on OpenTelemetry's NodeSDK; call it once, before the code that is traced runs. Without options it reads the
 * standard `OTEL_*`, `PHOENIX_*` and `ARIZE_*` environment; where no backend is configured, spans go to a local file that `npx spandrel tree` shows.
 * Beside a tracer provider that is already registered it changes nothing and prints the line to add there.
 * Throws when an option is unknown, or a backend named in code lacks a setting.
 *
 * @example
 * const tracing = startTracing({ projectName: 'call-analyzer', backends: ['file'] });
 * await new CallAnalyzer().analyze(transcript);
 * await tracing.shutdown();
 */
export function startTracing(options: StartTracingOptions = {}): Tracing {
  checkTracingOptions('startTracing', options);
  if (started.tracing !== undefined) {
    say('startTracing() was called a second time; the first call stays in force, and its tracing is given.');
    return started.tracing;
  }
  configure(configurationOf(options));
  void catalogue.load();
  const foreign = registeredProvider();
  if (foreign !== undefined) return besideProvider(foreign);
  if (envTrue(process.env, 'OTEL_SDK_DISABLED')) return { flush: nothing, shutdown: nothing };
  return (started.tracing = startSdk(options, process.env));
}

/**
 * The span processors of the backends, for a tracer provider of your own:
 * `spanProcessors: [new SpandrelSpanProcessor(), ...backendProcessors({ backends: ['otlp'] })]`.
 * Takes the options of `startTracing`, of which it reads `backends` and their settings, and the same environment.
 */
export function backendProcessors(options: BackendOptions = {}): SpanProcessor[] {
  checkTracingOptions('backendProcessors', options);
  return openBackends('backendProcessors', options, process.env);
}

const nothing = () => Promise.resolve();

function besideProvider(provider: object): Tracing {
  if (!(MARK in provider)) {
    say(
      'a tracer provider is already registered, so startTracing() changes nothing. Add to that provider: ' +
        'spanProcessors: [new SpandrelSpanProcessor(), ...backendProcessors(options)]',
    );
  }
  const { forceFlush } = provider as { forceFlush?(): Promise<void> };
  return { flush: () => settled([() => forceFlush?.call(provider)]), shutdown: nothing };
}

function startSdk(options: StartTracingOptions, env: Environment): Tracing {
  const backends = openBackends('startTracing', options, env);
  const files = traceFiles(backends);
  const others = [...(options.spanProcessors ?? []), ...backends];
  const own = new SpandrelSpanProcessor();
  const ended = new EndedSpans();
  // Ours first: what it adds to a span, and the spans it ends at shutdown, must reach the others.
  const processors: SpanProcessor[] = others.length > 0 ? [own, ended, ...others] : [];
  const sdk = new (loadSdk().NodeSDK)(sdkConfiguration(options, processors, env));
  startWithoutLogs(sdk, env);
  showWarnings();
  const provider = registeredProvider();

  const flush = async () => {
    ended.any = false;
    await settled([() => own.forceFlush()]);
    await settled(others.map((processor) => () => processor.forceFlush()));
  };
  const offExit = onExit({
    hasWork: () => ended.any,
    flush,
    writeNow() {
      void settled([() => own.forceFlush()]); // ends spans that wait for their price before it returns
      writeAllNow(backends, 'the program failed before they were sent');
    },
    finish() {
      void settled([() => own.shutdown()]); // settles and ends spans before it returns
      concludeAll(backends, 'the process exited before they were sent');
    },
  });
  const offSignal = others.length > 0 && options.handleSignals !== false ? onSignal(flush) : undefined;
  const shutDown = async () => {
    offExit();
    offSignal?.();
    started.tracing = undefined;
    const down = settled([() => sdk.shutdown()]);
    if (provider !== undefined && registeredProvider() === provider) trace.disable(); // contexts go on, for calls in progress
    await down;
    // The SDK waits for the first failure only; a batch processor's forceFlush waits for its own shutdown.
    await settled(backends.map((processor) => () => processor.forceFlush()));
  };
  let down: Promise<void> | undefined;
  const shutdown = () => (down ??= shutDown());
  return { flush, shutdown, file: files[0]?.path };
}

function sdkConfiguration(
  options: StartTracingOptions,
  spanProcessors: SpanProcessor[],
  env: Environment,
): Partial<NodeSDKConfiguration> {
  const { sampling, instrumentations = [], metricReaders, serviceName } = options;
  const sampler = sampling === undefined ? options.sampler : ruleSampler(sampling);
  return {
    resource: tracingResource(options, env),
    autoDetectResources: envText(env, 'OTEL_NODE_RESOURCE_DETECTORS') !== undefined,
    ...(serviceName !== undefined && { serviceName }), // also over what a detector finds
    spanProcessors,
    spanLimits: { ...limitsNotIn(env), ...options.spanLimits },
    ...(sampler !== undefined && { sampler }),
    instrumentations,
    // Metrics, like logs below, only where somebody asks for them; NodeSDK alone would send both to localhost.
    ...(metricReaders !== undefined
      ? { metricReaders }
      : envText(env, 'OTEL_METRICS_EXPORTER') === undefined && { metricReaders: [] }),
  };
}

/** Our limits, where the environment sets none: NodeSDK lets those in code win. */
function limitsNotIn(env: Environment): Partial<typeof SPAN_LIMITS> {
  const variables = {
    attributeCountLimit: ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT'],
    eventCountLimit: ['OTEL_SPAN_EVENT_COUNT_LIMIT'],
    linkCountLimit: ['OTEL_SPAN_LINK_COUNT_LIMIT'],
  } satisfies Record<keyof typeof SPAN_LIMITS, string[]>;
  const unset = (Object.keys(SPAN_LIMITS) as (keyof typeof SPAN_LIMITS)[]).filter((limit) =>
    variables[limit].every((name) => envText(env, name) === undefined),
  );
  return Object.fromEntries(unset.map((limit) => [limit, SPAN_LIMITS[limit]]));
}

/**
 * Logs have no switch in code: an empty list of processors would still register a logger provider that drops every record,
 * in the place of one that the program sets later.
 */
function startWithoutLogs(sdk: { start(): void }, env: Environment): void {
  const name = 'OTEL_LOGS_EXPORTER';
  if (envText(env, name) !== undefined) return sdk.start();
  process.env[name] = 'none';
  try {
    sdk.start();
  } finally {
    delete process.env[name];
  }
}

/** Notes that spans have ended since the last flush. */
class EndedSpans implements SpanProcessor {
  any = false;
  onStart(): void {
    // only ends count
  }
  onEnd(): void {
    this.any = true;
  }
  forceFlush(): Promise<void> {
    return nothing();
  }
  shutdown(): Promise<void> {
    return nothing();
  }
}

/** Does all of it and waits; what fails must not break the program, and the backends say themselves what they lost. */
async function settled(work: readonly (() => Promise<void> | undefined)[]): Promise<void> {
  await Promise.allSettled(work.map(async (one) => one()));
}
