import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/**
 * Runs a script of TypeScript in a process of its own, where unhandled rejections are real, and gives the JSON it writes last.
 * It may import `./lib/…`, `./spec/…` and packages as from the root of the repository.
 */
export function runInProcess(script: string, args: readonly string[] = [], flags: readonly string[] = []): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'shapes-'));
  try {
    const file = join(folder, 'script.cjs');
    buildSync({
      stdin: { contents: script, resolveDir: root, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'es2022',
      outfile: file,
      logLevel: 'silent',
    });
    const output = execFileSync(process.execPath, [...flags, file, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
