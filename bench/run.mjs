// npm run bench [-- case …]: the cost of a traced call as a ratio to the bare function and to the same span written by hand.
// Variants run interleaved, each in a process of its own, so that a slow moment of the machine meets them all; medians of rounds.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CASES } from './variants.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const VARIANTS = ['bare', 'hand', 'spandrel'];
const child = fileURLToPath(new URL('child.mjs', import.meta.url));
const wanted = process.argv.slice(2);
const cases = Object.keys(CASES).filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (cases.length === 0) {
  console.error(`No case matches ${wanted.join(', ')}. Cases: ${Object.keys(CASES).join('; ')}`);
  process.exit(2);
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const nanoseconds = (ns) =>
  ns < 1_000 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`;

console.log(`Node ${process.version}, ${ROUNDS} rounds\n`);
console.log('case                      bare        by hand     spandrel    ÷ by hand');
for (const name of cases) {
  const times = Object.fromEntries(VARIANTS.map((variant) => [variant, []]));
  const ratios = [];
  for (let i = 0; i < ROUNDS; i++) {
    for (const variant of VARIANTS)
      times[variant].push(JSON.parse(execFileSync(process.execPath, [child, name, variant], { encoding: 'utf8' })).ns);
    ratios.push(times.spandrel.at(-1) / times.hand.at(-1));
  }
  const columns = VARIANTS.map((variant) => nanoseconds(median([...times[variant]])).padEnd(12));
  console.log(`${name.padEnd(26)}${columns.join('')}${median(ratios).toFixed(2)}`);
}
