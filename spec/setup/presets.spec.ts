// In processes of their own, for the exporters load their HTTP client by import(), against a receiver on loopback.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { backendProcessors, type StartTracingOptions } from '../../lib/setup/index.js';
import { Program } from './support/child.js';
import { otlpServer, type OtlpServer } from './support/otlp-server.js';

let program: Program;
let server: OtlpServer;

beforeAll(() => {
  program = new Program(`
    import { trace } from '@opentelemetry/api';
    import { startTracing } from './lib/setup/index.ts';
    const tracing = startTracing(JSON.parse(process.env.OPTIONS));
    trace.getTracer('spec').startSpan('work').end();
    tracing.shutdown();
  `);
});
afterAll(() => program.remove());
beforeEach(async () => {
  server = await otlpServer();
});
afterEach(async () => {
  await server.close();
  rmSync(join(program.directory, '.spandrel'), { recursive: true, force: true });
});

const run = (options: StartTracingOptions = {}, env: NodeJS.ProcessEnv = {}) =>
  program.run({ OPTIONS: JSON.stringify(options), ...env });
const clean = { code: 0, stderr: '' };

describe('Phoenix', () => {
  it('is found by the variables that its own packages read', async () => {
    const ended = await run(
      {},
      {
        PHOENIX_COLLECTOR_ENDPOINT: server.url,
        PHOENIX_API_KEY: 'key',
        PHOENIX_CLIENT_HEADERS: 'x-team=a%20b,x-other=c',
      },
    );
    expect(ended).toMatchObject(clean);
    expect(server.requests).toMatchObject([
      {
        path: '/v1/traces',
        headers: {
          'content-type': 'application/x-protobuf',
          authorization: 'Bearer key',
          'x-team': 'a b',
          'x-other': 'c',
        },
        spanNames: ['work'],
      },
    ]);
  });

  it('is found by code, which wins', async () => {
    const ended = await run(
      {
        backends: ['phoenix'],
        phoenix: { endpoint: `${server.url}/s/space`, apiKey: 'code', headers: { 'x-team': 'code' } },
      },
      {
        PHOENIX_COLLECTOR_ENDPOINT: 'http://127.0.0.1:1',
        PHOENIX_API_KEY: 'env',
        PHOENIX_CLIENT_HEADERS: 'x-team=env',
      },
    );
    expect(ended).toMatchObject(clean);
    expect(server.requests).toMatchObject([
      { path: '/s/space/v1/traces', headers: { authorization: 'Bearer code', 'x-team': 'code' } },
    ]);
  });

  it('is asked by gRPC at its gRPC port', async () => {
    const { stderr } = await run(
      { backends: ['phoenix'] },
      { PHOENIX_COLLECTOR_ENDPOINT: server.url, PHOENIX_GRPC_PORT: server.url.split(':')[2] as string },
    );
    expect(server.requests).toEqual([]); // this receiver speaks HTTP 1 only
    expect(stderr).toContain('the backend "phoenix" did not take 1 span');
  }, 30_000);
});

describe('Arize AX', () => {
  const space = { ARIZE_SPACE_ID: 'space', ARIZE_API_KEY: 'key' };

  it('gets the space and the key that its own package reads', async () => {
    const ended = await run({}, { ...space, ARIZE_COLLECTOR_ENDPOINT: `${server.url}/v1` });
    expect(ended).toMatchObject(clean);
    expect(server.requests).toMatchObject([
      {
        path: '/v1/traces',
        headers: {
          'content-type': 'application/x-protobuf',
          ...{ authorization: 'key', api_key: 'key', 'arize-space-id': 'space', space_id: 'space' },
        },
      },
    ]);
  });

  it('gets those of the code', async () => {
    const ended = await run(
      { backends: ['arize'], arize: { spaceId: 'code', apiKey: 'code', endpoint: server.url } },
      space,
    );
    expect(ended).toMatchObject(clean);
    expect(server.requests).toMatchObject([{ headers: { authorization: 'code', 'arize-space-id': 'code' } }]);
  });

  it.each([
    ['{}', /lacks the space id: set ARIZE_SPACE_ID or arize.spaceId, and the API key: set ARIZE_API_KEY/],
    ['{"spaceId":"s"}', /lacks the API key: set ARIZE_API_KEY or arize.apiKey/],
    [
      '{"spaceId":"s","apiKey":"k","region":"uk"}',
      /no region "uk". Did you mean "us"\? Set arize.region to us, eu, ca/,
    ],
    ['{"spaceId":"s","apiKey":"k","protocol":"udp"}', /unknown protocol, "udp". Set arize.protocol to http\/protobuf/],
    ['{"spaceId":"s","apiKey":"k","endpoint":"here"}', /no http\(s\) URL: "here". Set arize.endpoint/],
    ['{"spaceID":"s"}', /unknown option "spaceID". Did you mean "spaceId"/],
  ])('named in code with %s, says what to mend', (arize, message) => {
    const options = { backends: ['arize' as const], arize: JSON.parse(arize) as object };
    expect(() => backendProcessors(options)).toThrow(message);
  });

  it.each([
    ['us', 'https://otlp.arize.com/v1/traces'],
    ['eu', 'https://otlp.eu-west-1a.arize.com/v1/traces'],
    ['ca', 'https://otlp.ca-central-1a.arize.com/v1/traces'],
  ] as const)('is at the address of the region %s', async (region, url) => {
    // An exporter tells nobody its address, so the connection is refused by a proxy that writes it down.
    const { stderr } = await run(
      { backends: ['arize'], arize: { spaceId: 's', apiKey: 'k', region }, unsent: false },
      { NODE_OPTIONS: `--require ${join(__dirname, 'support/no-network.cjs')}`, OTEL_EXPORTER_OTLP_TIMEOUT: '200' },
    );
    expect(stderr).toContain(`no network in specs: ${new URL(url).host}`);
  });
});

describe('what is wrong in the environment', () => {
  it('is left out with a warning, and the others go on', async () => {
    const { stderr } = await run({}, { ARIZE_API_KEY: 'key', PHOENIX_COLLECTOR_ENDPOINT: server.url });
    expect(stderr).toBe(
      'spandrel: the backend "arize", which the environment asks for, is left out: lacks the space id: set ARIZE_SPACE_ID or arize.spaceId. Both are in Arize under Settings, API Keys.\n',
    );
    expect(server.taken()).toEqual(['work']);
  });

  it('throws with strict: true', async () => {
    const { code, stderr } = await run({ strict: true }, { ARIZE_API_KEY: 'key' });
    expect(code).toBe(1);
    expect(stderr).toContain(
      'Error: startTracing: the backend "arize", which the environment asks for, cannot be used: it lacks the space id',
    );
  });

  it('having no backend in production throws with strict: true', async () => {
    const { code, stderr } = await run({ strict: true }, { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(stderr).toContain('Error: startTracing: nothing is exported: no backend is configured');
  });
});

it('sends to Phoenix, Arize, a Collector and the file at once, each in its own way', async () => {
  const url = server.url;
  const ended = await run({
    backends: ['phoenix', 'arize', 'otlp', 'file'],
    ...{ phoenix: { endpoint: url }, arize: { endpoint: url, spaceId: 's', apiKey: 'k' }, otlp: { endpoint: url } },
  });
  expect(ended).toMatchObject(clean);
  expect(server.taken()).toEqual(['work', 'work', 'work']);
});
