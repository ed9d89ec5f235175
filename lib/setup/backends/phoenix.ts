import { envText, type Environment } from '../environment.js';
import type { BackendOptions } from '../options.js';
import type { RemoteBackend } from './remote-backend.js';
import { checkEndpoint, headersIn, otlpExporter, tracesUrl, type Protocol } from './otlp-exporter.js';

const ENDPOINT = 'PHOENIX_COLLECTOR_ENDPOINT';

/** Arize Phoenix. The variables are those of its own packages (phoenix-otel). */
export const phoenix: RemoteBackend = {
  isInEnvironment: (env: Environment) => envText(env, ENDPOINT) !== undefined,
  exporter(options: BackendOptions, env: Environment) {
    const given = options.phoenix ?? {};
    const endpoint = given.endpoint ?? envText(env, ENDPOINT) ?? 'http://localhost:6006';
    const protocol = phoenixProtocol(given.protocol, endpoint, env);
    checkEndpoint(endpoint, protocol, given.endpoint === undefined ? ENDPOINT : 'phoenix.endpoint');
    const apiKey = given.apiKey ?? envText(env, 'PHOENIX_API_KEY');
    const headers = {
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      ...headersIn(env, 'PHOENIX_CLIENT_HEADERS'),
      ...given.headers,
    };
    return { address: endpoint, exporter: otlpExporter({ protocol, url: tracesUrl(endpoint, protocol), headers }) };
  },
};

/** Protobuf, for Phoenix answers 415 to JSON; gRPC where the endpoint is Phoenix's gRPC port. */
function phoenixProtocol(given: string | undefined, endpoint: string, env: Environment): Protocol {
  const allowed = ['http/protobuf', 'grpc'] as const;
  if (given !== undefined) {
    const known = allowed.find((one) => one === given);
    if (known) return known;
    throw new Error(`takes the protocol ${allowed.join(' or ')}, not "${given}". Set phoenix.protocol to one of them.`);
  }
  const port = /:(\d+)\/?$/.exec(endpoint)?.[1];
  return port === (envText(env, 'PHOENIX_GRPC_PORT') ?? '4317') ? 'grpc' : 'http/protobuf';
}
