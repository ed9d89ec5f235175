// A release, up to the last step, which is yours: `npm run release`.
//   npm run release -- --dry-run    everything but the tag
//   npm run release -- --publish    publishes too; elsewhere the command is only printed
// package.json, lib/version.ts and CHANGELOG.md say the new version, committed, before this is run.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './emit.mjs';
import { compareVersions, contractChanges, lastRelease, leastVersion } from './semver-guard.mjs';

const KNOWN = ['--dry-run', '--publish'];
const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => !KNOWN.includes(flag));
if (unknown.length) throw new Error(`unknown: ${unknown.join(' ')}. There are ${KNOWN.join(' and ')}.`);
const dryRun = flags.includes('--dry-run');
const publishes = flags.includes('--publish') && !dryRun;

const read = (name) => readFileSync(join(root, name), 'utf8');
const capture = (command, ...args) => spawnSync(command, args, { cwd: root, encoding: 'utf8' });

function run(command, ...args) {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed; nothing is tagged`);
}

/** What stands against a release of `version`, as it is committed. */
function obstacles({ version, repository }) {
  const found = [];
  const uncommitted = capture('git', 'status', '--porcelain').stdout.trim();
  if (uncommitted) found.push(`there are changes that are not committed:\n${uncommitted.replace(/^/gm, '    ')}`);
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) found.push(`package.json says version "${version}"`);

  const locked = JSON.parse(read('package-lock.json'));
  for (const [where, said] of [
    ['package-lock.json', locked.version],
    ['package-lock.json, packages[""]', locked.packages[''].version],
    ['lib/version.ts', /'(.+)'/.exec(read('lib/version.ts'))?.[1]],
  ])
    if (said !== version) found.push(`${where} says version ${said}, package.json ${version}`);

  if (capture('git', 'rev-parse', '--verify', '--quiet', `refs/tags/v${version}`).status === 0)
    found.push(`v${version} is a tag already: the next version is in package.json?`);

  const section = new RegExp(
    `^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d\\n([^]*?)(?=^## |$(?![^]))`,
    'm',
  );
  const changes = section.exec(read('CHANGELOG.md'))?.[1]?.trim();
  if (changes === undefined) found.push(`CHANGELOG.md has no section "## [${version}] - year-month-day"`);
  else if (!changes.includes('\n- ')) found.push(`CHANGELOG.md says nothing of ${version}`);

  const last = lastRelease();
  if (last === undefined) console.log('the first release: no contract to compare with');
  else {
    const changed = contractChanges(last);
    const least = leastVersion(last.slice(1), changed);
    if (compareVersions(version, least) < 0)
      found.push(
        `${version} is too small after ${last}: ${changed.gone.length} lines of the contracts are gone or changed and ${changed.added} are new, which asks for ${least}` +
          changed.gone.slice(0, 10).map((line) => `\n    - ${line}`).join(''), // prettier-ignore
      );
  }
  if (repository === undefined && publishes)
    found.push('package.json names no repository, and npm wants one for provenance');
  return found;
}

const manifest = JSON.parse(read('package.json'));
const { name, version, repository } = manifest;
try {
  const found = obstacles(manifest);
  if (found.length)
    throw new Error(`${name} ${version} cannot be released:\n${found.map((one) => `- ${one}`).join('\n')}`);

  run('npm', 'run', 'check');
  run('npm', 'test');
  if (dryRun) {
    run('npm', 'pack', '--dry-run');
    console.log(`\na dry run: v${version} is not tagged, nothing is packed`);
  } else {
    run('npm', 'pack');
    run('git', 'tag', '--annotate', `v${version}`, '--message', `${name} ${version}`);
  }

  const publish = ['publish', `${name}-${version}.tgz`, '--provenance', '--access', 'public'];
  if (publishes) {
    run('npm', ...publish);
  } else {
    console.log(`\nTo publish, where npm can prove who builds (a CI job with an identity token):`);
    console.log(`  git push origin v${version}`);
    console.log(`  npm ${publish.join(' ')}`);
    if (repository === undefined)
      console.log('npm wants a repository in package.json for --provenance; there is none yet');
  }
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
