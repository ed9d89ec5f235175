// npm run bench: what a traced call costs, as a ratio to the span that an expert writes by hand, for this package and for others.
//   npm run bench                       all of it, some twenty minutes on a quiet machine; writes docs/benchmarks.md
//   npm run bench -- "small" "chat"     the cases whose names hold one of these; writes nothing
//   npm run bench -- --own              without the others
//   npm run bench -- --json             one object
// Subjects run interleaved, each in a process of its own, so that a slow moment of the machine meets them all; medians of
// BENCH_ROUNDS (5) rounds. BENCH_NODE names another Node.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CASES } from './cases.mjs';
import { imports } from './imports.mjs';
import { page } from './page.mjs';
import { SUBJECTS } from './subjects.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const node = process.env.BENCH_NODE ?? process.execPath;
const child = fileURLToPath(new URL('child.mjs', import.meta.url));
const given = process.argv.slice(2);
const [own, json] = ['--own', '--json'].map((flag) => given.includes(flag));
const wanted = given.filter((part) => !part.startsWith('--'));
const cases = Object.keys(CASES).filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const subjects = Object.keys(SUBJECTS).slice(0, own ? 3 : undefined);
if (cases.length === 0) {
  console.error(`No case matches ${wanted.join(', ')}. Cases: ${Object.keys(CASES).join('; ')}`);
  process.exit(2);
}

const say = json ? () => {} : console.log;
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
say(`Node ${version}, ${ROUNDS} rounds, ratios to the span by hand (first column: nanoseconds)\n`);
say(['case', ...subjects].join(' | '));
const rows = [];
const failures = new Set();
for (const name of cases) {
  const times = Object.fromEntries(subjects.map((subject) => [subject, []]));
  for (let i = 0; i < ROUNDS; i++) for (const subject of subjects) times[subject].push(measure(name, subject));
  const bytes = Object.fromEntries(['by hand', 'spandrel'].map((subject) => [subject, measure(name, subject, ['--expose-gc', '--max-semi-space-size=512'])])); // prettier-ignore
  const hand = median(times['by hand']);
  const ratios = Object.fromEntries(
    subjects.map((subject) => [subject, median(times[subject].map((ns, i) => ns / times['by hand'][i]))]),
  );
  rows.push({ name, handNs: hand, ratios, bytes: bytes.spandrel / bytes['by hand'] });
  say([name, `${hand.toFixed(0)} ns`, ...subjects.map((subject) => shown(ratios[subject]))].join(' | '));
}
const result = {
  node: version,
  rounds: ROUNDS,
  rows,
  imports: wanted.length === 0 ? imports(node, ROUNDS) : undefined,
};
if (json) console.log(JSON.stringify(result, undefined, 2));
if (wanted.length === 0 && !own)
  writeFileSync(fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url)), page(result, subjects));

/** NaN for a case that is none for the subject, or that another package fails at: said once. */
function measure(name, subject, flags = []) {
  if (SUBJECTS[subject].always && CASES[name].setup) return Number.NaN;
  try {
    const out = execFileSync(node, [...flags, child, name, subject], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 }); // prettier-ignore
    return Number(out.trim().split('\n').at(-1));
  } catch (error) {
    if (['bare', 'by hand', 'spandrel'].includes(subject)) throw error;
    const what = `${subject} fails at "${name}": ${
      String(error.stderr || error.message)
        .trim()
        .split('\n')[0]
    }`;
    if (!failures.has(what)) say(what);
    failures.add(what);
    return Number.NaN;
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function shown(ratio) {
  return Number.isNaN(ratio) ? '–' : ratio.toFixed(ratio < 0.1 ? 3 : 2);
}
