import { readFileSync } from 'node:fs';
import { CASES } from './cases.mjs';
import { GOALS } from './goals.mjs';

const SDK = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).dependencies[
  '@opentelemetry/sdk-trace'
];

/** docs/benchmarks.md. */
export function page({ node, rounds, rows, elsewhere, profiles, million, pricing, imports, size }, subjects) {
  const others = subjects.filter((subject) => subject !== 'by hand');
  const calls = rows.filter(({ name }) => !CASES[name].stream);
  const streams = rows.filter(({ name }) => CASES[name].stream);
  return [
    '# Benchmarks',
    '',
    '<!-- Written by npm run bench; edits are lost. -->',
    '',
    'What one traced call takes, as a ratio to the span that an expert writes by hand with the OpenTelemetry API: the same attributes, `JSON.stringify`, no redaction and no bounds. Below 1 is less than that. Default limits and default redaction are on. Each subject runs in a process of its own, interleaved with the others; the figures are medians of ratios within a round, so that they mean the same on a slow machine. Spans go nowhere; AsyncLocalStorage is at work wherever there is an SDK, for the bare function too.',
    '',
    `Node ${node.slice(1)}, OpenTelemetry SDK ${SDK}, ${rounds} rounds.`,
    '',
    ...table(['case', 'by hand', ...others, 'goal'], calls.map((row) => [row.name, time(row.handNs), ...others.map((other) => number(row.ratios[other])), goal(row, rows, node)])), // prettier-ignore
    '',
    'A dash: the case is none for it (it traces without a sampler and without an SDK, or has no form of its own for it), or it failed. LangSmith, OpenLLMetry and Langfuse have span formats or processors of their own, whose work is in their figures, but LangSmith’s serialising, which is part of sending; OpenLLMetry makes every call asynchronous; Braintrust’s figures are without serialising and sending too; nestjs-otel records neither arguments nor results. Logfire withholds values by the names and patterns it knows; none of the others withholds secrets. autotel cuts what it has serialised at 4,096 characters; Logfire and autotel serialise for spans that are not sampled too. None reads tokens or a price from what such a call returns: the priced call is for them a call like another.',
    '',
    '## Streams',
    '',
    'What is added to each of 10,000 chunks, beside a loop over the bare stream inside one span made by hand. The goals were set in nanoseconds on a faster machine, where that loop took as long as the goal says: what they are in its proportion is said too.',
    '',
    ...table(['stream', 'by hand, a chunk', 'added', 'goal'], streams.map((row) => [row.name.replace(', a chunk', ''), time(row.handNs), `+${time(row.addedNs)}`, goal(row, rows, node)])), // prettier-ignore
    '',
    '## Elsewhere',
    '',
    'The cases with a goal once more.',
    '',
    ...elsewhere.flatMap(({ place, rows: there }) => [
      `On ${place}:`,
      '',
      ...table(['case', 'by hand', 'spandrel', 'goal'], there.map((row) => [row.name, time(row.handNs), CASES[row.name].stream ? `+${time(row.addedNs)}` : number(row.ratios.spandrel), goal(row, there, place.startsWith('Node ') ? `v${place.slice(5)}` : node)])), // prettier-ignore
      '',
    ]),
    '## Prices',
    '',
    `To price a call of a known model after the first takes ${time(pricing.ours)} (goal: ≤ 2 µs${pricing.ours <= 2_000 ? ', reached' : ', not reached'}); \`calcPrice\` of genai-prices takes ${time(pricing.theirs)}. The table is loaded when the first model call starts, beside the program, and never within a call that has a processor of ours.`,
    '',
    '## Memory',
    '',
    'Bytes allocated for one call, as a ratio to the span by hand.',
    '',
    ...table(['case', 'ratio', 'goal'], rows.map(({ name, bytes }) => [name, number(bytes), `≤ 1.2: ${bytes <= 1.2 ? 'reached' : 'not reached'}`])), // prettier-ignore
    '',
    `What the heap holds after so many finished spans: ${Object.entries(million.heap).map(([count, mb]) => `${Number(count).toLocaleString('en')}: ${mb.toFixed(1)} MB`).join(', ')}. A call among the last tenth of a million takes ${number(million.lastToFirst)} of one among the first.`, // prettier-ignore
    '',
    '## Import',
    '',
    `A whole cold process that imports one thing, as a ratio to one that imports \`@opentelemetry/api\` alone, \`require\` beside \`require\` and \`import\` beside \`import\` (goal for \`spandrel\`: ≤ 1.15, ${imports.filter(({ name }) => name.startsWith('spandrel,')).map(({ name, ratio }) => `as ${name.slice(10)} ${end(ratio <= 1.15)}`).join(', ')}; an entry that needs a package which is not installed here is missing).`, // prettier-ignore
    '',
    ...table(['', 'ratio', 'ms'], imports.map(({ name, ms, ratio }) => [name, number(ratio), ms.toFixed(0)])), // prettier-ignore
    '',
    `The package is ${kilobytes(size.packed)} packed, ${kilobytes(size.unpacked)} unpacked, in ${size.files} files.`,
    '',
    '## Where the time goes, and why some goals are not reached',
    '',
    'CPU profiles of the call by hand and of ours, in hundredths of what the call by hand takes.',
    '',
    ...table(['', ...Object.keys(profiles.time).flatMap((name) => [`${name}: by hand`, 'spandrel'])], partsOf(profiles.time, rows)), // prettier-ignore
    '',
    'The SDK and the API are the floor of any span: half of a call by hand, and no wrapper goes below it. Ours asks less of them (its own context in place of the API’s, no second clock at the end), which pays for most of what the span’s record, its context and the watch over the result take.',
    '',
    'Small arguments: the writer takes 1.2 times what `JSON.stringify` takes for them on Node 20, and 1.6 times on Node 24, whose `JSON.stringify` is faster by half. What is written is looked through for secrets, and no getter of the program’s is run to read it. In a run where the call took 1.20, it took 1.14 with a writer that reads without looking for getters, and 1.16 with `JSON.stringify` in the writer’s place: that much is the call’s own record, from which costs, budgets, scopes and streams are told, and the look at what the program has set on the span itself. By the number of instructions it is 1.07; memory makes the rest, since each call walks on through a young generation of 16 MB.',
    '',
    'Unsampled: the floor is the SDK’s `startSpan`, which makes ids for a span that nobody sees; the rest is the context that carries the span for the calls below it, and the call’s own record, by which a cost that is recorded inside finds its budget.',
    '',
    'Streams: each step enters the call’s context, which the body of a generator would not have otherwise (some 30 ns on Node 20, 280 on Node 24, where a context is a copied map), its chunk is counted and gathered; an asynchronous one gets one promise more.',
    '',
    'Memory: what the writer joins. V8 makes an object of 32 bytes for each piece of text that is joined, two for a property; `JSON.stringify` writes into one buffer. A buffer of our own, filled character by character, needs a seventh of the memory and two to three times the time. In bytes for one call:',
    '',
    ...table(['', ...Object.keys(profiles.bytes).flatMap((name) => [`${name}: by hand`, 'spandrel'])], bytesOf(profiles.bytes)), // prettier-ignore
    '',
    '100 kB: 16 kB of it are written, each text of them looked through for secrets in eight ways; what is left out is not touched.',
    '',
    'A priced call: finding the usage in the response, checking it, asking the price lists in their order, and the books by which a response that two spans saw is counted once.',
    '',
    'Import: what is added to the API’s own is, by two thirds, V8 reading the 300 kB of code of the core, which is one file. Shorter names would save a seventh of that, and make stack traces unreadable.',
    '',
  ].join('\n');
}

/** A row for each part, in hundredths of the call by hand. */
function partsOf(profiles, rows) {
  const ratioOf = (name, subject) => rows.find((row) => row.name === name).ratios[subject];
  const columns = Object.entries(profiles).flatMap(([name, shares]) => ['by hand', 'spandrel'].map((subject) => [shares[subject], ratioOf(name, subject)])); // prettier-ignore
  const parts = Object.keys(columns[0][0]);
  const cell = (hundredths) => (hundredths < 0.5 ? '' : hundredths.toFixed(0));
  return [
    ...parts.map((part) => [part, ...columns.map(([shares, ratio]) => cell(100 * shares[part] * ratio))]),
    ['together', ...columns.map(([, ratio]) => cell(100 * ratio))],
  ];
}

/** A row for each part, in bytes of one call. */
function bytesOf(profiles) {
  const columns = Object.values(profiles).flatMap((parts) => [parts['by hand'], parts.spandrel]);
  const sum = (parts) => Object.values(parts).reduce((all, bytes) => all + bytes, 0);
  const cell = (bytes) => (bytes < 8 ? '' : bytes.toFixed(0));
  return [
    ...Object.keys(columns[0]).map((part) => [part, ...columns.map((parts) => cell(parts[part]))]),
    ['together', ...columns.map((parts) => cell(sum(parts)))],
  ];
}

const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|---|${head.slice(1).map((title) => (title === 'goal' ? '---' : '--:')).join('|')}|`, // prettier-ignore
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
];
const number = (ratio) => (Number.isFinite(ratio) ? ratio.toFixed(ratio < 0.1 ? 3 : 2) : '–');
const time = (ns) => (ns < 1_000 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`); // prettier-ignore
const kilobytes = (bytes) => `${Math.round(bytes / 1_024).toLocaleString('en')} kB`;

const end = (isReached) => (isReached ? 'reached' : 'not reached');

function goal({ name, ratios, handNs, addedNs }, rows, node) {
  const isLater = Number(/^v(\d+)/.exec(node)?.[1]) >= 24;
  const wanted = { ...GOALS[name], ...(isLater && GOALS[name]?.node24) };
  if (wanted.ns !== undefined) {
    const here = (wanted.ns * handNs) / wanted.handNs;
    return `≤ +${wanted.ns} ns, where the loop by hand takes ${wanted.handNs} ns: ${end(addedNs <= wanted.ns)}; as a ratio, here ≤ +${time(here)}: ${end(addedNs <= here)}`;
  }
  if (wanted.ratio === undefined) return '';
  const most = wanted.ratio;
  if (wanted.addedNs !== undefined) {
    const added = (ratios.spandrel - ratios.bare) * handNs;
    return `≤ ${most}: ${end(ratios.spandrel <= most)}; ≤ +${wanted.addedNs} ns: +${added.toFixed(0)}, ${end(added <= wanted.addedNs)}`;
  }
  if (wanted.of === undefined) return `≤ ${most}: ${end(ratios.spandrel <= most)}`;
  const other = rows.find((row) => row.name === wanted.of);
  const times = (ratios.spandrel * handNs) / (other.ratios.spandrel * other.handNs);
  return `≤ ${most} × what ${wanted.of} take: ${times.toFixed(1)}, ${end(times <= most)}`;
}
