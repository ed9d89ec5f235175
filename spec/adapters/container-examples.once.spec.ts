// examples/containers: the containers' own packages, each in a process of its own, on the package as it is built.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
const folder = join(root, 'examples/containers');

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale']);
}, 120_000);

const containers = ['awilix', 'inversify', 'needle-di', 'nest', 'tsyringe', 'typedi'];

it('runs all of them', () => {
  const there = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'support.ts');
  expect(there.sort()).toEqual(containers.map((name) => `${name}.ts`));
});

describe.each([
  ['standard', 'tsconfig.json'],
  ['legacy', 'tsconfig.legacy.json'],
])('under %s decorators', (_, config) => {
  it.each(containers)(
    '%s: the container’s prices and session, replaced, and a request’s own',
    async (name) => {
      const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
      const args = [tsx, '--tsconfig', join(folder, config), join(folder, `${name}.ts`)];
      const { stdout, stderr } = await run(process.execPath, args, { cwd: root });
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n')).toEqual([
        'as registered  process  $0.001',
        'replaced       process  $0.002',
        'two requests   ann      $0.003',
        'two requests   bob      $0.004',
        'afterwards     process  $0.002',
      ]);
    },
    60_000,
  );
});
