// Two processes on the loopback, with OpenTelemetry's own instrumentations of http and undici.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '../..');
const service = join(__dirname, 'support/service.cjs');
beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}, 60_000);

interface Seen {
  readonly name: string;
  readonly scope: string;
  readonly session?: string;
  readonly user?: string;
  readonly metadata?: string;
}

async function run(env: Record<string, string>): Promise<{ caller: Seen[]; callee: Seen[] }> {
  const callee = spawn(process.execPath, [service, 'callee'], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] }); // prettier-ignore
  const lines = createInterface(callee.stdout)[Symbol.asyncIterator]();
  const port = (await lines.next()).value as string;
  const caller = execCaller(`http://127.0.0.1:${port}/`);
  const seen = JSON.parse(await caller) as Seen[];
  callee.stdin.end();
  const spans = JSON.parse((await lines.next()).value as string) as Seen[];
  if (callee.exitCode === null) await once(callee, 'exit');
  return { caller: seen, callee: spans };
}

async function execCaller(url: string): Promise<string> {
  const child = spawn(process.execPath, [service, 'caller', url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return (await lines.next()).value as string;
}

it('session and user that are set in the first are on every span of both, those of http and undici too', async () => {
  const { caller, callee } = await run({});
  expect(new Set(caller.map(({ scope }) => scope)).size).toBe(3); // ours, http, undici
  expect(callee.filter(({ scope }) => scope.includes('instrumentation-http'))).toHaveLength(2);
  expect(callee.filter(({ name }) => name === 'answer')).toHaveLength(2);
  for (const span of [...caller, ...callee]) expect(span).toMatchObject({ session: 's1', user: 'u1' });
  // metadata stays at home
  expect(caller.every(({ metadata }) => metadata === '{"plan":"private"}')).toBe(true);
  expect(callee.every(({ metadata }) => metadata === undefined)).toBe(true);
});

it('a service that was not told to believe baggage does not', async () => {
  const { callee } = await run({ BAGGAGE: 'off' });
  expect(callee.length).toBeGreaterThan(0);
  for (const span of callee) expect([span.session, span.user]).toEqual([undefined, undefined]);
});
