// lib/ as JavaScript and declarations, one file a module, by the native compiler.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs the native tsc (typescript 7). By path: `npx tsc` may be that one or typescript 6, which ts-jest and eslint need. */
export function tsc(...args) {
  const bin = `${root}node_modules/@typescript/native/bin/tsc`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--pretty', 'false', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tsc ${args.join(' ')}\n${stdout}${stderr}`);
}

export function emit(outDir) {
  tsc('-p', 'tsconfig.build.json', '--outDir', outDir);
}
