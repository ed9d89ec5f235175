// One subject of one case in a process of its own: prints nanoseconds per call, and with --expose-gc bytes allocated per call.
import { context } from '@opentelemetry/api';
import { aroundByHand } from './by-hand.mjs';
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const LONGEST_NS = 350e6;
const [name, subject, share = '1'] = process.argv.slice(2);
const { calls: most, args, fn, drive, per = 1, ready, ...given } = CASES[name];
const calls = Math.ceil(most * Number(share));
const { wrap, inSession } = SUBJECTS[subject];
const traced = await wrap(fn, given);
ready?.(traced);

const once = drive ? () => drive(traced, args, inSession) : () => traced(...args);
const call = given.stream && subject === 'by hand' ? () => aroundByHand('bench', once) : once;
// langfuse and others log what they miss; the parent reads the last line
const times = (count) =>
  context.with(context.active(), async () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const result = call();
      if (typeof result?.then === 'function') await result;
    }
    return Number(process.hrtime.bigint() - start) / count / per;
  });

// warm, and no longer than a third of a second a round: some subjects take fifty times what others do
await times(Math.ceil(calls / 20));
const each = (await times(Math.ceil(calls / 20))) * per;
const count = Math.max(5, Math.min(calls, Math.ceil(LONGEST_NS / each)));
await times(count);

if (globalThis.gc) {
  // the young generation is made so large that nothing is collected meanwhile
  const few = Math.min(count, Math.ceil(20_000 / per));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await times(few);
  console.log(`\n${(process.memoryUsage().heapUsed - before) / few / per}`);
} else {
  const rounds = [];
  for (let i = 0; i < 5; i++) rounds.push(await times(count));
  console.log(`\n${rounds.sort((a, b) => a - b)[2]}`);
}
process.exit(0);
