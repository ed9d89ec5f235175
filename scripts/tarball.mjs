// What `npm publish` would send: nothing that users do not need, everything that package.json names. Needs a build.
//   node scripts/tarball.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kilobytes } from './bundle.mjs';
import { root } from './emit.mjs';

const WANTED = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|decorators\.d\.ts)$/,
  /^dist\/(?:esm|cjs)\/.*\.(?:js|d\.ts)$/,
  /^dist\/cjs\/package\.json$/, // says that these are CommonJS
  /^dist\/cli\/[^/]+\.js$/,
  /^dist\/report\/page\.html$/,
];
const PACKED_BUDGET = 480_000;

/** The build has no maps: they would double the package, and its code is not minified. */
const LEFT_OUT = /\.map$|\.spec\.|\.test\.|tsbuildinfo/;

const problems = [];
const { status, stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root,
  encoding: 'utf8',
});
if (status !== 0) throw new Error(stderr);
const [{ files, size, unpackedSize }] = JSON.parse(stdout);
const packed = new Set(files.map(({ path }) => path));

for (const path of packed)
  if (LEFT_OUT.test(path) || !WANTED.some((pattern) => pattern.test(path)))
    problems.push(`${path} is in the package: if users need it, name it in scripts/tarball.mjs`);

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets));
const named = [manifest.main, manifest.module, manifest.types, manifest.exports, manifest.bin].flatMap(targets);
for (const path of new Set([...named.map((path) => path.replace(/^\.\//, '')), 'README.md', 'LICENSE', 'CHANGELOG.md']))
  if (!packed.has(path)) problems.push(`${path} is not in the package, though it is promised`);

for (const path of packed) {
  const text = readFileSync(join(root, path), 'utf8');
  if (text.includes(root)) problems.push(`${path} names the folder that it was built in`);
  if (/^\/\/# sourceMappingURL=/m.test(text)) problems.push(`${path} names a source map, and there is none`);
}
if (size > PACKED_BUDGET)
  problems.push(`the package is ${kilobytes(size)} packed, more than its ${kilobytes(PACKED_BUDGET)}`);

console.log(
  `${packed.size} files, ${kilobytes(size)} packed of ${kilobytes(PACKED_BUDGET)}, ${kilobytes(unpackedSize)} unpacked`,
);
for (const problem of problems) console.error(problem);
if (problems.length) process.exitCode = 1;
