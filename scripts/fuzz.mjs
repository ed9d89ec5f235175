// npm run fuzz: the property specs with many runs (FUZZ_RUNS each, 100,000 and more in all) and a new seed (FUZZ_SEED repeats one).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const runs = process.env.FUZZ_RUNS ?? '30000';
const seed = process.env.FUZZ_SEED ?? String(Date.now() % 2 ** 31);
console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`);
const properties = readdirSync('spec', { recursive: true, encoding: 'utf8' })
  .map((file) => join('spec', file))
  .filter((file) => file.endsWith('.spec.ts') && readFileSync(file, 'utf8').includes('propertyRuns('));
const jest = [
  'node_modules/jest/bin/jest.js',
  ...properties,
  '--selectProjects',
  'standard-otel2',
  '--testTimeout',
  '1800000',
];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
});
process.exit(status ?? 1);
