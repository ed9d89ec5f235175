// In processes of their own: the SDK's exporters load their HTTP client by import(), which jest's sandbox does not allow.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StartTracingOptions } from '../../lib/setup/index.js';
import { Program } from './support/child.js';
import { otlpServer } from './support/otlp-server.js';
import { spansOf, unsentNames } from './support/trace-file.js';

let program: Program;
let server: Awaited<ReturnType<typeof otlpServer>>;

beforeAll(() => {
  program = new Program(`
    import { trace } from '@opentelemetry/api';
    import { startTracing } from './lib/setup/index.ts';
    const tracing = startTracing(JSON.parse(process.env.OPTIONS ?? '{}'));
    const tracer = trace.getTracer('spec');
    for (let i = 0; i < Number(process.env.SPANS ?? 2); i++) tracer.startSpan('span ' + i).end();
    if (!process.env.SHUTDOWN) tracing.flush().then(() => console.log('flushed'));
    else tracing.shutdown().then(() => console.log('down'));
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

const run = (options: StartTracingOptions, env: NodeJS.ProcessEnv = {}) =>
  program.run({ OPTIONS: JSON.stringify(options), ...env });

it.each(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])(
  'sends protobuf where %s says',
  async (variable) => {
    const endpoint = variable.includes('TRACES') ? `${server.url}/v1/traces` : server.url;
    const { code, stderr } = await run({}, { [variable]: endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=secret' });
    expect(server.requests).toMatchObject([
      {
        path: '/v1/traces',
        headers: { 'x-key': 'secret', 'content-type': 'application/x-protobuf' },
        spanNames: ['span 0', 'span 1'],
      },
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(program.traceFile)).toBe(false);
  },
);

it.each(['', '/', '/v1/traces'])('sends to the endpoint that code names, written with the path "%s"', async (path) => {
  const { stderr } = await run({
    backends: ['otlp'],
    otlp: { endpoint: server.url + path, headers: { 'x-key': 'k' } },
  });
  expect(server.requests).toMatchObject([
    { path: '/v1/traces', headers: { 'x-key': 'k' }, spanNames: ['span 0', 'span 1'] },
  ]);
  expect(stderr).toBe('');
});

it('sends to several backends at once, and every span of many', async () => {
  await run({ backends: ['file', 'otlp'], otlp: { endpoint: server.url } }, { SPANS: '1500', SHUTDOWN: '1' });
  expect(new Set(server.requests.flatMap(({ spanNames }) => spanNames)).size).toBe(1500);
  expect(spansOf(program.traceFile)).toHaveLength(1500);
});

it('speaks JSON when asked', async () => {
  await run({ backends: ['otlp'], otlp: { endpoint: server.url, protocol: 'http/json', headers: { 'x-key': 'k' } } });
  expect(server.requests).toMatchObject([
    { path: '/v1/traces', headers: { 'content-type': 'application/json', 'x-key': 'k' } },
  ]);
});

it('speaks gRPC when asked, headers included: this server does not, and the program goes on', async () => {
  const env = { OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '300' };
  const { code, stdout, stderr } = await run(
    { backends: ['otlp'], otlp: { endpoint: server.url, protocol: 'grpc', headers: { key: 'k' } } },
    env,
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'flushed\n' });
  expect(stderr).toContain('the backend "otlp" did not take 2 spans');
});

it('says once what the backend did not take, and the total at shutdown; the program goes on', async () => {
  await server.close();
  server = await otlpServer({ status: 401 });
  const options = { backends: ['otlp' as const], otlp: { endpoint: server.url } };
  const { code, stdout, stderr } = await run(options, { SPANS: '600', SHUTDOWN: '1' });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'down\n' });
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^spandrel: the backend "otlp" did not take \d+ spans: \S/),
    'spandrel: 600 spans for the backend "otlp" are kept; npx spandrel replay sends them too',
    '',
  ]);
});

it('keeps what a process has not sent that exits at once', async () => {
  const exiting = new Program(`
    import { trace } from '@opentelemetry/api';
    import { startTracing } from './lib/setup/index.ts';
    startTracing({ backends: ['otlp'] });
    trace.getTracer('spec').startSpan('late').end();
    process.exit(0);
  `);
  const { stderr } = await exiting.run({ OTEL_EXPORTER_OTLP_ENDPOINT: server.url });
  expect(stderr).toMatch(
    /^spandrel: the backend "otlp" did not take 1 span: the process exited before they were sent; kept in .*\.spandrel, and sent after the next success\n$/,
  );
  expect(unsentNames(exiting.directory)).toEqual(['late']);
  exiting.remove();
});

it('loses no span of a burst that no queue holds', async () => {
  const options = { backends: ['otlp' as const], otlp: { endpoint: server.url } };
  await run(options, { SPANS: '5000', SHUTDOWN: '1' });
  expect(new Set(server.taken()).size).toBe(5000);
  expect(unsentNames(program.directory)).toEqual([]);
});
