// npm run test:compatibility: the packed package in other people's build chains, containers, frameworks and runtimes.
//   npm run test:compatibility                    all of it, in some minutes; writes docs/compatibility.md
//   npm run test:compatibility -- --check         the same, but writes nothing and fails where the page has other rows
//   npm run test:compatibility -- --only "tsc 7"  the rows whose title or name holds the text; writes nothing
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compilers } from './compilers.mjs';
import { nodes as findNodes } from './nodes.mjs';
import { page } from './page.mjs';
import { readme } from './readme.mjs';
import { bundlers, runners } from './tools.mjs';
import { types } from './types.mjs';
import { install, root } from './workshop.mjs';
import { clients, containers, frameworks, runtimes, telemetry } from './world.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, only: { type: 'string' } } });
const GROUPS = [readme, compilers, types, runners, bundlers, telemetry, containers, frameworks, clients, runtimes];
const say = (text) => console.log(text);

const nodes = findNodes(say);
const wanted = (text) => values.only === undefined || text.toLowerCase().includes(values.only.toLowerCase());
const installed = new Set();
const groups = [];
let passed = 0;
let failed = 0;
for (const group of GROUPS) {
  for (const place of group.places) {
    if (!installed.has(place)) install(place, say);
    installed.add(place);
  }
  const rows = [];
  say(`${group.title}`);
  for await (const { row, results } of group.cells({ nodes, say, wanted: wanted(group.title) ? () => true : wanted })) {
    rows.push({ row, results });
    for (const [column, result] of Object.entries(results)) {
      if (result === undefined) passed++;
      else if (!result.startsWith('not runnable here')) failed++;
      if (result !== undefined)
        say(`  ${result.startsWith('not runnable') ? '--  ' : 'FAIL'} ${row}, ${column}: ${result}`);
    }
    if (Object.values(results).every((result) => result === undefined)) say(`  ok   ${row}`);
  }
  groups.push({ ...group, rows });
}

const file = join(root, 'docs/compatibility.md');
const text = page(groups, nodes);
if (values.only === undefined && values.check === undefined) writeFileSync(file, text);
// What cannot run on this machine may have run where the page was written: the rows are compared, and what fails fails anyhow.
if (values.check && namesOf(readFileSync(file, 'utf8')) !== namesOf(text)) {
  failed++;
  say('docs/compatibility.md has other rows; npm run test:compatibility writes it anew');
}
say(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

function namesOf(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ')[0])
    .join('\n');
}
