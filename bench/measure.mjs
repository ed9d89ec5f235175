import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CASES } from './cases.mjs';
import { SUBJECTS } from './subjects.mjs';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const OURS = ['bare', 'by hand', 'spandrel'];
const failures = new Set();

/** Runs a script of this folder in a process of its own; gives the last line it prints. `line3`: with OpenTelemetry's line 3. */
export function child(script, args, { node, line3 = false, flags = [] }) {
  const all = [...flags, ...(line3 ? ['--require', file('line3.cjs')] : []), file(script), ...args];
  const out = execFileSync(node, all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 180_000 });
  return out.trim().split('\n').at(-1);
}

/** The figures of one case: nanoseconds by hand, each subject's ratio to that, bytes allocated. Subjects run interleaved. */
export function measure(name, subjects, environment) {
  const { rounds } = environment;
  const times = Object.fromEntries(subjects.map((subject) => [subject, []]));
  for (let i = 0; i < rounds; i++)
    for (const subject of subjects) times[subject].push(once(name, subject, environment));
  const bytes = (subject) => once(name, subject, { ...environment, flags: ['--expose-gc', '--min-semi-space-size=512', '--max-semi-space-size=512'] }); // prettier-ignore
  const hand = times['by hand'];
  return {
    name,
    handNs: median(hand),
    ratios: Object.fromEntries(subjects.map((subject) => [subject, median(times[subject].map((ns, i) => ns / hand[i]))])), // prettier-ignore
    addedNs: median(times.spandrel.map((ns, i) => ns - hand[i])),
    bytes: bytes('spandrel') / bytes('by hand'),
  };
}

/** NaN for a case that is none for the subject, or that another package fails at: said once. */
function once(name, subject, environment) {
  const { own, setup } = CASES[name];
  if (!OURS.includes(subject) && (own || (SUBJECTS[subject].always && setup))) return Number.NaN;
  try {
    return Number(child('child.mjs', [name, subject, String(environment.share)], environment));
  } catch (error) {
    if (OURS.includes(subject)) throw error;
    const [reason] = String(error.stderr || error.message).trim().split('\n'); // prettier-ignore
    const what = `${subject} fails at "${name}": ${reason}`;
    if (!failures.has(what)) environment.say(what);
    failures.add(what);
    return Number.NaN;
  }
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
