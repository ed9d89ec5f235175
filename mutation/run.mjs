// npm run mutation: changes the sources one place at a time and runs the specs that look at them; what no spec notices is printed.
//   npm run mutation                                                  lib/capture, lib/span and lib/decorators: an hour or so
//   npm run mutation -- lib/span                                      one folder
//   npm run mutation -- lib/span/settle.ts lib/decorators/amend.ts    some files
//   npm run mutation -- lib/span/settle.ts:20-30 spec/span/shapes/promises.once    some lines; these specs and no others
// Each mutant meets the specs of its row in specs.mjs, whole and in one Jest project, until one of them fails; texts for the log
// are not mutated. FUZZ_RUNS (30) sets how many cases a property tries, MUTATION_JOBS (2) how many mutants run at a time.
// Reports stand in mutation/report/ as JSON.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROWS } from './specs.mjs';
import { printFolders, printSurvivors } from './outcome.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));

const given = process.argv.slice(2);
const specs = given.filter((path) => path.startsWith('spec'));
const paths = given.filter((path) => !path.startsWith('spec'));
const rows = ROWS.map((row) => ({ ...row, files: row.sources.flatMap(filesOf) }));

checkRows();
const wanted = (paths.length ? paths : ['lib/capture', 'lib/span', 'lib/decorators']).map(readWanted);
const reports = rows.flatMap(runRow);
printSurvivors(reports);
printFolders(reports);

/** Mutates what is wanted of one row; gives the report. */
function runRow({ files, specs: own }, index) {
  const mutate = wanted.flatMap(({ path, lines }) =>
    files.filter((file) => file === path || file.startsWith(`${path}/`)).map((file) => file + lines),
  );
  if (mutate.length === 0) return [];
  const report = `mutation/report/${index}.json`;
  rmSync(`${root}${report}`, { force: true });
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'mutation/stryker.config.mjs'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTATION_FILES: mutate.join(','),
      MUTATION_SPECS: (specs.length ? specs : own).join(','),
      MUTATION_REPORT: report,
      FUZZ_RUNS: process.env.FUZZ_RUNS ?? '30',
    },
  });
  if (status !== 0) throw new Error('Stryker could not run');
  return [JSON.parse(readFileSync(`${root}${report}`, 'utf8'))];
}

/** A new source belongs in a row, or nobody would notice that it is left out. */
function checkRows() {
  const known = rows.flatMap(({ files }) => files);
  const all = ['lib/capture', 'lib/span', 'lib/decorators'].flatMap(filesOf);
  const missing = all.filter((file) => !known.includes(file));
  if (missing.length > 0) throw new Error(`not in mutation/specs.mjs: ${missing.join(', ')}`);
}

function readWanted(given) {
  const [, path, lines] = /^(.*?)\/?(:[\d:-]+)?$/.exec(given);
  if (!rows.some(({ files }) => files.some((file) => file === path || file.startsWith(`${path}/`))))
    throw new Error(`no source of mutation/specs.mjs: ${given}`);
  return { path, lines: lines ?? '' };
}

function filesOf(path) {
  if (!statSync(`${root}${path}`).isDirectory()) return [path];
  const names = readdirSync(`${root}${path}`, { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${path}/${name}`);
}
