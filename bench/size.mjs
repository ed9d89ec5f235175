import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What `npm pack` would publish: bytes packed and unpacked, and files. */
export function packedSize() {
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ size, unpackedSize, entryCount }] = JSON.parse(out);
  return { packed: size, unpacked: unpackedSize, files: entryCount };
}
