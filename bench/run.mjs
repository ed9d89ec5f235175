import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './cases.mjs';
import { GOALS } from './goals.mjs';
import { imports } from './imports.mjs';
import { child, measure } from './measure.mjs';
import { page } from './page.mjs';
import { PROFILED, profiles } from './profile.mjs';
import { packedSize } from './size.mjs';
import { SUBJECTS } from './subjects.mjs';

const HELP = `npm run bench: what a traced call takes, as a ratio to the span that an expert writes by hand, for this package and for others.

  npm run bench                       all of it, some twenty minutes on a quiet machine; writes docs/benchmarks.md
  npm run bench -- small chat         the cases whose names hold one of these; writes nothing
  npm run bench -- --own              without the others; writes nothing
  npm run bench -- --quick            one round of a fifth of the calls; writes nothing
  npm run bench -- --json             one object

Each subject of each case runs in a process of its own, interleaved with the others, so that a slow moment of the machine meets them
all. BENCH_ROUNDS (5): medians of so many. BENCH_NODE: another Node. BENCH_NODE_24: the second Node of the page.`;

function options() {
  try {
    const flag = { type: 'boolean', default: false };
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { own: flag, json: flag, quick: flag, help: { ...flag, short: 'h' } } }); // prettier-ignore
    return { ...values, wanted: positionals };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

const { own, json, quick, help, wanted } = options();
if (help) {
  console.log(HELP);
  process.exit(0);
}
const cases = Object.keys(CASES).filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (cases.length === 0) {
  console.error(`No case matches ${wanted.join(', ')}. Cases: ${Object.keys(CASES).join('; ')}`);
  process.exit(2);
}
const isWhole = wanted.length === 0 && !own && !quick;
const subjects = Object.keys(SUBJECTS).slice(0, own ? 3 : undefined);
const say = json ? () => {} : console.log;
const environment = {
  node: process.env.BENCH_NODE ?? process.execPath,
  rounds: quick ? 1 : Number(process.env.BENCH_ROUNDS ?? 5),
  share: quick ? 0.2 : 1,
  say,
};
const versionOf = (node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
const version = versionOf(environment.node);

say(`Node ${version}, ${environment.rounds} rounds, ratios to the span by hand (first column: nanoseconds)\n`);
const result = {
  node: version,
  rounds: environment.rounds,
  rows: rowsOf(cases, subjects, environment),
};
if (isWhole) {
  result.elsewhere = elsewhere();
  say('profiles');
  result.profiles = profiles(PROFILED, environment.node);
  say('a million spans');
  result.million = JSON.parse(child('million.mjs', [], { ...environment, flags: ['--expose-gc'] }));
  result.pricing = JSON.parse(child('pricing.mjs', [], environment));
  say('imports');
  result.imports = imports(environment.node, environment.rounds);
  result.size = packedSize();
}
if (json) console.log(JSON.stringify(result, undefined, 2));
if (isWhole) writeFileSync(fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url)), page(result, subjects));

function rowsOf(names, who, where) {
  say(['case', ...who].join(' | '));
  return names.map((name) => {
    const row = measure(name, who, where);
    const shown = CASES[name].stream ? [`+${row.addedNs.toFixed(0)} ns`] : who.map((subject) => row.ratios[subject].toFixed(3)); // prettier-ignore
    say([name, `${row.handNs.toFixed(0)} ns`, ...shown].join(' | '));
    return row;
  });
}

/** The cases with a goal once more: on OpenTelemetry's line 3, and on Node 24. */
function elsewhere() {
  const names = Object.keys(GOALS).filter((name) => name in CASES);
  const who = subjects.slice(0, 3);
  const places = [{ place: 'line 3 of OpenTelemetry', line3: true }];
  const node24 = process.env.BENCH_NODE_24;
  if (node24 && existsSync(node24)) places.push({ place: `Node ${versionOf(node24).slice(1)}`, node: node24 });
  else say('BENCH_NODE_24 names no Node, so the page is without it');
  return places.map(({ place, ...given }) => {
    say(`\n${place}`);
    return { place, rows: rowsOf(names, who, { ...environment, ...given }) };
  });
}
