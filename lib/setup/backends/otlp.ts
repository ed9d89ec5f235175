import { envText, type Environment } from '../environment.js';
import type { BackendOptions } from '../options.js';
import type { RemoteBackend } from './remote-backend.js';
import { checkEndpoint, otlpExporter, protocolOf, tracesUrl } from './otlp-exporter.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** Any OTLP backend: a Collector, Jaeger, a vendor. */
export const otlp: RemoteBackend = {
  isInEnvironment: (env: Environment) => endpointInEnvironment(env) !== undefined,
  exporter(options: BackendOptions, env: Environment) {
    const { endpoint, headers, protocol: given } = options.otlp ?? {};
    const variables = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];
    const protocol = protocolOf('otlp.protocol', given, env, variables, 'http/protobuf');
    const inEnvironment = endpointInEnvironment(env);
    const address = endpoint ?? inEnvironment;
    if (address !== undefined)
      checkEndpoint(address, protocol, endpoint === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'otlp.endpoint');
    // One in the environment is left to the exporter, which knows the specification's rules for it.
    const url = endpoint === undefined ? undefined : tracesUrl(endpoint, protocol);
    return {
      address: address ?? (protocol === 'grpc' ? 'http://localhost:4317' : 'http://localhost:4318'),
      exporter: otlpExporter({ protocol, url, headers }),
    };
  },
};

const endpointInEnvironment = (env: Environment) =>
  ENDPOINTS.map((name) => envText(env, name)).find((text) => text !== undefined);
