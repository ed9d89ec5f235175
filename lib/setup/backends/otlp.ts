import { envText, type Environment } from '../environment.js';
import type { BackendOptions, OtlpOptions, SpanExporter, SpanProcessor } from '../options.js';
import { loadSdk } from '../sdk.js';
import { batched } from './batch.js';

const EXPORTERS = {
  'http/protobuf': '@opentelemetry/exporter-trace-otlp-proto',
  'http/json': '@opentelemetry/exporter-trace-otlp-http',
  grpc: '@opentelemetry/exporter-trace-otlp-grpc',
};
type Protocol = keyof typeof EXPORTERS;
interface ExporterModule {
  // Endpoint, headers, timeout, compression and certificates that are not given here it reads from OTEL_EXPORTER_OTLP_*.
  readonly OTLPTraceExporter: new (settings: object) => SpanExporter;
}

/** Any OTLP backend: a Collector, Jaeger, a vendor. */
export const otlp = {
  isInEnvironment: (env: Environment) => endpointInEnvironment(env) !== undefined,
  open({ otlp: given = {} }: BackendOptions, env: Environment): SpanProcessor {
    const protocol = protocolOf(given, env);
    const url = endpointOf(given, protocol, env);
    const { OTLPTraceExporter } = loadSdk().load(EXPORTERS[protocol]) as ExporterModule;
    const exporter = new OTLPTraceExporter({ ...(url && { url }), ...headersOf(given, protocol) });
    return batched('the backend "otlp"', exporter, env);
  },
};

function protocolOf({ protocol }: OtlpOptions, env: Environment): Protocol {
  const asked =
    protocol ??
    envText(env, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ??
    envText(env, 'OTEL_EXPORTER_OTLP_PROTOCOL') ??
    'http/protobuf';
  if (Object.hasOwn(EXPORTERS, asked)) return asked as Protocol;
  const name = protocol === undefined ? 'OTEL_EXPORTER_OTLP_PROTOCOL' : 'otlp.protocol';
  throw new Error(`has an unknown protocol, "${asked}". Set ${name} to ${Object.keys(EXPORTERS).join(', ')}.`);
}

/** The address that was given in code; one in the environment is checked and left to the exporter, which knows its rules. */
function endpointOf({ endpoint }: OtlpOptions, protocol: Protocol, env: Environment): string | undefined {
  checkEndpoint(
    endpoint ?? endpointInEnvironment(env),
    protocol,
    endpoint === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'otlp.endpoint',
  );
  if (endpoint === undefined || protocol === 'grpc') return endpoint;
  const url = new URL(endpoint);
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}

const endpointInEnvironment = (env: Environment) =>
  envText(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? envText(env, 'OTEL_EXPORTER_OTLP_ENDPOINT');

function checkEndpoint(endpoint: string | undefined, protocol: Protocol, setting: string): void {
  if (endpoint === undefined) return; // the specification's default: localhost
  if (protocol === 'grpc' && /^[^/]+:\d+$/.test(endpoint)) return; // gRPC takes host:port too
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return;
  throw new Error(
    `has an endpoint that is no http(s) URL: "${endpoint}". Set ${setting}, for example to http://localhost:4318.`,
  );
}

function headersOf({ headers }: OtlpOptions, protocol: Protocol): object {
  if (headers === undefined) return {};
  if (protocol !== 'grpc') return { headers };
  const { Metadata } = loadGrpc();
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return { metadata };
}

interface Grpc {
  readonly Metadata: new () => { set(name: string, value: string): void };
}

function loadGrpc(): Grpc {
  return loadSdk().load(EXPORTERS.grpc, '@grpc/grpc-js') as Grpc;
}
