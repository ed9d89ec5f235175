import { trace } from '@opentelemetry/api';
import { Program, type Ended } from './support/child.js';
import { otlpServer } from './support/otlp-server.js';
import { spansOf, unsentNames } from './support/trace-file.js';

let program: Program | undefined;
afterEach(() => program?.remove());

const names = () => spansOf(program!.traceFile).map(({ name }) => name);

async function runAfterWork(
  rest: string,
  env: NodeJS.ProcessEnv = {},
  onStdout?: Parameters<Program['run']>[1],
): Promise<Ended> {
  program = new Program(`
    import { trace } from '@opentelemetry/api';
    import { startTracing } from './lib/setup/index.ts';
    import { traced } from './lib/blocks/traced.ts';
    const tracing = startTracing(process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? {} : { backends: ['file'] });
    const work = (name) => trace.getTracer('spec').startSpan(name).end();
    work('work');
    ${rest}
  `);
  return program.run(env, onStdout);
}

it.each<[string, string, Partial<Ended>]>([
  ['ends by itself', '', { code: 0, signal: null }],
  ['calls process.exit() right after the work', 'process.exit(3);', { code: 3, signal: null }],
  ['sets an exit code', 'process.exitCode = 4;', { code: 4, signal: null }],
  ['throws', 'throw new Error("fatal");', { code: 1, signal: null }],
  ['leaves a promise rejected', 'Promise.reject(new Error("fatal"));', { code: 1, signal: null }],
])('a program that %s keeps its spans and its exit code', async (_, rest, expected) => {
  const ended = await runAfterWork(rest);
  expect(ended).toMatchObject(expected);
  expect(names()).toEqual(['work']);
  expect(ended.stderr).toEqual(expected.code === 1 ? expect.stringContaining('fatal') : '');
});

it('a call that is still running at process.exit() is written', async () => {
  await runAfterWork(`traced(() => new Promise(() => {}), { spanName: 'running' })(); process.exit();`);
  expect(names()).toEqual(['work', 'running']);
});

it('a first model call waits for the price table, and is priced even when the process exits at once', async () => {
  const usage =
    '{ usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 }, object: "chat.completion", model: "gpt-4o-mini", id: "c-1", choices: [] }';
  await runAfterWork(
    `traced(() => (${usage}), { spanName: 'model call', spanKind: 'LLM', modelName: 'gpt-4o-mini' })(); process.exit();`,
  );
  const call = spansOf(program!.traceFile).find(({ name }) => name === 'model call');
  expect(call.attributes.map(({ key }: { key: string }) => key)).toContain('cost.total_usd');
});

it('spans that end after the event loop ran dry once are kept too', async () => {
  await runAfterWork(
    `process.once('beforeExit', () => setTimeout(() => work('late'), 5)); process.on('exit', () => work('on exit'));`,
  );
  expect(names()).toEqual(['work', 'late']); // our listener for exit came first
});

it('the regular end waits for an OTLP backend, and does not hang on an exporter that is always busy', async () => {
  const server = await otlpServer();
  await runAfterWork('', { OTEL_EXPORTER_OTLP_ENDPOINT: server.url });
  expect(server.requests.flatMap(({ spanNames }) => spanNames)).toEqual(['work']);
  await server.close();
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the program as it would without tracing, and what waits is sent',
  async (signal) => {
    const server = await otlpServer();
    const rest = `setInterval(() => {}, 1000); console.log('ready');`;
    const ended = await runAfterWork(
      rest,
      { OTEL_EXPORTER_OTLP_ENDPOINT: server.url, OTEL_BSP_SCHEDULE_DELAY: '60000' },
      (child) => child.kill(signal),
    );
    expect(ended).toMatchObject({ code: null, signal, stderr: '' });
    expect(server.taken()).toEqual(['work']);
    await server.close();
  },
);

it('a signal does not wait for a backend for ever, and a second one not at all', async () => {
  const server = await otlpServer({ status: 'hang' });
  let signals = 0;
  const ended = await runAfterWork(
    `setInterval(() => console.log('alive'), 100); console.log('ready');`,
    { OTEL_EXPORTER_OTLP_ENDPOINT: server.url },
    (child) => signals++ < 2 && child.kill('SIGTERM'),
  );
  expect(ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  await server.close();
});

it('a listener of signal-exit, which waits for others, does not make the program deaf to signals', async () => {
  const rest = `require('signal-exit')(() => console.log('exit handler')); setInterval(() => {}, 1000); console.log('ready');`;
  const ended = await runAfterWork(rest, {}, (child) => child.kill('SIGTERM'));
  expect(ended).toMatchObject({ code: null, signal: 'SIGTERM', stdout: 'ready\nexit handler\n' });
});

it('handleSignals: false leaves signals alone', async () => {
  const rest = `console.log(process.listenerCount('SIGTERM')); process.exit();`;
  program = new Program(`
    import { startTracing } from './lib/setup/index.ts';
    startTracing({ backends: ['file'], handleSignals: false });
    ${rest}
  `);
  expect((await program.run()).stdout).toBe('0\n');
});

it("an error nobody catches, before a backend answers: the spans are kept, exit code and output are Node's", async () => {
  const server = await otlpServer({ status: 'hang' });
  const rest = `setTimeout(() => { throw new Error('fatal'); }, 5);`;
  const ended = await runAfterWork(rest, { OTEL_EXPORTER_OTLP_ENDPOINT: server.url });
  expect(ended).toMatchObject({ code: 1, signal: null, stderr: expect.stringContaining('Error: fatal') as string });
  expect(unsentNames(program!.directory)).toEqual(['work']);
  await server.close();
});

it('kill -9 takes no more than the last interval, whatever the backend does', async () => {
  const server = await otlpServer({ status: 'hang' });
  const rest = `setTimeout(() => work('later'), 30); setInterval(() => {
      const { readdirSync } = require('node:fs');
      try { if (readdirSync('.spandrel').filter((name) => name.startsWith('unsent')).length > 1) console.log('ready'); } catch {}
    }, 20);`;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: server.url, OTEL_BSP_SCHEDULE_DELAY: '20' };
  const ended = await runAfterWork(rest, env, (child) => child.kill('SIGKILL'));
  expect(ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(unsentNames(program!.directory).sort()).toEqual(['later', 'work']);
  await server.close();
});

it('a handler of the program for SIGTERM decides alone', async () => {
  const rest = `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready');`;
  const ended = await runAfterWork(rest, {}, (child) => child.kill('SIGTERM'));
  expect(ended).toMatchObject({ code: 7, signal: null });
  expect(names()).toEqual(['work']);
});

it('several processes write one file', async () => {
  program = new Program(`
    import { trace } from '@opentelemetry/api';
    import { startTracing } from './lib/setup/index.ts';
    startTracing({ backends: ['file'] });
    for (let i = 0; i < 2000; i++) trace.getTracer('spec').startSpan('x'.repeat(200)).end();
  `);
  await Promise.all([1, 2, 3].map(() => program!.run()));
  expect(names()).toHaveLength(6000); // each line parses, so none was mixed with another
});

it('registers nothing by being imported', () => {
  require('../../lib/setup/index.js');
  expect(trace.getTracer('spec').startSpan('none').isRecording()).toBe(false);
});
