// node bench/instructions.mjs [--record]: how many instructions a traced call takes, by valgrind, held against what was recorded.
// The count does not depend on how busy the machine is; it does on Node and on the processor, so elsewhere there is nothing to hold it
// against. The difference of two run lengths: start and compilation are in both.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Case -> the shorter of the two lengths, in calls. */
const COUNTED = { 'small arguments, sync': 8_000, 'small arguments, async': 8_000, unsampled: 16_000 };
const MOST = 1.05;
const recordFile = new URL('instructions.json', import.meta.url);
const counted = fileURLToPath(new URL('counted.mjs', import.meta.url));

const here = { node: process.version, processor: cpus()[0]?.model.trim() };
const record = JSON.parse(readFileSync(recordFile, 'utf8'));
const isRecording = process.argv.includes('--record');
const skipped = isRecording ? undefined : reasonToSkip();
if (skipped !== undefined) {
  console.log(`instructions: not counted, since ${skipped}`);
  process.exit(0);
}

const counts = {};
let failed = false;
for (const [name, count] of Object.entries(COUNTED)) {
  const each = Math.round((instructions(name, 2 * count) - instructions(name, count)) / count);
  counts[name] = each;
  const before = record.calls[name];
  const ratio = each / before;
  const tooMany = !isRecording && ratio > MOST;
  failed ||= tooMany;
  const held = isRecording
    ? ''
    : ` (recorded: ${before}, ${((ratio - 1) * 100).toFixed(1)} %)${tooMany ? ' TOO MANY' : ''}`;
  console.log(`instructions of a call, ${name}: ${each}${held}`);
}
if (isRecording) writeFileSync(recordFile, `${JSON.stringify({ ...here, calls: counts }, undefined, 2)}\n`);
else if (failed) {
  console.error(
    'A call takes over 5 % more instructions than recorded. If it is worth that: node bench/instructions.mjs --record',
  );
  process.exit(1);
}

function reasonToSkip() {
  if (spawnSync('valgrind', ['--version']).status !== 0) return 'valgrind is not installed';
  if (record.node !== here.node) return `the record is of Node ${record.node}, and this is ${here.node}`;
  if (record.processor !== here.processor) return `the record is of another processor (${record.processor})`;
  return undefined;
}

function instructions(name, count) {
  const valgrind = ['--tool=cachegrind', '--cache-sim=no', '--branch-sim=no', '--cachegrind-out-file=/dev/null', '--smc-check=all-non-file']; // prettier-ignore
  const steady = ['--predictable-gc-schedule', '--random-seed=1', '--hash-seed=1', '--single-threaded'];
  const program = [process.execPath, ...steady, counted, name, 'spandrel', String(count)];
  const { stderr, status } = spawnSync('valgrind', [...valgrind, ...program], { encoding: 'utf8' });
  const [, refs] = /I *refs:\s+([\d,]+)/.exec(stderr) ?? [];
  if (status !== 0 || refs === undefined) throw new Error(`valgrind failed (${status}):\n${stderr}`);
  return Number(refs.replaceAll(',', ''));
}
