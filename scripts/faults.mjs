// What becomes of spans when something fails: each row is a program that makes spans in a process of its own, against a
// receiver on loopback that misbehaves, and, once all is well again, a second program in the same folder.
//   npm run faults             runs all rows and writes the table in docs/backends.md
//   npm run faults -- --check  runs them and fails where a span is lost that could have been written
//   npm run faults -- slow     the rows whose name begins so, and writes nothing
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const doc = join(root, 'docs/backends.md');
const SPANS = 300;
const EVERY_MS = 10;
const FLUSH_MS = 1_000; // the default interval

/** Makes spans one by one and says each; then does what the row asks for. */
const PROGRAM = `
  import { trace } from '@opentelemetry/api';
  import { startTracing } from './lib/setup/index.ts';
  const { backends, endpoint, spans, every, jumps, then } = JSON.parse(process.env.ROW);
  const tracing = startTracing({ backends, otlp: { endpoint, protocol: 'http/json' } });
  const tracer = trace.getTracer('faults');
  const now = Date.now;
  let made = 0;
  const timer = setInterval(() => {
    if (jumps && made === spans / 3) Date.now = () => now() + 3_600_000;
    if (jumps && made === 2 * spans / 3) Date.now = () => now() - 3_600_000;
    const span = tracer.startSpan('work');
    span.end();
    process.stdout.write(span.spanContext().spanId + '\\n');
    if (++made < spans) return;
    clearInterval(timer);
    if (then === 'shut down') void tracing.shutdown();
    if (then === 'exit') process.exit();
    if (then === 'throw') throw new Error('fatal');
    if (then === 'run on') setInterval(() => {}, 1000);
  }, every);
`;

/**
 * `receiver`: what it does with requests: a status, hang, cut, slow, ok, or none (nobody listens). `then`: how the program
 * ends. `during`: what is done to the program or the receiver after so many spans.
 */
const ROWS = [
  { name: 'all is well', receiver: 'ok', then: 'shut down' },
  { name: 'refused: nobody listens', receiver: 'none', then: 'shut down' },
  { name: 'hung: no answer', receiver: 'hang', then: 'shut down' },
  { name: 'slow: 1.5 s an answer', receiver: 'slow', then: 'shut down' },
  { name: '401', receiver: 401, then: 'shut down' },
  { name: '415', receiver: 415, then: 'shut down' },
  { name: '429', receiver: 429, then: 'shut down' },
  { name: '500', receiver: 500, then: 'shut down' },
  { name: 'cut in the middle of a request', receiver: 'cut', then: 'shut down' },
  {
    name: 'receiver killed and back after 1 s',
    receiver: 'ok',
    then: 'shut down',
    during: { at: 120, do: 'restart receiver' },
  },
  { name: 'clock jumps 1 h ahead, then 1 h back', receiver: 'ok', then: 'shut down', jumps: true },
  { name: 'SIGTERM while the backend hangs', receiver: 'hang', then: 'run on', during: { at: SPANS, do: 'SIGTERM' } },
  { name: 'an uncaught error while the backend hangs', receiver: 'hang', then: 'throw' },
  { name: 'process.exit() at once', receiver: 'ok', then: 'exit' },
  { name: 'kill -9', receiver: 'ok', then: 'run on', during: { at: SPANS, do: 'SIGKILL' }, mayLose: lastInterval },
  {
    name: 'kill -9 while the backend hangs',
    receiver: 'hang',
    then: 'run on',
    during: { at: SPANS, do: 'SIGKILL' },
    mayLose: lastInterval,
  },
  {
    name: 'kill -9, local file',
    receiver: 'none',
    backends: ['file'],
    then: 'run on',
    during: { at: SPANS, do: 'SIGKILL' },
    mayLose: lastInterval,
  },
  { name: 'disk full, backend well', receiver: 'ok', then: 'shut down', disk: 'full' },
  { name: 'disk full, backend down', receiver: 'none', then: 'shut down', disk: 'full', mayLose: () => SPANS },
  {
    name: 'disk full, local file',
    receiver: 'none',
    backends: ['file'],
    then: 'shut down',
    disk: 'full',
    mayLose: () => SPANS,
  },
];

/** Nothing can save what ended after the last flush. Timers are late on a busy machine: twice the interval. */
function lastInterval() {
  return (2 * FLUSH_MS) / EVERY_MS;
}

async function run(row) {
  const directory = mkdtempSync(join(tmpdir(), 'spandrel-faults-'));
  try {
    build(directory);
    const receiver = new Receiver();
    await receiver.start(row.receiver);
    const first = await program(directory, row, receiver);
    const atOnce = new Set(receiver.ids);
    await receiver.restart('ok');
    if (row.backends === undefined && row.disk !== 'full')
      await program(directory, { then: 'shut down', spans: 1, receiver: 'ok' }, receiver);
    await receiver.stop();
    const arrived = new Set([...receiver.ids, ...inFiles(directory, 'traces')]);
    const kept = inFiles(directory, 'unsent').filter((id) => !arrived.has(id)).length;
    const made = first.ids.length;
    const lost = first.ids.filter((id) => !arrived.has(id)).length - kept;
    const ofRow = receiver.ids.filter((id) => first.ids.includes(id));
    const said = first.stderr.split('\n').filter((line) => line.startsWith('spandrel: '));
    const counted = said.reduce(
      (sum, line) => sum + Number(/(?:did not take|^spandrel:) (\d+) spans?/.exec(line)?.[1] ?? 0),
      0,
    );
    return {
      ...{ made, lost, kept, said },
      atOnce: first.ids.filter((id) => atOnce.has(id) || (row.backends && arrived.has(id))).length,
      later: row.backends ? 0 : first.ids.filter((id) => arrived.has(id) && !atOnce.has(id)).length,
      duplicates: ofRow.length - new Set(ofRow).size,
      ok: lost <= (row.mayLose?.() ?? 0) && (lost === 0 || row.during?.do === 'SIGKILL' || counted >= lost),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs the program and gives the ids it made, in order, and what it said. */
function program(directory, { backends = ['otlp'], spans = SPANS, then, during, jumps, disk }, receiver) {
  const row = { backends, spans, then, jumps, every: EVERY_MS, endpoint: receiver.url };
  const command = [process.execPath, join(directory, 'program.cjs')];
  // In a mount namespace of its own, which is gone with the process: a folder that holds 8 kB.
  const full = [
    'unshare',
    '-rm',
    'sh',
    '-c',
    'mkdir .spandrel && mount -t tmpfs -o size=8k none .spandrel && exec "$@"',
    'sh',
  ];
  const [file, ...args] = disk === 'full' ? [...full, ...command] : command;
  const child = spawn(file, args, {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      NODE_PATH: join(root, 'node_modules'),
      ROW: JSON.stringify(row),
      OTEL_EXPORTER_OTLP_TIMEOUT: '3000', // hung rows are shorter than with 10 s
    },
  });
  const ids = [];
  let stderr = '';
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const id of lines) {
      ids.push(id);
      if (ids.length !== during?.at) continue;
      if (during.do === 'restart receiver')
        void receiver.kill().then(() => setTimeout(() => receiver.start('ok'), 1_000));
      else setTimeout(() => child.kill(during.do), 50);
    }
  });
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((ended, failed) => {
    child.on('error', failed);
    child.on('close', () => ended({ ids, stderr }));
  });
}

function build(directory) {
  const scope = join(directory, 'node_modules/@pydantic'); // import() does not look where NODE_PATH says
  mkdirSync(scope, { recursive: true });
  symlinkSync(join(root, 'node_modules/@pydantic/genai-prices'), join(scope, 'genai-prices'));
  buildSync({
    stdin: { contents: PROGRAM, loader: 'ts', resolveDir: root },
    ...{ bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' },
    outfile: join(directory, 'program.cjs'),
  });
}

/** An OTLP/HTTP receiver that takes JSON, on one port all the time. */
class Receiver {
  ids = [];
  url = '';
  #server;
  #port = 0;

  async start(behaviour) {
    if (behaviour === 'none') {
      if (this.#port === 0) await this.start('ok'); // a port that nobody listens at now
      await this.stop();
      return;
    }
    this.#server = createServer((request, response) => {
      if (behaviour === 'cut') {
        request.once('data', () => request.socket.destroy());
        return;
      }
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        if (behaviour === 'hang') return;
        const taken = behaviour === 'ok' || behaviour === 'slow';
        if (taken) this.ids.push(...idsOf(Buffer.concat(chunks).toString()));
        const answer = () =>
          response.writeHead(taken ? 200 : behaviour, { 'content-type': 'application/json' }).end('{}');
        setTimeout(answer, behaviour === 'slow' ? 1_500 : 0);
      });
    });
    await new Promise((listening) => this.#server.listen(this.#port, '127.0.0.1', listening));
    this.#port = this.#server.address().port;
    this.url = `http://127.0.0.1:${this.#port}`;
  }

  /** As a killed process: its connections break. */
  async kill() {
    await this.stop();
  }

  async stop() {
    if (!this.#server?.listening) return;
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async restart(behaviour) {
    await this.stop();
    await this.start(behaviour);
  }
}

const spansOf = ({ resourceSpans }) => resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans));
const idsOf = (text) => spansOf(JSON.parse(text)).map(({ spanId }) => spanId);

function inFiles(directory, start) {
  const folder = join(directory, '.spandrel');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.startsWith(start));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.flatMap((line) => {
    try {
      return idsOf(line);
    } catch {
      return []; // cut off
    }
  });
}

function canMount() {
  return spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=8k none /tmp']).status === 0;
}

function writeTable() {
  const rows = results.map(({ name, skipped, made, atOnce, later, kept, duplicates, lost, said }) => {
    if (skipped) return `| ${name} | not run here: no small disk can be mounted | | | | | | |`;
    const first =
      said[0]
        ?.replace(/^spandrel: /, '')
        .replace(/\/[^ ;]*\/\.spandrel/, '.spandrel')
        .replace(/127\.0\.0\.1:\d+/, '…') ?? '';
    return `| ${name} | ${made} | ${atOnce} | ${later} | ${kept} | ${duplicates} | ${lost} | ${first} |`;
  });
  const table = [
    '| fault | made | arrived at once | after it | kept | twice | lost | the first line that is said |',
    '|---|--:|--:|--:|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
  const text = readFileSync(doc, 'utf8');
  const marks = /(<!-- faults -->)[\s\S]*(<!-- \/faults -->)/;
  if (!marks.test(text)) throw new Error(`${doc} has no place for the table`);
  writeFileSync(
    doc,
    text.replace(marks, (_, begin, end) => `${begin}\n\n${table}\n\n${end}`),
  );
}

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const results = [];
for (const row of ROWS.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))) {
  if (row.disk === 'full' && !canMount()) {
    console.log(`${row.name}: not run, a small disk cannot be mounted here`);
    results.push({ ...row, skipped: true });
    continue;
  }
  const result = { ...row, ...(await run(row)) };
  results.push(result);
  const { made, atOnce, later, duplicates, kept, lost } = result;
  console.log(
    `${result.ok ? 'ok  ' : 'FAIL'} ${row.name}: ${made} made, ${atOnce} arrived at once, ${later} later, ${kept} kept, ${lost} lost, ${duplicates} twice`,
  );
  for (const line of result.said) console.log(`       ${line}`);
}
if (wanted.length === 0 && !process.argv.includes('--check')) writeTable();
const ran = results.filter(({ skipped }) => !skipped);
console.log(`${ran.filter(({ ok }) => ok).length} passed, ${ran.filter(({ ok }) => !ok).length} failed`);
process.exitCode = ran.every(({ ok }) => ok) ? 0 : 1;
