// `npm run release`, in a small repository of its own.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const scripts = resolve(__dirname, '../../scripts');
let repository: string;

const write = (name: string, text: string) => {
  mkdirSync(dirname(join(repository, name)), { recursive: true });
  writeFileSync(join(repository, name), text);
};
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();

/** Writes and commits everything that a release of `version` needs. */
function prepare(version: string, contract = 'export function traced(): void;\n', test = 'process.exit(0)') {
  const manifest = { name: 'sample', version, scripts: { check: 'node -e 0', test: `node -e "${test}"` } };
  write('package.json', JSON.stringify(manifest));
  write('package-lock.json', JSON.stringify({ name: 'sample', version, packages: { '': { version } } }));
  write('lib/version.ts', `export const VERSION = '${version}';\n`);
  write('CHANGELOG.md', `# Changelog\n\n## [${version}] - 2026-11-23\n\n### Added\n\n- Something.\n`);
  write('decorators.d.ts', contract);
  commit();
}
function commit() {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Prepare');
}
function release(...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'scripts/release.mjs'), ...flags],
    // as `npm run` inside `npm test` would: without npm's own variables
    { cwd: repository, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: repository } },
  );
  return { status, output: stdout + stderr };
}

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'spandrel-release-'));
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'Ann');
  git('config', 'user.email', 'ann@example.com');
  for (const name of ['release.mjs', 'semver-guard.mjs', 'emit.mjs'])
    cpSync(join(scripts, name), join(repository, 'scripts', name));
  write('.gitignore', '*.tgz\n.npm/\n');
});
afterEach(() => rmSync(repository, { recursive: true }));

it('a dry run checks and tests, and leaves no tag and no package', () => {
  prepare('0.1.0');
  const { status, output } = release('--dry-run');
  expect(output).toContain('$ npm run check');
  expect(output).toContain('$ npm test');
  expect(output).toContain('npm publish sample-0.1.0.tgz --provenance --access public');
  expect(status).toBe(0);
  expect(git('tag')).toBe('');
  expect(existsSync(join(repository, 'sample-0.1.0.tgz'))).toBe(false);
});

it('a release is a tag and a package, and publishing is left to you', () => {
  prepare('0.1.0');
  const { status, output } = release();
  expect(status).toBe(0);
  expect(git('tag')).toBe('v0.1.0');
  expect(existsSync(join(repository, 'sample-0.1.0.tgz'))).toBe(true);
  expect(output).not.toContain('$ npm publish');
});

it.each<[string, () => void, string]>([
  [
    'changes that are not committed',
    () => write('decorators.d.ts', 'export {};\n'),
    'there are changes that are not committed:\n    M decorators.d.ts',
  ],
  [
    'a version without a section in the changelog',
    () => (write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n- Something.\n'), commit()),
    'CHANGELOG.md has no section "## [0.1.0] - year-month-day"',
  ],
  [
    'a section that says nothing',
    () => (
      write('CHANGELOG.md', '## [0.1.0] - 2026-11-23\n\n## [0.0.9] - 2026-01-01\n\n### Added\n\n- Old.\n'),
      commit()
    ),
    'CHANGELOG.md says nothing of 0.1.0',
  ],
  [
    'another version in lib/version.ts',
    () => (write('lib/version.ts', `export const VERSION = '0.0.9';\n`), commit()),
    'lib/version.ts says version 0.0.9, package.json 0.1.0',
  ],
  ['a version that is released', () => git('tag', 'v0.1.0'), 'v0.1.0 is a tag already'],
])('refuses %s', (_, spoil, message) => {
  prepare('0.1.0');
  spoil();
  const { status, output } = release('--dry-run');
  expect(output).toContain(message);
  expect(status).toBe(1);
  expect(output).not.toContain('$ npm');
});

it('tags nothing where the tests fail', () => {
  prepare('0.1.0', undefined, 'process.exit(1)');
  const { status, output } = release();
  expect([status, git('tag')]).toEqual([1, '']);
  expect(output).toContain('npm test failed; nothing is tagged');
});

const CONTRACT = 'export function traced(): void;\nexport function other(): void;\n';
const MORE = `${CONTRACT}export function third(): void;\n`;
const LESS = 'export function other(): void;\n';

it('refuses a version that promises less than changed', () => {
  prepare('0.1.0', CONTRACT);
  git('tag', 'v0.1.0');
  prepare('0.1.1', LESS);
  const { status, output } = release('--dry-run');
  expect(status).toBe(1);
  expect(output).toContain(
    '0.1.1 is too small after v0.1.0: 1 lines of the contracts are gone or changed and 0 are new, which asks for 0.2.0\n    - export function traced(): void;',
  );
});

it.each([
  ['0.1.0', CONTRACT, '0.1.1', 'nothing changed'],
  ['0.1.0', MORE, '0.1.1', 'something is new, before 1.0.0'],
  ['0.1.0', LESS, '0.2.0', 'something is gone, before 1.0.0'],
  ['1.4.2', CONTRACT, '1.4.3', 'nothing changed'],
  ['1.4.2', MORE, '1.5.0', 'something is new'],
  ['1.4.2', LESS, '2.0.0', 'something is gone'],
  ['1.4.2', CONTRACT.replaceAll('void', 'string'), '2.0.0', 'something is another'],
  ['1.4.2', `// a comment\n${CONTRACT.split('\n').reverse().join('\n')}`, '1.4.3', 'lines moved'],
])('after %s, %j asks for %s: %s', (last, contract, least) => {
  prepare(last, CONTRACT);
  git('tag', `v${last}`);
  write('decorators.d.ts', contract);
  const ask = `import { contractChanges, lastRelease, leastVersion } from './scripts/semver-guard.mjs';
    console.log(leastVersion(lastRelease().slice(1), contractChanges(lastRelease())));`;
  const args = ['--input-type=module', '--eval', ask];
  expect(execFileSync(process.execPath, args, { cwd: repository, encoding: 'utf8' }).trim()).toBe(least);
});

it('every guard of the package is a step of `npm run check`', () => {
  const steps = readFileSync(join(scripts, 'check.mjs'), 'utf8');
  for (const name of ['api', 'size', 'tree-shaking', 'licences', 'tarball'])
    expect(steps).toContain(`scripts/${name}.mjs`);
});
