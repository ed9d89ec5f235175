import { readFileSync } from 'node:fs';

const SDK = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).dependencies[
  '@opentelemetry/sdk-trace'
];

/** Goals, as a ratio to the span by hand on Node 20; `null`: none. */
const GOALS = {
  'small arguments, sync': 1.05,
  'small arguments, async': 1.05,
  '2 kB chat, async': 1.5,
  '100 kB arguments': 0.4,
  unsampled: 0.9,
  'no SDK': 0.3,
};

/** docs/benchmarks.md. */
export function page({ node, rounds, rows, imports }, subjects) {
  const peers = subjects.filter((subject) => subject !== 'by hand' && subject !== 'bare');
  return [
    '# Benchmarks',
    '',
    '<!-- Written by npm run bench; edits are lost. -->',
    '',
    'What one traced call takes, as a ratio to the span that an expert writes by hand with the OpenTelemetry API: the same attributes, `JSON.stringify`, no redaction and no bounds. Below 1 is less than that. Default limits and default redaction are on. Each subject runs in a process of its own, interleaved with the others; the figures are medians of ratios within a round, so that they mean the same on a slow machine. Spans go nowhere; AsyncLocalStorage is at work wherever there is an SDK, for the bare function too. A dash: the case is none for it (it traces without a sampler and without an SDK), or it failed.',
    '',
    `Node ${node.slice(1)}, OpenTelemetry SDK ${SDK}, ${rounds} rounds.`,
    '',
    `| case | by hand | ${peers.join(' | ')} | goal |`,
    `|---|--:|${peers.map(() => '--:').join('|')}|---|`,
    ...rows.map(({ name, handNs, ratios }) => `| ${name} | ${time(handNs)} | ${peers.map((peer) => number(ratios[peer])).join(' | ')} | ${goal(name, ratios.spandrel)} |`), // prettier-ignore
    '',
    'LangSmith, OpenLLMetry and Langfuse have span formats or processors of their own, whose work is in their figures, but LangSmith’s serialising, which is part of sending; OpenLLMetry makes every call asynchronous; nestjs-otel records neither arguments nor results. None of them withholds secrets by pattern, and none reads tokens or a price from what such a call returns: the priced call is for them a call like another.',
    '',
    '## Memory',
    '',
    'Bytes allocated for one call, as a ratio to the span by hand.',
    '',
    '| case | ratio |',
    '|---|--:|',
    ...rows.map(({ name, bytes }) => `| ${name} | ${number(bytes)} |`),
    '',
    '## Import',
    '',
    'A whole cold process that imports one thing, as a ratio to one that imports `@opentelemetry/api` alone.',
    '',
    '| | ratio | ms |',
    '|---|--:|--:|',
    ...imports.map(({ name, ms, ratio }) => `| ${name} | ${number(ratio)} | ${ms.toFixed(0)} |`),
    '',
    '## What is not reached, and why',
    '',
    'Small arguments: half of a call by hand is the span itself, which no wrapper goes below. Of the rest, the writer takes more than `JSON.stringify`, which is native code: to read a property without running its getter takes a descriptor (30 ns, an element of an array 78 ns, measured apart), and each text is looked through for secrets. A CPU profile of the case is flat: the two largest shares of this package are the descriptors of arrays and of objects, some 6 % each. A priced model call makes some twenty attributes more, and matches response, usage and price.',
    '',
    'Not measured here: Braintrust, Logfire, Laminar, autotel; the SDK’s line 3; streams, nesting and a million spans (`npm run soak` holds the memory of a million calls).',
    '',
  ].join('\n');
}

const number = (ratio) => (Number.isFinite(ratio) ? ratio.toFixed(ratio < 0.1 ? 3 : 2) : '–');
const time = (ns) => (ns < 1_000 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`); // prettier-ignore

function goal(name, ratio) {
  const wanted = GOALS[name];
  if (wanted === undefined) return '';
  return `≤ ${wanted}: ${ratio <= wanted ? 'reached' : 'not reached'}`;
}
