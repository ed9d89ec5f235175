import { randomBytes } from 'node:crypto';
import { fstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DAY_MS = 86_400_000;
const PUT_ASIDE = /^traces-\d{8}T\d{9}Z-[0-9a-f]{8}\.jsonl$/;

/** When a local trace file is put aside, and how many are kept. */
export interface Rotation {
  readonly maxBytes: number;
  readonly maxDays: number;
  readonly maxFiles: number;
}

/** Puts the open file aside, as `traces-<time>-<random>.jsonl` beside it, when it is too large or too old. Whether it did. */
export function rotate(path: string, file: number, { maxBytes, maxDays, maxFiles }: Rotation): boolean {
  const { size, ino, birthtimeMs } = fstatSync(file);
  if (size === 0 || (size < maxBytes && Date.now() - birthtimeMs < maxDays * DAY_MS)) return false;
  // Another process may have been faster; then `path` is a new file already.
  if (statSync(path, { throwIfNoEntry: false })?.ino === ino) {
    const time = new Date().toISOString().replace(/[-:.]/g, '');
    renameSync(path, join(dirname(path), `traces-${time}-${randomBytes(4).toString('hex')}.jsonl`));
    removeOldest(dirname(path), maxFiles - 1);
  }
  return true;
}

function removeOldest(directory: string, kept: number): void {
  const names = readdirSync(directory)
    .filter((name) => PUT_ASIDE.test(name))
    .sort(); // by time
  for (const name of names.slice(0, Math.max(0, names.length - kept))) rmSync(join(directory, name), { force: true });
}
