// So many calls of one subject of one case, and nothing else: what instructions.mjs counts.
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const [name, subject, count] = process.argv.slice(2);
const { args, fn, ...given } = CASES[name];
const traced = await SUBJECTS[subject].wrap(fn, given);
for (let i = 0; i < Number(count); i++) {
  const result = traced(...args);
  if (typeof result?.then === 'function') await result;
}
