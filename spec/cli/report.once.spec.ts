import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ReportFacts, SpanContent } from '../../lib/report/report-data.js';
import { line, Spandrel } from './support/spandrel.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  spandrel.buildPage();
});
afterAll(() => spandrel.delete('.'));
beforeEach(() => spandrel.write('.spandrel/traces.jsonl', one + two));
afterEach(() => ['.spandrel', 'report.html', 'other.html'].forEach((name) => spandrel.delete(name)));

const call = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'm', 'cost.model_name': 'm', 'cost.total_usd': 0.25, 'llm.token_count.prompt': 7 }; // prettier-ignore
const one = line(
  { id: 'a2', parent: 'a1', name: 'ask', from: 10, to: 40, attributes: { ...call, 'tag.tags': ['x', 'y'], 'output.value': 'a secret answer' } }, // prettier-ignore
  { id: 'a1', name: 'analyze', to: 50, attributes: { 'session.id': 's-1', 'input.value': '</script><b>' } },
);
const two = line(
  { id: 'b1', trace: 'b', name: 'later', from: 9000, to: 9100, error: 'boom', attributes: { 'session.id': 's-2' } },
  { id: 'b2', trace: 'b', parent: 'b1', name: 'ask', from: 9010, attributes: call },
);

const html = (name = 'report.html') => spandrel.read(name);
const unpacked = (base64: string) => JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString());
const factsOf = (text: string): ReportFacts => unpacked(/id="facts">([^<]*)</.exec(text)?.[1] ?? '');
const contentsOf = (text: string): (SpanContent | null)[] =>
  [...text.matchAll(/class="block">([^<]*)</g)].flatMap(([, base64]) => unpacked(base64 ?? ''));
const namesOf = ({ texts, rows }: ReportFacts) => rows.name.map((name) => texts[name]);

it('writes one file, of the spans, their parents, sums and contents', async () => {
  const { code, stdout, stderr } = await spandrel.run(['report', '--title', 'My <service>']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^report\.html: 4 spans in 2 traces, 0\.\d MB\n$/);
  const facts = factsOf(html());
  expect(namesOf(facts)).toEqual(['ask', 'analyze', 'later', 'ask']);
  expect(facts).toMatchObject({
    title: 'My <service>',
    epoch: Date.UTC(2026, 10, 22, 9, 30),
    leftOut: { spans: 0, allContents: false, contents: 0 },
    rows: { parent: [1, -1, -1, 2], start: [10, 0, 9000, 9010], duration: [30, 50, 100, 1], usd: [0.25, null, null, 0.25], call: [1, 0, 0, 1] }, // prettier-ignore
  });
  expect(contentsOf(html()).map((content) => content?.spanId)).toEqual(['a2', 'a1', 'b1', 'b2']);
  expect(contentsOf(html())[1]?.attributes).toEqual({ 'session.id': 's-1', 'input.value': '</script><b>' });
});

it('holds nothing of a span outside of base64, asks the network for nothing, and lets nothing else run', async () => {
  await spandrel.run(['report', '--title', '<script>alert(1)</script>']);
  const text = html();
  expect(text).not.toContain('secret answer');
  expect(text).not.toContain('alert(1)');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/); // prettier-ignore
  expect(text.match(/<script(?! type="text\/plain")/g)).toHaveLength(1);
  expect(text).not.toMatch(/\s(src|href)=/);
  expect(text).toContain('Permission is hereby granted'); // uPlot's licence goes with its code
});

it('leaves out contents with --no-content', async () => {
  await spandrel.run(['report', '--no-content']);
  expect(contentsOf(html())).toEqual([]);
  expect(factsOf(html()).leftOut).toEqual({ spans: 0, usd: 0, allContents: true, contents: 0 });
  expect(JSON.stringify(factsOf(html()))).not.toContain('secret answer');
});

it('shows whole traces that have a span for which --where holds', async () => {
  await spandrel.run(['report', '--where', 'session = s-1']);
  expect(namesOf(factsOf(html()))).toEqual(['ask', 'analyze']);
  expect(await spandrel.run(['report', '--where', 'session = s-3'])).toMatchObject({
    ...{ code: 1, stderr: 'spandrel: no spans are in the file for that.\n' },
  });
});

it('keeps to --limit, in whole traces, the newest, and says what is left out', async () => {
  await spandrel.run(['report', '--limit', '3']);
  expect(namesOf(factsOf(html()))).toEqual(['later', 'ask']);
  expect(factsOf(html()).leftOut).toEqual({ spans: 2, usd: 0.25, allContents: false, contents: 0 });
});

it('counts a span once that is there twice', async () => {
  spandrel.write('.spandrel/traces.jsonl', one + two + one);
  await spandrel.run(['report']);
  expect(namesOf(factsOf(html()))).toEqual(['ask', 'analyze', 'later', 'ask']);
  expect(factsOf(html()).leftOut.spans).toBe(0);
  expect(contentsOf(html())).toHaveLength(4);
});

it('replaces an older report, and nothing else without --force', async () => {
  expect(await spandrel.run(['report'])).toMatchObject({ code: 0 });
  expect(await spandrel.run(['report'])).toMatchObject({ code: 0 });
  spandrel.write('other.html', '<p>mine</p>');
  expect(await spandrel.run(['report', '-o', 'other.html'])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'spandrel: other.html exists and is no report; name another file with -o, or replace it with --force.\n',
  });
  expect(html('other.html')).toBe('<p>mine</p>');
  expect(await spandrel.run(['report', '-o', 'other.html', '--force'])).toMatchObject({ code: 0 });
  expect(html('other.html')).toContain('id="facts"');
  expect(await spandrel.run(['report', '-o', '.spandrel'])).toMatchObject({ code: 1, stderr: 'spandrel: .spandrel is no file.\n' }); // prettier-ignore
});

it('is as private as the trace file', async () => {
  await spandrel.run(['report']);
  expect(statSync(join(spandrel.directory, 'report.html')).mode & 0o777).toBe(0o600);
});

it('cuts what is too long to be shown, and says by how much', async () => {
  const long = { 'input.value': 'x'.repeat(40_000), ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`k${i}`, 'y'.repeat(30_000)])) }; // prettier-ignore
  spandrel.write('.spandrel/traces.jsonl', line({ id: 'a1', attributes: long }));
  await spandrel.run(['report']);
  const [content] = contentsOf(html());
  expect(content?.attributes['input.value']).toBe(`${'x'.repeat(32_768)}…[+7232 chars]`);
  expect(content?.omitted).toBeGreaterThan(10);
});
