import { envText, type Environment } from '../environment.js';
import type { BackendOptions, SpanProcessor } from '../options.js';
import { deliver } from '../delivery.js';
import { checkEndpoint, otlpExporter, protocolOf, tracesUrl } from './otlp-exporter.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** Any OTLP backend: a Collector, Jaeger, a vendor. */
export const otlp = {
  isInEnvironment: (env: Environment) => endpointInEnvironment(env) !== undefined,
  open(options: BackendOptions, env: Environment): SpanProcessor {
    const { endpoint, headers, protocol: given } = options.otlp ?? {};
    const variables = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];
    const protocol = protocolOf('otlp.protocol', given, env, variables, 'http/protobuf');
    const inEnvironment = endpointInEnvironment(env);
    const address = endpoint ?? inEnvironment;
    if (address !== undefined)
      checkEndpoint(address, protocol, endpoint === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'otlp.endpoint');
    // One in the environment is left to the exporter, which knows the specification's rules for it.
    const url = endpoint === undefined ? undefined : tracesUrl(endpoint, protocol);
    return deliver('otlp', address ?? 'localhost', otlpExporter({ protocol, url, headers }), options, env);
  },
};

const endpointInEnvironment = (env: Environment) =>
  ENDPOINTS.map((name) => envText(env, name)).find((text) => text !== undefined);
