// What the contracts say of the next version: decorators.d.ts, docs/api/ and docs/attributes.md, against those of the last release.
import { spawnSync } from 'node:child_process';
import { root } from './emit.mjs';

const CONTRACTS = ['decorators.d.ts', 'docs/api', 'docs/attributes.md'];

const git = (...args) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return status === 0 ? stdout.trim() : undefined;
};

const numbers = (version) => version.split(/[.-]/).slice(0, 3).map(Number);

/** The last release before this commit, as a tag; undefined before the first. */
export const lastRelease = () => git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*');

/** The lines that `since` had in the contracts and that are there no more, and how many are new. Blank lines and comments do not count. */
export function contractChanges(since) {
  const diff = git('diff', '--unified=0', '--ignore-all-space', since, '--', ...CONTRACTS) ?? '';
  const lines = (sign) =>
    diff
      .split('\n')
      .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
      .map((line) => line.slice(1).trim())
      .filter((line) => line !== '' && !/^(?:\/\/|\/?\*)/.test(line));
  const [gone, added] = [lines('-'), lines('+')];
  // a line that only moved is neither
  return {
    gone: gone.filter((line) => !added.includes(line)),
    added: added.filter((line) => !gone.includes(line)).length,
  };
}

/** The smallest version that SemVer allows after `last`; before 1.0.0 a minor release may break. */
export function leastVersion(last, { gone, added }) {
  const [major, minor, patch] = numbers(last);
  const step = gone.length ? 'major' : added ? 'minor' : 'patch';
  if (step === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (major === 0) return step === 'major' ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  return step === 'major' ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}

/** Negative where `a` is the earlier version. */
export function compareVersions(a, b) {
  const [left, right] = [numbers(a), numbers(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : left[at] - right[at];
}
