import type { Attributes } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { CONFIGURATION_KEYS, type Configuration } from '../configuration.js';
import { checkOptions } from '../options.js';
import type { SamplingOptions } from './sampling.js';

// The types of the SDK line that the program has installed.
export type SpanExporter = NodeSDKConfiguration['traceExporter'];
export type SpanProcessor = NonNullable<NodeSDKConfiguration['spanProcessors']>[number];

/** The backends that have a name: Arize Phoenix, Arize AX, any OTLP collector, the local trace file, stdout. */
export type BackendName = 'phoenix' | 'arize' | 'otlp' | 'file' | 'console';

/** Where Phoenix is. What is missing is read from the `PHOENIX_*` environment. */
export interface PhoenixOptions {
  /** Default: `PHOENIX_COLLECTOR_ENDPOINT`, else `http://localhost:6006`. */
  readonly endpoint?: string | undefined;
  /** Sent as `authorization: Bearer`. Default: `PHOENIX_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** More headers of each request; they win over `PHOENIX_CLIENT_HEADERS`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default `http/protobuf`; `grpc` where the endpoint names port 4317. Phoenix does not take JSON. */
  readonly protocol?: 'http/protobuf' | 'grpc' | undefined;
}

/** Which space of Arize AX, and where it is. What is missing is read from the `ARIZE_*` environment. */
export interface ArizeOptions {
  /** Default: `ARIZE_SPACE_ID`. */
  readonly spaceId?: string | undefined;
  /** Default: `ARIZE_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** Where the space's data is held. Default: `ARIZE_REGION`, else `us`. */
  readonly region?: 'us' | 'eu' | 'ca' | undefined;
  /** An installation of your own; over a region. Default: `ARIZE_COLLECTOR_ENDPOINT`, else the region's. */
  readonly endpoint?: string | undefined;
  /** Default `http/protobuf`. */
  readonly protocol?: 'http/protobuf' | 'grpc' | undefined;
}

/** Where an OTLP collector is. What is missing is read from the `OTEL_EXPORTER_OTLP_*` environment. */
export interface OtlpOptions {
  /** `http://localhost:4318`; over HTTP, `/v1/traces` is added where the path does not end with it. */
  readonly endpoint?: string | undefined;
  /** Headers of each request, such as an API key; over gRPC they are sent as metadata. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default `http/protobuf`. */
  readonly protocol?: 'http/protobuf' | 'http/json' | 'grpc' | undefined;
}

/** Where the local trace file is. */
export interface FileOptions {
  /** Default: `.spandrel` under the current directory. The file in it is `traces.jsonl`. */
  readonly directory?: string | undefined;
  /** A file that is larger is put aside as `traces-<time>.jsonl`, and a new one is begun. Default 100. */
  readonly maxMegabytes?: number | undefined;
  /** The same for one whose first span is older. Default 7. */
  readonly maxDays?: number | undefined;
  /** How many files there are at most, the one that is written included; older ones are deleted. Default 10. */
  readonly maxFiles?: number | undefined;
}

/** How spans are kept that a backend did not take. */
export interface UnsentOptions {
  /** Default: the folder of the local trace file, `.spandrel`. */
  readonly directory?: string | undefined;
  /** What all unsent files together may hold; more is lost, and counted. Default 100. */
  readonly maxMegabytes?: number | undefined;
}

/** What `backendProcessors` takes: the backends and their settings. */
export interface BackendOptions {
  /**
   * Where spans go, to all of them. Default: what the environment asks for (`OTEL_TRACES_EXPORTER`, else each of
   * `PHOENIX_COLLECTOR_ENDPOINT`, `ARIZE_SPACE_ID` and `OTEL_EXPORTER_OTLP_ENDPOINT` that is set), else the local file;
   * with `NODE_ENV=production` nothing.
   */
  readonly backends?: readonly (BackendName | SpanExporter)[] | undefined;
  readonly phoenix?: PhoenixOptions | undefined;
  readonly arize?: ArizeOptions | undefined;
  readonly otlp?: OtlpOptions | undefined;
  readonly file?: FileOptions | undefined;
  /**
   * Spans that a backend did not take, for it was down or slow, are written to `unsent-*.jsonl` and sent after the next
   * success. They hold what the spans hold. `false`: nothing is written, and they are lost when the queue of 2,048
   * (`OTEL_BSP_MAX_QUEUE_SIZE`) is full or the process ends.
   */
  readonly unsent?: UnsentOptions | false | undefined;
  /** Whether what is wrong in the environment throws, and having no backend in production; else it is a warning. Default false. */
  readonly strict?: boolean | undefined;
}

/** Options of `startTracing`: these, and every key of `configure`. */
export interface StartTracingOptions extends BackendOptions, Configuration {
  /**
   * The project in Phoenix and Arize (`openinference.project.name`). Default: `PHOENIX_PROJECT`, `PHOENIX_PROJECT_NAME`,
   * `ARIZE_PROJECT_NAME`, else the service's name, else `default`.
   */
  readonly projectName?: string | undefined;
  /** `service.name` of the resource. Default: `OTEL_SERVICE_NAME`, else the project's name. */
  readonly serviceName?: string | undefined;
  /** More attributes of the resource; they win over `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resourceAttributes?: Attributes | undefined;
  /**
   * Which traces are recorded: a share of them from 0 to 1, or rules by kind, agent, model and name. Tokens and dollars are
   * counted by budgets and metrics all the same. Default: `sampler`.
   */
  readonly sampling?: number | SamplingOptions | undefined;
  /** Default: `OTEL_TRACES_SAMPLER`, else every trace that starts here. It sees kind, agent, model, session and user at span start. */
  readonly sampler?: NodeSDKConfiguration['sampler'] | undefined;
  /** Default: 10,000 attributes, 1,000 events and 1,000 links a span, or what `OTEL_SPAN_*_LIMIT` says. */
  readonly spanLimits?: NodeSDKConfiguration['spanLimits'] | undefined;
  /** Instrumentations of other libraries. Default: none. */
  readonly instrumentations?: NodeSDKConfiguration['instrumentations'] | undefined;
  /** Readers of metrics, such as a PeriodicExportingMetricReader. Default: what `OTEL_METRICS_EXPORTER` asks for, else none. */
  readonly metricReaders?: NodeSDKConfiguration['metricReaders'] | undefined;
  /**
   * Whether SIGTERM and SIGINT send what is waiting before they end the process as they do without tracing. Where the
   * program listens to them too, it alone decides. Default true.
   */
  readonly handleSignals?: boolean | undefined;
  /** More span processors; they come after spandrel's own and before those of the backends. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
}

/** The keys of each backend's options, and of what is beside them. */
const BACKEND_KEYS = {
  phoenix: ['endpoint', 'apiKey', 'headers', 'protocol'],
  arize: ['spaceId', 'apiKey', 'region', 'endpoint', 'protocol'],
  otlp: ['endpoint', 'headers', 'protocol'],
  file: ['directory', 'maxMegabytes', 'maxDays', 'maxFiles'],
  unsent: ['directory', 'maxMegabytes'],
} satisfies Partial<Record<keyof BackendOptions, string[]>>;

const TRACING_KEYS = [
  ...['backends', ...Object.keys(BACKEND_KEYS), 'strict', 'handleSignals'],
  ...['projectName', 'serviceName', 'resourceAttributes', 'sampling', 'sampler', 'spanLimits'],
  ...['instrumentations', 'metricReaders', 'spanProcessors'],
];

/** Throws for an unknown key, a number that is none, or two samplers. `backendProcessors` takes the options of `startTracing` too, and reads its own. */
export function checkTracingOptions(where: string, options: StartTracingOptions): void {
  checkOptions(where, options, [...TRACING_KEYS, ...CONFIGURATION_KEYS]);
  if (options.sampling !== undefined && options.sampler !== undefined)
    throw new TypeError(`${where}: sampling and sampler are two ways to say the same. Give one of them.`);
  for (const [name, keys] of Object.entries(BACKEND_KEYS)) {
    const given: unknown = options[name as keyof typeof BACKEND_KEYS];
    if (given === undefined || (name === 'unsent' && given === false)) continue;
    checkOptions(`${where}({ ${name} })`, given, keys);
    for (const [key, value] of Object.entries(given as object)) {
      if (key.startsWith('max') && value !== undefined && !(typeof value === 'number' && value > 0))
        throw new TypeError(`${where}({ ${name}: { ${key} } }): expected a number above 0, got ${String(value)}.`);
    }
  }
}

/** The keys that are `configure`'s. */
export function configurationOf(options: StartTracingOptions): Configuration {
  return Object.fromEntries(CONFIGURATION_KEYS.map((key) => [key, options[key]]));
}
