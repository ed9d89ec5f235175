// docs/costs.md from the calls that spec/costs makes through the providers' own clients, on the loopback alone.
//   node scripts/costs-doc.mjs   writes the file; fails where a call does not cost what is published
import { spawnSync } from 'node:child_process';
import { root } from './emit.mjs';

const jest = ['node_modules/jest/bin/jest.js', 'spec/costs/costs.once', '--selectProjects', 'standard-otel2'];
const { status } = spawnSync(process.execPath, jest, {
  cwd: root,
  env: { ...process.env, UPDATE_DOCS: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
