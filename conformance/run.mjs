// npm run conformance: puts every case to every subject and writes docs/conformance.md. See harness/arguments.mjs for options.
// Exits with 1 when spandrel or the bare function fails a case, or the broken wrapper passes one.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArguments } from './harness/arguments.mjs';
import { ask } from './harness/ask.mjs';
import { page, totals } from './harness/page.mjs';
import { SUBJECTS } from './subjects/index.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const SECONDS_A_CASE = 10;

const { only, subject: wanted, json, why } = readArguments(Object.keys(SUBJECTS));
prepare();
const { cases } = await import('./cases/index.mjs');
const chosen = cases.flatMap(({ group, name }, index) =>
  only.every((pattern) => pattern.test(`${group}: ${name}`)) ? [index] : [],
);
const subjects = Object.keys(SUBJECTS).filter((name) => wanted.length === 0 || wanted.includes(name));

const answers = new Map();
for (const name of subjects) {
  const startedAt = Date.now();
  const ofSdk = (index) => cases[index].sdk !== false;
  const all = new Map([
    ...(await ask(name, chosen.filter(ofSdk), { sdk: true, seconds: SECONDS_A_CASE })),
    ...(await ask(name, chosen.filter((index) => !ofSdk(index)), { sdk: false, seconds: SECONDS_A_CASE })), // prettier-ignore
  ]);
  answers.set(name, all);
  const { passed, asked } = totals(all);
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.error(
    `${name.padEnd(24)} ${String(passed).padStart(3)} of ${String(asked).padStart(3)} right   ${seconds} s`,
  );
}

const results = subjects.flatMap((subject) =>
  chosen.map((index) => ({
    subject,
    group: cases[index].group,
    case: cases[index].name,
    ...answers.get(subject).get(index),
  })),
);
const wrong = results.filter(isWrong);
const shown = why ? results.filter((one) => isWrong(one) || (wanted.length > 0 && one.verdict === 'failed')) : wrong;
for (const one of shown)
  console.error(`\n${one.subject}: ${one.group}: ${one.case}: ${one.verdict}\n${indent(one.why ?? '')}`);

if (json) console.log(JSON.stringify(results, null, 2));
else if (only.length === 0 && wanted.length === 0) {
  writeFileSync(`${root}docs/conformance.md`, page(cases, SUBJECTS, answers));
  console.error('wrote docs/conformance.md');
}
process.exitCode = wrong.length > 0 ? 1 : 0;

/** What must not be: spandrel and the bare function are right, the broken wrapper is wrong, of everything asked. */
function isWrong({ subject, verdict }) {
  if (subject === 'broken') return verdict !== 'failed';
  return (subject === 'bare' || subject.startsWith('spandrel')) && verdict === 'failed';
}

/** The built package, and what lives only in this folder. */
function prepare() {
  execFileSync(process.execPath, [`${root}scripts/build.mjs`, '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (existsSync(`${here}node_modules`)) return;
  console.error('installing the packages that are compared …');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
