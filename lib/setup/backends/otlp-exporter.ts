import { envText, type Environment } from '../environment.js';
import type { SpanExporter } from '../options.js';
import { loadSdk } from '../sdk.js';

const EXPORTERS = {
  'http/protobuf': '@opentelemetry/exporter-trace-otlp-proto',
  'http/json': '@opentelemetry/exporter-trace-otlp-http',
  grpc: '@opentelemetry/exporter-trace-otlp-grpc',
};

/** How spans are put on the wire. */
export type Protocol = keyof typeof EXPORTERS;

/** Where one OTLP backend is. */
export interface OtlpTarget {
  readonly protocol: Protocol;
  /** Without it, the exporter follows `OTEL_EXPORTER_OTLP_*`, as it does for timeout, compression and certificates. */
  readonly url?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface ExporterModule {
  readonly OTLPTraceExporter: new (settings: object) => SpanExporter;
}
interface Grpc {
  readonly Metadata: new () => { set(name: string, value: string): void };
}

/** OpenTelemetry's own exporter for the target, as the program has it installed. */
export function otlpExporter({ protocol, url, headers }: OtlpTarget): SpanExporter {
  const { OTLPTraceExporter } = loadSdk().load(EXPORTERS[protocol]) as ExporterModule;
  return new OTLPTraceExporter({
    ...(url !== undefined && { url }),
    ...(headers && (protocol === 'grpc' ? { metadata: metadataOf(headers) } : { headers })),
  });
}

function metadataOf(headers: Readonly<Record<string, string>>): object {
  const { Metadata } = loadSdk().load(EXPORTERS.grpc, '@grpc/grpc-js') as Grpc;
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return metadata;
}

/** The protocol that code (`setting`) or the environment's `variables` ask for. Throws when nobody knows it. */
export function protocolOf(
  setting: string,
  given: string | undefined,
  env: Environment,
  variables: readonly string[],
  fallback: Protocol,
): Protocol {
  const asked = given ?? variables.map((name) => envText(env, name)).find((text) => text !== undefined) ?? fallback;
  if (Object.hasOwn(EXPORTERS, asked)) return asked as Protocol;
  const name = given === undefined ? variables.join(' or ') : setting;
  throw new Error(`has an unknown protocol, "${asked}". Set ${name} to ${Object.keys(EXPORTERS).join(', ')}.`);
}

/** Throws when the endpoint, which `setting` holds, is no address. */
export function checkEndpoint(endpoint: string, protocol: Protocol, setting: string): void {
  if (protocol === 'grpc' && /^[^/]+:\d+$/.test(endpoint)) return; // gRPC takes host:port too
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return;
  throw new Error(
    `has an endpoint that is no http(s) URL: "${endpoint}". Set ${setting}, for example to http://localhost:4318.`,
  );
}

/** The address that spans are posted to: `/v1/traces` is added to an endpoint that does not say so itself. */
export function tracesUrl(endpoint: string, protocol: Protocol): string {
  if (protocol === 'grpc') return endpoint;
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/v1/traces') ? path : path.endsWith('/v1') ? `${path}/traces` : `${path}/v1/traces`;
  return url.href;
}

/** `name=value,name=value`, percent-encoded, as `OTEL_EXPORTER_OTLP_HEADERS` has it (W3C Baggage). */
export function headersIn(env: Environment, variable: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const part of (envText(env, variable) ?? '').split(',')) {
    const at = part.indexOf('=');
    if (at > 0) headers[decoded(part.slice(0, at)).toLowerCase()] = decoded(part.slice(at + 1));
  }
  return headers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text.trim();
  }
}
