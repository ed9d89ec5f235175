import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { otlpServer, type OtlpServer } from '../setup/support/otlp-server.js';
import { line, Spandrel } from './support/spandrel.js';

const NODE_PATH = resolve(__dirname, '../../node_modules');
let spandrel: Spandrel;
let server: OtlpServer;
beforeAll(() => {
  spandrel = new Spandrel();
});
afterAll(() => spandrel.delete('.'));
beforeEach(async () => {
  server = await otlpServer();
  spandrel.write('.spandrel/unsent-otlp-a.jsonl', line({ id: 'a', name: 'one' }) + line({ id: 'b', name: 'two' }));
  spandrel.write('.spandrel/unsent-otlp-b.jsonl', line({ id: 'c', name: 'three' }));
  spandrel.write('.spandrel/traces.jsonl', line({ id: 'd', name: 'local' }));
});
afterEach(async () => {
  await server.close();
  spandrel.delete('.spandrel');
});

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spandrel.run(['replay', ...args], { env: { NODE_PATH, ...env } });
const left = () => readdirSync(join(spandrel.directory, '.spandrel')).sort();

it('sends the unsent files, and deletes them', async () => {
  const { code, stdout, stderr } = await run(['--to', server.url]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `sent 3 spans to ${server.url}\n`, stderr: '' });
  expect(server.taken()).toEqual(['one', 'two', 'three']);
  expect(left()).toEqual(['traces.jsonl']);
});

it.each([
  ['PHOENIX_COLLECTOR_ENDPOINT', { PHOENIX_API_KEY: 'k' }, { authorization: 'Bearer k' }],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=k' }, { 'x-key': 'k' }],
  ['ARIZE_COLLECTOR_ENDPOINT', { ARIZE_SPACE_ID: 's', ARIZE_API_KEY: 'k' }, { 'arize-space-id': 's' }],
])('sends to where the environment says: %s', async (variable, env, headers) => {
  const { code } = await run(['--keep'], { [variable]: server.url, ...env });
  expect(code).toBe(0);
  expect(server.requests[0]).toMatchObject({ path: '/v1/traces', headers });
  expect(left()).toHaveLength(3);
});

it('sends a named file anywhere, with headers and to another project, and leaves it there', async () => {
  const args = ['--to', server.url, '--header', 'x-a=b=c', '--header', 'x-d=e', '--project', 'other', '--json'];
  const { stdout } = await run([...args, '.spandrel/traces.jsonl']);
  expect(JSON.parse(stdout)).toEqual({ sent: 1, refused: 0, skipped: 0, files: 1, to: server.url });
  expect(server.requests).toMatchObject([{ headers: { 'x-a': 'b=c', 'x-d': 'e' }, spanNames: ['local'] }]);
  expect(left()).toHaveLength(3);
});

it('says what it would send', async () => {
  const { stdout } = await run(['--dry-run']);
  expect(stdout).toBe('would send 3 spans\n');
  expect(server.requests).toEqual([]);
  expect(left()).toHaveLength(3);
});

it('stops at what the backend does not take, says where, and loses nothing', async () => {
  server.behaviour = 503;
  const { code, stderr } = await run(['--to', server.url], { OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
  expect(code).toBe(1);
  expect(stderr).toContain('did not take line 1 of .spandrel/unsent-otlp-a.jsonl');
  expect(left()).toEqual(['traces.jsonl', 'unsent-otlp-a.jsonl', 'unsent-otlp-b.jsonl']);
});

it('sends what a replay that was killed had in hand', async () => {
  const directory = join(spandrel.directory, '.spandrel');
  renameSync(join(directory, 'unsent-otlp-a.jsonl'), join(directory, 'unsent-otlp-a.replay-4711.jsonl'));
  expect((await run(['--to', server.url])).stdout).toBe(`sent 3 spans to ${server.url}\n`);
  expect(left()).toEqual(['traces.jsonl']);
});

it('goes on after spans that are refused for what they hold, and keeps their file', async () => {
  server.behaviour = 400;
  const { code, stderr } = await run(['--to', server.url]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'spandrel: 3 spans were refused; their files are left as they are.\n',
  });
  expect(left()).toHaveLength(3);
});

it('skips lines that are none, says which, and keeps their file', async () => {
  spandrel.write(
    '.spandrel/unsent-otlp-b.jsonl',
    `{"resourceSpans":[{"sc\n${line({ id: 'c', name: 'three' })}nonsense\n`,
  );
  const { code, stdout, stderr } = await run(['--to', server.url]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `sent 3 spans to ${server.url}, 2 lines skipped\n` });
  expect(stderr).toContain('skipped 2 lines that are no OTLP/JSON');
  expect(left()).toEqual(['traces.jsonl', 'unsent-otlp-b.jsonl']);
});

it.each([
  [['--to', 'phenix'], 'there is no backend "phenix". Did you mean "phoenix"?', 2],
  [[], 'no backend is named: give --to phoenix|arize|otlp or an address', 2],
  [['--to', 'arize'], 'the backend "arize" lacks the space id', 1],
  [['--to', 'otlp', '--header', 'nonsense'], '--header takes name=value, not "nonsense".', 2],
  [['--to', 'otlp', 'missing.jsonl'], 'there is no file missing.jsonl.', 1],
])('%p: a clear word', async (args, message, expected) => {
  const { code, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect(code).toBe(expected);
});

it('has nothing to do where nothing waits', async () => {
  spandrel.delete('.spandrel');
  const { code, stderr } = await run(['--to', server.url]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'spandrel: there is no unsent*.jsonl in .spandrel: nothing waits to be sent.\n',
  });
  expect(existsSync(join(spandrel.directory, '.spandrel'))).toBe(false);
});
