// npm run test:phoenix: the demo, and what a real Phoenix understood of it, asked through Phoenix's own API.
//   npm run test:phoenix -- --screenshots   also takes its trace page and its session page, for docs/images/
// Where the Python package index cannot be reached, it says so and goes on; nothing else excuses it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCollector } from '../collector/build.mjs';
import { Collector } from '../collector/collector.mjs';
import { until } from '../collector/until.mjs';
import { PhoenixApi } from './api.mjs';
import { checks } from './checks.mjs';
import { install, Unreachable, VERSION } from './install.mjs';
import { startPhoenix } from './server.mjs';
import { readTraceFile } from './trace-file.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ARRIVES_WITHIN = { seconds: 60, everyMs: 250 };

let command;
try {
  command = install();
} catch (error) {
  if (!(error instanceof Unreachable)) throw error;
  console.error(
    `\n${'!'.repeat(100)}\nNOT TESTED against a real Phoenix: the Python package index cannot be reached.\n${error.message}\n${'!'.repeat(100)}`,
  );
  process.exit(0);
}

let failed = 0;
let passed = 0;
const directory = mkdtempSync(join(tmpdir(), 'spandrel-phoenix-demo-'));
const phoenix = await startPhoenix(command);
console.log(`Phoenix ${VERSION} at ${phoenix.url}`);
try {
  const api = new PhoenixApi(phoenix.url);
  await demo({ PHOENIX_COLLECTOR_ENDPOINT: phoenix.url });
  const seen = await understood(api, 'call-analyzer', readTraceFile(join(directory, '.spandrel/traces.jsonl')));
  for (const { name, run } of checks) await check(name, () => run({ ...seen, report: console.log }));
  await check('gRPC brings the same spans', () => overGrpc(api));
  const collector = buildCollector();
  if (collector === undefined) console.log('--    through a Collector: not run, there is no Go to build it with');
  else
    await check('a Collector before it that is killed in the middle of a run loses none', () =>
      throughCollector(api, collector),
    );
  if (process.argv.includes('--screenshots')) {
    const { screenshots } = await import('./screenshots.mjs');
    await check('screenshots', () => screenshots(phoenix.url, seen));
  }
} finally {
  await phoenix.stop();
  rmSync(directory, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, '      ')}`);
  }
}

/** Runs the demo in a folder of its own, so that its trace file holds this run alone. */
function demo(env) {
  const example = join(root, 'examples/call-analyzer');
  const args = ['--tsconfig', join(example, 'tsconfig.json'), join(example, 'main.ts')];
  return program([join(root, 'node_modules/tsx/dist/cli.mjs'), ...args], env);
}

/** The demo once more, in a project of its own: its spans go to a Collector with a queue on disk, which is killed and comes back. */
async function throughCollector(api, binary) {
  const folder = mkdtempSync(join(directory, 'collector-'));
  const collector = new Collector(binary, { config: 'persistent-queue.yaml', directory: folder, sink: phoenix });
  await collector.start();
  try {
    const file = join(directory, '.spandrel/traces.jsonl');
    rmSync(file);
    const running = demo({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      DEMO_PROJECT: 'through-a-collector',
    });
    const project = async () => (await api.projects()).find(({ name }) => name === 'through-a-collector');
    await until(
      () => `the first spans arrive\n${collector.log}`,
      async () => ((await project())?.recordCount ?? 0) > 0,
      ARRIVES_WITHIN,
    );
    const before = (await project()).recordCount;
    await collector.kill();
    await collector.start();
    await running;
    const made = readTraceFile(file);
    if (before >= made.size) throw new Error(`all ${made.size} spans had arrived when it was killed`);
    const seen = await understood(api, 'through-a-collector', made);
    const missing = [...made.keys()].filter((id) => !seen.spans.some(({ spanId }) => spanId === id));
    if (missing.length > 0) throw new Error(`${missing.length} of ${made.size} spans did not arrive`);
    console.log(`  ${before} of ${made.size} spans had arrived when it was killed`);
  } finally {
    await collector.stop();
  }
}

/** Runs a program in that folder; it must end well. */
function program(args, env) {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the program ended with ${code}:\n${stderr}`));
    });
  });
}

/** What Phoenix says of a project, when all of its spans are there: it stores them in the background. */
async function understood(api, name, made) {
  let project;
  await until(
    () => `all ${made.size} spans are stored`,
    async () => {
      project = (await api.projects()).find((one) => one.name === name);
      return project !== undefined && project.recordCount >= made.size;
    },
    ARRIVES_WITHIN,
  ).catch(() => undefined);
  if (project === undefined) throw new Error(`Phoenix has no project "${name}"`);
  let before = Number.NaN;
  await until(
    () => 'what the traces cost stays as it is', // it is summed after their spans are stored, as their tokens are
    async () => {
      project = (await api.projects()).find((one) => one.name === name);
      const now = project.costSummary.total?.cost ?? 0;
      const isStill = now === before;
      before = now;
      return isStill;
    },
    ARRIVES_WITHIN,
  );
  return { api, made, project, spans: await api.spans(project.id), sessions: await api.sessions(project.id) };
}

async function overGrpc(api) {
  const source = `
    import { traced, withMetadata } from 'spandrel';
    import { startTracing } from 'spandrel/setup';
    const tracing = startTracing({ projectName: 'by-grpc', backends: ['phoenix'] });
    withMetadata({ sessionId: 's-1' }, () => traced((question) => 'an answer to ' + question, { spanName: 'ask' })('it'));
    await tracing.shutdown();`;
  const file = join(root, `phoenix/.grpc-${process.pid}.mjs`); // here, so that it finds the package
  const { rmSync: remove, writeFileSync } = await import('node:fs');
  writeFileSync(file, source);
  try {
    await program([file], {
      PHOENIX_COLLECTOR_ENDPOINT: `http://127.0.0.1:${phoenix.grpcPort}`,
      PHOENIX_GRPC_PORT: String(phoenix.grpcPort),
    });
  } finally {
    remove(file);
  }
  const { spans, sessions } = await understood(api, 'by-grpc', new Map([['one', {}]]));
  if (spans[0]?.name !== 'ask' || spans[0].output.value !== 'an answer to it') throw new Error(JSON.stringify(spans));
  if (sessions[0]?.sessionId !== 's-1') throw new Error(JSON.stringify(sessions));
}
