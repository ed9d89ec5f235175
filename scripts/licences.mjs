// The licences of what users get with the package: its dependencies, theirs, its peers, and what is copied into dist/.
// Fails for one that is not permissive, or whose notice is missing. Needs a build.
//   node scripts/licences.mjs
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './emit.mjs';

const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT'];

/** Package -> the file of dist/ that it is copied into. The rest of dist/ holds nothing of others. */
const COPIED = { uplot: 'dist/report/page.html' };

const problems = [];
const manifestAt = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder of a package as Node finds it from another's. */
function installed(name, from) {
  for (let folder = from; folder.startsWith(root.slice(0, -1)); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/** `MIT`, or an expression: `(MIT OR GPL-3.0)` is permissive, `MIT AND GPL-3.0` is not. */
function isPermissive(licence) {
  return String(licence)
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.includes(part.trim())));
}

const seen = new Set();
function look(name, from, why, follow) {
  const folder = installed(name, from);
  if (folder === undefined) return void problems.push(`${name} (${why}) is not installed`);
  if (seen.has(folder)) return;
  const { version, license, licenses, dependencies = {} } = manifestAt(folder);
  const said = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' AND ') ?? 'none';
  seen.add(folder);
  console.log(`${String(said).padEnd(14)} ${name}@${version}, ${why}`);
  if (!isPermissive(said))
    problems.push(`${name}@${version} (${why}) has the licence ${said}, which is not permissive`);
  if (follow) for (const next of Object.keys(dependencies)) look(next, folder, `which ${name} needs`, true);
}

const { license, dependencies, peerDependencies } = manifestAt(root);
if (!isPermissive(license)) problems.push(`the package itself says ${license}`);
for (const name of Object.keys(dependencies)) look(name, root, 'a dependency', true);
for (const name of Object.keys(peerDependencies)) look(name, root, 'a peer', false);
for (const [name, file] of Object.entries(COPIED)) {
  look(name, root, `copied into ${file}`, false);
  const folder = installed(name, root);
  const notice = folder && readFileSync(join(folder, 'LICENSE'), 'utf8').trim();
  if (notice && !readFileSync(join(root, file), 'utf8').includes(notice))
    problems.push(`${file} holds ${name} without its licence's text`);
}
for (const problem of problems) console.error(problem);
if (problems.length) process.exitCode = 1;
