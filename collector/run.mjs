// npm run test:collector: a real OpenTelemetry Collector with the configurations of docs/collector/, between programs that make
// spans and a backend on loopback that counts them. The last line is "N passed, N failed".
//   node collector/run.mjs demo tail     only the cases whose name has one of these words
//   node collector/run.mjs --write       all of them, and writes the table in docs/collector.md
// Where there is no Go to build the Collector with, it says so and ends well. Nothing else excuses it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildCollector } from './build.mjs';
import { demoCases } from './cases/demo.mjs';
import { queueCases } from './cases/queue.mjs';
import { tailSamplingCases } from './cases/tail-sampling.mjs';
import { Stage } from './stage.mjs';

const wanted = process.argv.slice(2).filter((word) => word !== '--write');
const cases = [...queueCases, ...demoCases, ...tailSamplingCases].filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);

const binary = built();
if (binary === undefined) {
  console.log(
    `!!! NOT RUN: none of the ${cases.length} cases. There is no Go on this machine (go version) to build the Collector with.`,
  );
  process.exit(0);
}
let failed = 0;
const rows = [];
let stage;
process.on('exit', () => stage && rmSync(stage.directory, { recursive: true, force: true })); // by a signal too
for (const { name, run } of cases) {
  stage = new Stage(binary);
  try {
    const counted = await run(stage);
    rows.push(`| ${name} | ${counted} |`);
    console.log(`ok    ${name}\n      ${counted}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, '      ')}`);
  } finally {
    await stage.clear();
  }
}
if (process.argv.includes('--write') && rows.length === cases.length && wanted.length === 0) writeTable();
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || cases.length === 0 ? 1 : 0);

function built() {
  try {
    return buildCollector();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

function writeTable() {
  const page = fileURLToPath(new URL('../docs/collector.md', import.meta.url));
  const table = ['| what happens | what was counted |', '|---|---|', ...rows].join('\n');
  const marks = /(?<=<!-- cases -->)[\s\S]*(?=<!-- \/cases -->)/;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(marks, () => `\n\n${table}\n\n`),
  );
}
