// A million spans that go nowhere, in one process: prints what the heap holds on the way, and how long calls take at both ends.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { SpandrelSpanProcessor, traced } from '../dist/esm/index.js';
import { CASES } from './cases.mjs';

const all = Number(process.argv[2] ?? 1_000_000);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SpandrelSpanProcessor()] }));
const { fn, args, names } = CASES['small arguments, async'];
const call = traced(fn, { spanName: 'bench', parameters: names });

async function calls(count) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await call(...args);
  return Number(process.hrtime.bigint() - start) / count;
}
const heapMb = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

await calls(all / 100);
const heap = { [all / 100]: heapMb() };
const first = await calls((all * 9) / 100);
heap[all / 10] = heapMb();
await calls((all * 8) / 10);
const last = await calls(all / 10);
heap[all] = heapMb();
console.log(JSON.stringify({ heap, lastToFirst: last / first }));
process.exit(0);
