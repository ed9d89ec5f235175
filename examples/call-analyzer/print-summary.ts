import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Prints the last trace as a tree, then what was spent, with the same command that anyone runs afterwards: `npx spandrel`. */
export function printSummary(traceFile: string): void {
  const command = spandrelCommand();
  if (command !== undefined) {
    spandrel(command, ['tree', '--last', traceFile]);
    for (const by of ['model', 'agent', 'session']) spandrel(command, ['costs', '--by', by, traceFile]);
  }
  console.log(`\nThe trace file is ${traceFile}`);
}

function spandrel(command: string, args: readonly string[]): void {
  console.log(`\n$ npx spandrel ${args.slice(0, -1).join(' ')}`);
  const { status } = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

/** The package's own `bin`. */
function spandrelCommand(): string | undefined {
  const manifest = new URL(import.meta.resolve('spandrel/package.json'));
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { spandrel: string } };
  const path = fileURLToPath(new URL(bin.spandrel, manifest));
  return existsSync(path) ? path : undefined;
}
