// One variant of one case in a process of its own: prints nanoseconds per call and bytes allocated per call.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { SpandrelSpanProcessor, traced } from 'spandrel';
import { byHand, CASES } from './variants.mjs';

const [name, variant] = process.argv.slice(2);
const { calls, names, args, fn, setup } = CASES[name];

const drop = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
if (setup !== 'none') {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({
      ...(setup === 'unsampled' && { sampler: new AlwaysOffSampler() }),
      spanProcessors: variant === 'spandrel' ? [new SpandrelSpanProcessor(), drop] : [drop],
    }),
  );
}
const noop = trace.getTracer('noop');
const subject = {
  bare: fn,
  hand:
    setup === 'none'
      ? (...given) =>
          noop.startActiveSpan('x', (span) => {
            const r = fn(...given);
            span.end();
            return r;
          })
      : byHand('bench', fn, { names }),
  spandrel: traced(fn, { spanName: 'bench', parameters: names }),
}[variant];

async function round(count) {
  const before = process.memoryUsage().heapUsed;
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) {
    const result = subject(...args);
    if (result instanceof Promise) await result;
  }
  return {
    ns: Number(process.hrtime.bigint() - start) / count,
    bytes: (process.memoryUsage().heapUsed - before) / count,
  };
}

await context.with(context.active(), async () => {
  await round(Math.ceil(calls / 4));
  const rounds = [];
  for (let i = 0; i < 5; i++) rounds.push(await round(calls));
  rounds.sort((a, b) => a.ns - b.ns);
  process.stdout.write(JSON.stringify(rounds[2]));
});
