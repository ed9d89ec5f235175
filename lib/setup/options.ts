import type { Attributes } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { CONFIGURATION_KEYS, type Configuration } from '../configuration.js';
import { checkOptions } from '../options.js';

// The types of the SDK line that the program has installed.
export type SpanExporter = NodeSDKConfiguration['traceExporter'];
export type SpanProcessor = NonNullable<NodeSDKConfiguration['spanProcessors']>[number];

/** The backends that have a name: the local trace file, any OTLP collector, stdout. */
export type BackendName = 'file' | 'otlp' | 'console';

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
}

/** What `backendProcessors` takes: the backends and their settings. */
export interface BackendOptions {
  /**
   * Where spans go, to all of them. Default: what the environment asks for (`OTEL_TRACES_EXPORTER`, or an OTLP endpoint),
   * else the local file; with `NODE_ENV=production` nothing.
   */
  readonly backends?: readonly (BackendName | SpanExporter)[] | undefined;
  readonly otlp?: OtlpOptions | undefined;
  readonly file?: FileOptions | undefined;
}

/** Options of `startTracing`: these, and every key of `configure`. */
export interface StartTracingOptions extends BackendOptions, Configuration {
  /** The project in Phoenix and Arize (`openinference.project.name`). Default: the service's name, else `default`. */
  readonly projectName?: string | undefined;
  /** `service.name` of the resource. Default: `OTEL_SERVICE_NAME`, else the project's name. */
  readonly serviceName?: string | undefined;
  /** More attributes of the resource; they win over `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resourceAttributes?: Attributes | undefined;
  /** Default: `OTEL_TRACES_SAMPLER`, else every trace that starts here. It sees kind, agent, model, session and user at span start. */
  readonly sampler?: NodeSDKConfiguration['sampler'] | undefined;
  /** Default: 10,000 attributes, 1,000 events and 1,000 links a span, or what `OTEL_SPAN_*_LIMIT` says. */
  readonly spanLimits?: NodeSDKConfiguration['spanLimits'] | undefined;
  /** Instrumentations of other libraries. Default: none. */
  readonly instrumentations?: NodeSDKConfiguration['instrumentations'] | undefined;
  /** More span processors; they come after spandrel's own and before those of the backends. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
}

const TRACING_KEYS = [
  ...['backends', 'otlp', 'file'],
  ...[
    'projectName',
    'serviceName',
    'resourceAttributes',
    'sampler',
    'spanLimits',
    'instrumentations',
    'spanProcessors',
  ],
];

/** Throws for an unknown key. `backendProcessors` takes the options of `startTracing` too, and reads its own. */
export function checkTracingOptions(where: string, options: StartTracingOptions): void {
  checkOptions(where, options, [...TRACING_KEYS, ...CONFIGURATION_KEYS]);
  if (options.otlp !== undefined) checkOptions(`${where}({ otlp })`, options.otlp, ['endpoint', 'headers', 'protocol']);
  if (options.file !== undefined) checkOptions(`${where}({ file })`, options.file, ['directory']);
}

/** The keys that are `configure`'s. */
export function configurationOf(options: StartTracingOptions): Configuration {
  return Object.fromEntries(CONFIGURATION_KEYS.map((key) => [key, options[key]]));
}
