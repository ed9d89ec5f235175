// Only what the archives here need: plain files with short names. It saves a dependency.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BLOCK = 512;

/** Writes the files of a tar archive into `folder`. */
export function untar(archive, folder) {
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + BLOCK);
    const name = text(header, 0, 100);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const isFile = header[156] === 0 || header[156] === 48;
    if (isFile) {
      if (name.split('/').includes('..')) throw new Error(`"${name}" would be outside of the folder.`);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), archive.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o755 });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

const text = (header, from, length) =>
  header
    .toString('latin1', from, from + length)
    .split('\0', 1)[0]
    .trim();
