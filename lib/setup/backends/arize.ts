import { nearest } from '../../options.js';
import { envText, type Environment } from '../environment.js';
import type { BackendOptions } from '../options.js';
import type { RemoteBackend } from './remote-backend.js';
import { checkEndpoint, otlpExporter, protocolOf, tracesUrl } from './otlp-exporter.js';

// Arize's page "Data regions", and the package arize-otel.
const HOSTS = { us: 'otlp.arize.com', eu: 'otlp.eu-west-1a.arize.com', ca: 'otlp.ca-central-1a.arize.com' };

/** Arize AX. The variables are those of its own package (arize-otel), and `ARIZE_REGION`. */
export const arize: RemoteBackend = {
  isInEnvironment: (env: Environment) =>
    ['ARIZE_SPACE_ID', 'ARIZE_API_KEY'].some((name) => envText(env, name) !== undefined),
  exporter(options: BackendOptions, env: Environment) {
    const given = options.arize ?? {};
    const spaceId = given.spaceId ?? envText(env, 'ARIZE_SPACE_ID');
    const apiKey = given.apiKey ?? envText(env, 'ARIZE_API_KEY');
    if (spaceId === undefined || apiKey === undefined) {
      const missing = [
        ...(spaceId === undefined ? ['the space id: set ARIZE_SPACE_ID or arize.spaceId'] : []),
        ...(apiKey === undefined ? ['the API key: set ARIZE_API_KEY or arize.apiKey'] : []),
      ];
      throw new Error(`lacks ${missing.join(', and ')}. Both are in Arize under Settings, API Keys.`);
    }
    const protocol = protocolOf('arize.protocol', given.protocol, env, [], 'http/protobuf');
    const endpoint = endpointOf(given, env);
    checkEndpoint(endpoint, protocol, given.endpoint === undefined ? 'ARIZE_COLLECTOR_ENDPOINT' : 'arize.endpoint');
    // The older names of the two headers are what older on-premises installations read.
    const headers = { authorization: apiKey, api_key: apiKey, 'arize-space-id': spaceId, space_id: spaceId };
    return {
      address: `${endpoint} (space ${spaceId})`,
      exporter: otlpExporter({ protocol, url: tracesUrl(endpoint, protocol), headers }),
    };
  },
};

function endpointOf({ endpoint, region }: NonNullable<BackendOptions['arize']>, env: Environment): string {
  const address = endpoint ?? (region === undefined ? envText(env, 'ARIZE_COLLECTOR_ENDPOINT') : undefined);
  if (address !== undefined) return address;
  const asked = (region ?? envText(env, 'ARIZE_REGION') ?? 'us').toLowerCase();
  if (Object.hasOwn(HOSTS, asked)) return `https://${HOSTS[asked as keyof typeof HOSTS]}/v1`;
  const near = nearest(asked, Object.keys(HOSTS));
  throw new Error(
    `has no region "${asked}".${near ? ` Did you mean "${near}"?` : ''} Set ${region === undefined ? 'ARIZE_REGION' : 'arize.region'} to ${Object.keys(HOSTS).join(', ')}, or arize.endpoint to an address.`,
  );
}
