// The kit under the runners that users have, each in a process of its own, on the package as it is built.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
let directory: string;

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale']);
  directory = mkdtempSync(join(root, 'spec/testing/.runners-')); // inside, so that the package finds itself by its name
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const write = (name: string, text: string) => {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
};

const SERVICE = `
  import { traced, withMetadata } from 'spandrel';
  const response = { id: 'r-1', object: 'chat.completion', model: 'gpt-4o', choices: [],
    usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 } };
  const ask = traced(async () => response, { spanName: 'Support.ask', spanKind: 'LLM', modelName: 'gpt-4o' });
  export const answer = traced((question) => withMetadata({ sessionId: 's-1' }, () => ask(question)), { spanName: 'Support.answer' });
`;

describe('each sample of docs/testing.md', () => {
  const files = new Map<string, string>();
  beforeAll(() => {
    const page = readFileSync(join(root, 'docs/testing.md'), 'utf8');
    for (const [, name = '', code = ''] of page.matchAll(/^```ts no-run file=(\S+).*?\n(.*?)^```$/gms))
      files.set(name, code);
    for (const [name, code] of files) write(name, code);
  });

  it('compiles', async () => {
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', strict: true, noEmit: true },
          ...{ types: ['node', 'jest'], typeRoots: [join(root, 'node_modules/@types')], skipLibCheck: true },
        },
        files: [...files.keys()],
      }),
    );
    const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
    await run(process.execPath, [tsc, '-p', directory]).catch((error: unknown) => {
      throw new Error((error as { stdout: string }).stdout);
    });
  }, 60_000);

  it.each([
    ['support.spec.ts', 'cjs', 'jest'],
    ['support.test.ts', 'esm', 'vitest'],
    ['support.node.ts', 'esm', 'node'],
  ] as const)(
    '%s runs',
    async (name, format, runner) => {
      const options = { format, platform: 'node', target: 'es2022', bundle: true, logLevel: 'error' } as const;
      const compiled = join(directory, name.replace(/\.ts$/, format === 'cjs' ? '.cjs' : '.mjs'));
      const external = ['spandrel', 'spandrel/*', 'vitest', 'node:*'];
      buildSync({ ...options, entryPoints: [join(directory, name)], outfile: compiled, external });
      const { stdout, stderr } = await run(process.execPath, commandOf(runner, compiled), {
        cwd: directory,
        env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      });
      expect(stdout + stderr).toMatch(/Tests: +1 passed|Tests +1 passed|# pass 1/);
    },
    60_000,
  );

  function commandOf(runner: 'jest' | 'vitest' | 'node', file: string): string[] {
    if (runner === 'node') return ['--test', '--test-reporter=tap', file];
    if (runner === 'vitest')
      return [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', directory, '--config', write('vitest.sample.mjs', `export default { test: { include: [${JSON.stringify(file)}] } };`)]; // prettier-ignore
    const config = { rootDir: directory, testMatch: [file], testEnvironment: 'node', transform: {} };
    return [join(root, 'node_modules/jest/bin/jest.js'), '--ci', '--config', JSON.stringify(config)];
  }
});

it('node:test', async () => {
  write('service.mjs', SERVICE);
  const file = write(
    'node.test.mjs',
    `
    import { after, afterEach, it } from 'node:test';
    import assert from 'node:assert/strict';
    import { spanAssert, testTracing } from 'spandrel/testing';
    import { answer } from './service.mjs';

    const tracing = testTracing({ modelCosts: { 'gpt-4o': { input: 1, output: 2 } } });
    afterEach(() => tracing.reset());
    after(() => tracing.shutdown());

    it('answers in one call', async () => {
      await answer('where?');
      spanAssert.toHaveSpan(tracing, 'Support.ask', { kind: 'LLM', parent: 'Support.answer' });
      spanAssert.toHaveCost(tracing.byName('Support.ask'), 0.002);
      spanAssert.toHaveSession(tracing.byName('Support.ask'), 's-1');
      spanAssert.toHaveNoOpenSpans(tracing);
      spanAssert.toMatchSpanTree(tracing, \`
        Support.answer  CHAIN
        └─ Support.ask  LLM  gpt-4o  1,000 in  500 out  $0.002
      \`);
      assert.throws(() => spanAssert.toHaveSpan(tracing, 'nobody'), { code: 'ERR_ASSERTION' });
    });`,
  );
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], { cwd: directory });
  expect(stdout).toContain('# pass 1');
  expect(stdout).toContain('# fail 0');
}, 60_000);

it('Vitest: passing, failing with our message, .not, file snapshots and concurrent tests', async () => {
  write('service.mjs', SERVICE);
  write(
    'kit.test.ts',
    `
    import 'spandrel/testing/vitest';
    import { afterAll, afterEach, describe, expect, it } from 'vitest';
    import { testTracing } from 'spandrel/testing';
    import { answer } from './service.mjs';

    const tracing = testTracing({ modelCosts: { 'gpt-4o': { input: 1, output: 2 } } });
    afterEach(() => tracing.reset());
    afterAll(() => tracing.shutdown());

    it('passes', async () => {
      await answer('where?');
      expect(tracing).toHaveSpan('Support.ask', { kind: 'LLM', attributes: { 'session.id': expect.any(String) } });
      expect(tracing.byName('Support.ask')).toHaveCost(0.002);
      expect(tracing.byName('Support.ask')).not.toHaveSession('s-2');
      expect(tracing).toMatchSpanTree();
    });

    it('fails', async () => {
      await answer('where?');
      expect(tracing).toHaveSpan('Support.aks');
    });

    describe.concurrent('at the same time', () => {
      it.each([1, 2, 3, 4])('%i', async (i) =>
        tracing.isolated(async (own) => {
          await answer('where?');
          expect(own).toHaveSpan('Support.ask');
          expect(own.spans).toHaveLength(2);
        }),
      );
    });`,
  );
  const config = write('vitest.config.mjs', `export default { test: { include: ['kit.test.ts'] } };`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', config, '--reporter=json', '--root', directory];
  const { stdout } = (await run(process.execPath, args, {
    cwd: directory,
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  }).catch((error: unknown) => error)) as { stdout: string };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { assertionResults: { title: string; failureMessages: string[] }[] }[];
  };
  expect({ numPassedTests, numFailedTests }).toEqual({ numPassedTests: 5, numFailedTests: 1 });
  const failed = testResults.flatMap((file) => file.assertionResults).find(({ title }) => title === 'fails');
  expect(failed?.failureMessages.join('')).toContain('The nearest is "Support.ask".');
}, 120_000);

it('the demo’s own test, under Vitest', async () => {
  const config = write('vitest.demo.mjs', 'export default { test: {} };');
  const args = ['run', '--root', join(root, 'examples/call-analyzer'), '--config', config];
  const { stdout } = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  }).catch((error: unknown) => {
    const { stdout: out, stderr } = error as { stdout: string; stderr: string };
    throw new Error(out + stderr);
  });
  expect(stdout).toMatch(/Tests +5 passed/);
}, 120_000);

it('jest, with matchers from a setup file', async () => {
  write(
    'service.cjs',
    SERVICE.replace(
      "import { traced, withMetadata } from 'spandrel';",
      "const { traced, withMetadata } = require('spandrel');",
    ).replace('export const answer =', 'exports.answer ='),
  );
  write(
    'kit.spec.cjs',
    `
    const { testTracing } = require('spandrel/testing');
    const { answer } = require('./service.cjs');
    const tracing = testTracing({ modelCosts: { 'gpt-4o': { input: 1, output: 2 } } });
    afterAll(() => tracing.shutdown());
    it('passes', async () => {
      await answer('where?');
      expect(tracing).toHaveSpan('Support.ask', { kind: 'LLM', parent: 'Support.answer' });
      expect(tracing.byName('Support.answer')).toHaveCost(0.002);
    });`,
  );
  const config = {
    rootDir: directory,
    testMatch: ['<rootDir>/kit.spec.cjs'],
    setupFilesAfterEnv: ['spandrel/testing/jest'],
    testEnvironment: 'node',
    transform: {},
  };
  const { stderr } = await run(
    process.execPath,
    [join(root, 'node_modules/jest/bin/jest.js'), '--ci', '--config', JSON.stringify(config)],
    { cwd: directory, env: { PATH: process.env['PATH'], NO_COLOR: '1' } },
  );
  expect(stderr).toContain('1 passed, 1 total');
}, 60_000);
