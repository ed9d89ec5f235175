// Where the time and the memory of a call go: profiles of one subject of one case, added up by the part of the code.
import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { child } from './measure.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
/** lib/ in one file beside the bench, with a map back to its sources; dist/ has none. */
const built = join(here, 'profiled.mjs');
const INTERVAL_US = 200;

/** What is added up, asked in order. */
const PARTS = [
  ['the SDK, the API', (file) => file.includes('/@opentelemetry/')],
  ['the writer, redaction', (file) => file.startsWith('lib/capture/')],
  ['tokens, prices', (file) => /^lib\/(?:cost|attributes|plan\/(?:model-call|call-response))/.test(file)],
  ['span, context, result', (file) => file.startsWith('lib/')],
  ['the span by hand, JSON.stringify', (file) => file.endsWith('/by-hand.mjs')],
  ['V8, Node: ids, clock, garbage', (file) => file === '' || file.startsWith('node:')],
  ['what is measured, and measuring', () => true],
];

/** What is profiled for the page. */
export const PROFILED = ['small arguments, sync', 'small arguments, async', 'unsampled', 'a model call, priced'];

/** Case -> subject -> part -> its share of the call's time (`time`), its bytes for one call (`bytes`). */
export function profiles(cases, node) {
  buildSync({ entryPoints: [join(root, 'lib/index.ts')], bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, outfile: built, logLevel: 'error' }); // prettier-ignore
  const map = new SourceMap(JSON.parse(readFileSync(`${built}.map`, 'utf8')));
  const each = (profile) =>
    Object.fromEntries(cases.map((name) => [name, Object.fromEntries(['by hand', 'spandrel'].map((subject) => [subject, profile(name, subject, node, map)]))])); // prettier-ignore
  try {
    return { time: each(shares), bytes: each(allocated) };
  } finally {
    rmSync(built);
    rmSync(`${built}.map`);
  }
}

function allocated(name, subject, node, map) {
  const functions = JSON.parse(child('allocated.mjs', [name, subject, '1', built], { node }));
  return sums(functions.map(({ callFrame, bytes }) => [callFrame, bytes]), map); // prettier-ignore
}

/** What falls into each part. */
function sums(amounts, map) {
  const all = Object.fromEntries(PARTS.map(([part]) => [part, 0]));
  for (const [callFrame, amount] of amounts) {
    const at = sourceOf(callFrame, map);
    const [part] = PARTS.find(([, holds]) => holds(at));
    all[part] += amount;
  }
  return all;
}

function shares(name, subject, node, map) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const flags = ['--cpu-prof', '--cpu-prof-interval', String(INTERVAL_US), '--cpu-prof-dir', folder];
  child('child.mjs', [name, subject, '1', built], { node, flags });
  const [file] = readdirSync(folder);
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  rmSync(folder, { recursive: true });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const below = ({ id, children = [] }) => [id, ...children.flatMap((child) => below(byId.get(child)))];
  const isBegun = ({ callFrame }) => callFrame.functionName === 'times' && callFrame.url.endsWith('/child.mjs');
  const starting = new Set(nodes.filter(isBegun).flatMap(below));
  const start = samples.findIndex((id) => starting.has(id)); // before it, everything is loaded
  const times = samples.slice(start).map((id, i) => [byId.get(id).callFrame, timeDeltas[start + i]]);
  const all = times.reduce((sum, [, time]) => sum + time, 0);
  return Object.fromEntries(Object.entries(sums(times, map)).map(([part, sum]) => [part, sum / all]));
}

function sourceOf({ url, lineNumber, columnNumber }, map) {
  if (!url.endsWith('/profiled.mjs')) return url;
  const { originalSource } = map.findEntry(lineNumber, columnNumber);
  return originalSource === undefined ? url : relative(root, join(here, originalSource));
}
