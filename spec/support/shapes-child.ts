import { buildSync } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');

/**
 * Runs a script of TypeScript in a process of its own, where unhandled rejections are real, and gives the JSON it writes last.
 * It may import `./lib/…`, `./spec/…` and packages as from the root of the repository.
 */
export async function runInProcess(script: string, args: readonly string[] = []): Promise<unknown> {
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
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
