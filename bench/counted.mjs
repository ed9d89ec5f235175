// So many calls of one subject of one case, and nothing else: what instructions.mjs counts.
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const [name, subject, count] = process.argv.slice(2);
const { args, fn, drive, ...given } = CASES[name];
const { wrap, inSession } = SUBJECTS[subject];
const traced = await wrap(fn, given);
for (let i = 0; i < Number(count); i++) {
  const result = drive ? drive(traced, args, inSession) : traced(...args);
  if (typeof result?.then === 'function') await result;
}
