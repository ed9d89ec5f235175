// Everything but the specs: `npm run check`. Runs all steps, then says which failed.
//   node scripts/check.mjs types lint      only these
import { spawnSync } from 'node:child_process';
import { root } from './emit.mjs';

const bin = (path, ...args) => [process.execPath, [`${root}node_modules/${path}`, ...args]];
const tsc = (config) => bin('@typescript/native/bin/tsc', '--noEmit', '--pretty', 'false', '-p', config);

const steps = {
  // lib, spec, spec/types, examples and bench in standard mode; lib and what specs share, in legacy mode; lib as it is built; the page of a report.
  types: [
    tsc('tsconfig.json'),
    tsc('tsconfig.legacy.json'),
    tsc('tsconfig.build.json'),
    tsc('lib/report/page/tsconfig.json'),
  ],
  lint: [bin('eslint/bin/eslint.js', '.')],
  format: [bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')],
  build: [[process.execPath, ['scripts/build.mjs']]],
  contract: [[process.execPath, ['scripts/contract.mjs', '--check']]],
  api: [[process.execPath, ['scripts/api.mjs', '--check']]],
  looking: [[process.execPath, ['scripts/looking-doc.mjs', '--check']]],
  size: [[process.execPath, ['scripts/size.mjs']]],
  shaking: [[process.execPath, ['scripts/tree-shaking.mjs']]],
  licences: [[process.execPath, ['scripts/licences.mjs']]],
  tarball: [[process.execPath, ['scripts/tarball.mjs']]],
  publint: [bin('publint/src/cli.js', '--strict')],
  // node10 knows no exports map and is deprecated in TypeScript 6.
  attw: [bin('@arethetypeswrong/cli/dist/index.js', '--pack', '.', '--profile', 'node16', '--format', 'table-flipped')],
  // Two minutes; says why where it does not count.
  instructions: [[process.execPath, ['bench/instructions.mjs']]],
};
const TELLING = ['instructions'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length)
  throw new Error(`no such check: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`);

const failed = [];
for (const [name, commands] of Object.entries(steps)) {
  if (wanted.length && !wanted.includes(name)) continue;
  if (failed.includes('build')) {
    console.log(`--   ${name.padEnd(9)} not run: nothing is built`);
    failed.push(name);
    continue;
  }
  const startedAt = Date.now();
  const done = commands.map(([command, args]) =>
    spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } }),
  );
  const bad = done.filter(({ status }) => status !== 0);
  console.log(`${bad.length ? 'FAIL' : 'ok  '} ${name.padEnd(9)} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  for (const { stdout, stderr } of TELLING.includes(name) ? done : bad) console.log(`${stdout}${stderr}`.trimEnd());
  if (bad.length) failed.push(name);
}
if (failed.length) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
