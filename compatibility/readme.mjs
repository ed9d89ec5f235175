// The README followed in an empty project: npm installs the packed package, the first program runs, the commands show what the page shows.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.mjs';
import { npm, pack, root } from './workshop.mjs';

export const readme = {
  title: 'The README, followed',
  says: 'An empty project, `npm install` of the packed package and what the README names, its first program, and the commands after it: they print what the page prints.',
  columns: ['ESM', 'CommonJS'],
  places: [],
  async *cells({ nodes, say, wanted }) {
    if (!wanted('README')) return;
    say('installing what the README names into an empty project');
    // outside of the repository, whose tsconfig.json and node_modules would be found
    const directory = mkdtempSync(join(tmpdir(), 'spandrel-readme-'));
    writeFileSync(join(directory, 'package.json'), '{}');
    npm(directory, 'install', pack(), '@opentelemetry/api@1', '@opentelemetry/sdk-node@0.223.0', 'tsx@4.23.15');
    for (const { line, binary } of nodes.filter((node) => node.line === 20 || node.line === 24))
      yield {
        row: `README, Node ${line}`,
        results: {
          ESM: await follow(directory, binary, 'module'),
          CommonJS: await follow(directory, binary, 'commonjs'),
        },
      };
    rmSync(directory, { recursive: true, force: true });
  },
};

async function follow(directory, binary, type) {
  const page = readFileSync(join(root, 'README.md'), 'utf8');
  const five = page.slice(page.indexOf('## Five minutes'));
  const [, program] = /```ts\n([^]*?)```/.exec(five);
  const shown = [...five.matchAll(/```text\n([^]*?)```/g)].slice(0, 2).map(([, text]) => text);
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ ...JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')), type }),
  );
  writeFileSync(join(directory, 'main.ts'), type === 'module' ? program : withoutTopLevelAwait(program));
  rmSync(join(directory, '.spandrel'), { recursive: true, force: true });

  const spandrel = join(directory, 'node_modules/spandrel/dist/cli/main.js');
  const steps = [
    ['node_modules/tsx/dist/cli.mjs', 'main.ts'],
    [spandrel, 'tree'],
    [spandrel, 'costs'],
  ];
  let printed = '';
  for (const step of steps) {
    const { code, out, err } = await run(binary, step, { cwd: directory });
    if (code !== 0) return `${step.join(' ')}: exit ${code}: ${(err || out).split('\n')[0]}`;
    printed += `${out.trimEnd()}\n${step === steps[1] ? '\n' : ''}`;
  }
  return comparable(printed) === comparable(shown.join(''))
    ? undefined
    : `prints ${JSON.stringify(comparable(printed))}, not ${JSON.stringify(comparable(shown.join('')))}`;
}

/** CommonJS knows no await outside of functions. */
function withoutTopLevelAwait(program) {
  const at = program.indexOf('console.log(await');
  return `${program.slice(0, at)}async function main() {\n${program.slice(at)}}\nvoid main();\n`;
}

/** Ids, times and bars differ from run to run. */
const comparable = (text) =>
  text
    .replace(/trace \w{32} · \S+ · [\d.]+ m?s/g, 'trace')
    .replace(/[\d.]+ m?s\b/g, 'time')
    .replace(/█+/g, '█')
    .replace(/[ \t]+/g, ' ')
    .trim();
