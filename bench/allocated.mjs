// One subject of one case: prints how many bytes each function allocates for one call, its callers' share not among them.
import { context } from '@opentelemetry/api';
import { Session } from 'node:inspector/promises';
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const WARM = 40_000;
const SAMPLED = 2_000;
const EVERY_BYTES = 64;

const [name, subject] = process.argv.slice(2);
const { args, fn, ...given } = CASES[name];
const traced = await SUBJECTS[subject].wrap(fn, given);
const calls = (count) =>
  context.with(context.active(), async () => {
    for (let i = 0; i < count; i++) {
      const result = traced(...args);
      if (typeof result?.then === 'function') await result;
    }
  });

await calls(WARM);
const session = new Session();
session.connect();
const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
await session.post('HeapProfiler.startSampling', { samplingInterval: EVERY_BYTES, ...collected });
await calls(SAMPLED);
const { profile } = await session.post('HeapProfiler.stopSampling');
const flat = ({ callFrame, selfSize, children }) => [
  { callFrame, bytes: selfSize / SAMPLED },
  ...children.flatMap(flat),
];
console.log(`\n${JSON.stringify(flat(profile.head).filter(({ bytes }) => bytes > 0))}`);
process.exit(0);
