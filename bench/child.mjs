// One subject of one case in a process of its own: prints nanoseconds per call, and with --expose-gc bytes allocated per call.
import { context } from '@opentelemetry/api';
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const [name, subject] = process.argv.slice(2);
const { calls, args, fn, ...given } = CASES[name];
const traced = await SUBJECTS[subject].wrap(fn, given);
// langfuse and others log what they miss; the parent reads the last line
const times = (count) =>
  context.with(context.active(), async () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const result = traced(...args);
      if (typeof result?.then === 'function') await result;
    }
    return Number(process.hrtime.bigint() - start) / count;
  });

await times(Math.ceil(calls / 4));
if (globalThis.gc) {
  // the young generation is made so large that nothing is collected meanwhile
  const count = Math.min(calls, 500);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await times(count);
  console.log(`\n${(process.memoryUsage().heapUsed - before) / count}`);
} else {
  const rounds = [];
  for (let i = 0; i < 5; i++) rounds.push(await times(calls));
  console.log(`\n${rounds.sort((a, b) => a - b)[2]}`);
}
process.exit(0);
