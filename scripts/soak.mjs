// npm run soak [-- calls]: traced calls of mixed shapes with an exporter that drops; the heap after garbage collection must stay
// within 10 % of what it was after the first tenth, and no span may be left open.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (typeof globalThis.gc !== 'function') {
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  process.exit(status ?? 1);
}

const { context, trace } = await import('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
const { TracerProvider } = await import('@opentelemetry/sdk-trace');
const { configure, SpandrelSpanProcessor, traced, withMetadata, withPromptTemplate } = await import('spandrel');

const CALLS = Number(process.argv[2] ?? 1_000_000);
let open = 0;
let ended = 0;
const count = {
  onStart: () => void open++,
  onEnd: () => {
    open--;
    ended++;
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SpandrelSpanProcessor(), count] }));
configure({ modelCosts: { m: { input: 1, output: 2 } } });

let id = 0;
const completion = () => ({
  id: `r-${++id}`,
  model: 'm',
  choices: [],
  usage: { prompt_tokens: 10, completion_tokens: 5 },
});
const llm = traced(async (request) => (request, completion()), {
  spanName: 'llm',
  spanKind: 'LLM',
  modelNameAttr: 'model',
});
const items = traced(function* () { yield 1; yield 2; yield 3; }, { spanName: 'items' }); // prettier-ignore
const chunks = traced(async function* () { yield 'a'; await null; yield 'b'; }, { spanName: 'chunks' }); // prettier-ignore
const web = traced(
  () => new ReadableStream({ pull: (controller) => void controller.enqueue('x') }, { highWaterMark: 0 }),
  { spanName: 'web' },
);
const failing = traced(() => { throw new Error('expected'); }, { spanName: 'failing' }); // prettier-ignore

/**
 * Each entry is some calls; together they are every shape, read whole, left early, and not read at all. Promises that never settle
 * are not among them: their spans stay open until shutdown, at most 10,000 of them.
 */
const shapes = [
  () => traced((a, b) => ({ a, b }), { spanName: 'sync' })({ x: 'y'.repeat(200) }, [1, 2, 3]),
  () => llm({ model: 'm', text: 'hello' }),
  () => withMetadata({ sessionId: `s-${id}`, tags: ['t'], metadata: { id } }, () => llm({ model: 'm' })),
  () => withPromptTemplate({ template: 'Hi {name}', variables: { name: id } }, () => llm({ model: 'm' })),
  () => [...items()],
  () => { for (const item of items()) if (item === 2) break; },
  () => void items(),
  async () => { for await (const chunk of chunks()) void chunk; },
  async () => { for await (const chunk of chunks()) if (chunk === 'a') break; },
  () => void chunks(),
  async () => { const reader = web().getReader(); await reader.read(); await reader.cancel(); },
  () => void web(),
  () => { try { failing(); } catch { /* expected */ } },
  traced(async () => { await Promise.all([llm({ model: 'm' }), llm({ model: 'm' })]); }, { spanName: 'nested' }),
]; // prettier-ignore

const heap = async () => {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20)); // finalizers run between
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
};

const tenth = Math.ceil(CALLS / 10);
const heaps = [];
for (let call = 0; call < CALLS; call++) {
  const given = shapes[call % shapes.length]();
  if (given instanceof Promise) await given;
  if ((call + 1) % tenth === 0) {
    heaps.push(await heap());
    console.log(
      `${call + 1} calls, ${ended} spans ended, ${open} open, heap ${(heaps.at(-1) / 2 ** 20).toFixed(1)} MiB`,
    );
  }
}
const growth = heaps.at(-1) / heaps[0] - 1;
await trace.getTracerProvider().getDelegate().shutdown();
console.log(
  `heap after the last tenth ${growth >= 0 ? '+' : ''}${(growth * 100).toFixed(1)} % of that after the first; ${open} spans left open after shutdown`,
);
process.exit(growth <= 0.1 && open === 0 ? 0 : 1);
