import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Prints a run's last trace as a tree, then what the run cost, with the command that anyone can run afterwards: `npx spandrel`. */
export function printSummary(traceFile: string, runId: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'call-analyzer-'));
  try {
    // The trace file holds earlier runs too.
    const ofRun = join(directory, 'traces.jsonl');
    writeFileSync(ofRun, linesOf(traceFile, runId));
    for (const args of [['tree', '--last'], ...['model', 'agent', 'session'].map((by) => ['costs', '--by', by])]) {
      console.log(`\n$ npx spandrel ${args.join(' ')}`);
      spandrel([...args, ofRun]);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  console.log(`\nThe trace file is ${traceFile}; npx spandrel tree shows every trace in it.`);
}

function linesOf(traceFile: string, runId: string): string {
  const lines = readFileSync(traceFile, 'utf8').split(/(?<=\n)/);
  return lines.filter((line) => line.includes(runId)).join('');
}

function spandrel(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [binary(), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

/** The package's own `bin`. */
function binary(): string {
  const manifest = new URL(import.meta.resolve('spandrel/package.json'));
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { spandrel: string } };
  return fileURLToPath(new URL(bin.spandrel, manifest));
}
