// npm run mutation: changes the sources one place at a time and runs the specs: a change that no spec notices is printed.
//   npm run mutation                                         the three folders below, an hour or two
//   npm run mutation -- lib/capture                          one folder with its specs
//   npm run mutation -- lib/capture/cut.ts                   one file with its folder's specs
//   npm run mutation -- lib/capture/cut.ts:12-16 spec/capture/cut.once   some lines; these specs alone
// Reports stand in mutation/report/ as JSON.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));

/** The specs that look at a folder: each mutant loads those of them that reach its file. */
const SPECS = {
  'lib/capture': ['spec/capture'],
  'lib/decorators': ['spec/decorators'],
  'lib/span': [
    'spec/span',
    'spec/decorators/shape',
    'spec/decorators/trace-function',
    'spec/decorators/transparency.once',
  ],
};
/** Where specs decorate their classes while they load, nearly every change is made at load time, and costs a run of all the folder's specs. */
const LOADED_ONCE = ['lib/decorators', 'lib/span'];

const given = process.argv.slice(2);
const specs = given.filter((path) => path.startsWith('spec'));
const paths = given.filter((path) => !path.startsWith('spec'));
const folderOf = (path) => Object.keys(SPECS).find((folder) => path === folder || path.startsWith(`${folder}/`));

const strange = paths.filter((path) => folderOf(path) === undefined);
if (strange.length) throw new Error(`not in ${Object.keys(SPECS).join(', ')}: ${strange.join(', ')}`);

for (const folder of Object.keys(SPECS)) {
  const files = paths.length === 0 ? [folder] : paths.filter((path) => folderOf(path) === folder);
  if (files.length === 0) continue;
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'mutation/stryker.config.mjs'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTATION_FILES: files.map((path) => (isFolder(path) ? `${path}/**/*.ts` : path)).join(','),
      MUTATION_SPECS: (specs.length ? specs : SPECS[folder]).join(','),
      MUTATION_REPORT: folder.replace('lib/', ''),
      MUTATION_SKIP_STATIC: LOADED_ONCE.includes(folder) ? '1' : '',
      FUZZ_RUNS: process.env.FUZZ_RUNS ?? '100',
    },
  });
  process.exitCode ||= status ?? 1;
}

function isFolder(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
