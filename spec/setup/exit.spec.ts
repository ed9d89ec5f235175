import { trace } from '@opentelemetry/api';
import { Program, type Ended } from './support/child.js';
import { otlpServer } from './support/otlp-server.js';
import { spansOf } from './support/trace-file.js';

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

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends the program as it would without tracing', async (signal) => {
  const ended = await runAfterWork(`setInterval(() => {}, 1000); console.log('ready');`, {}, (child) =>
    child.kill(signal),
  );
  expect(ended).toMatchObject({ code: null, signal });
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
