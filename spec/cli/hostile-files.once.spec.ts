import fc from 'fast-check';
import { isHeavyJson } from '../../lib/cli/json-weight.js';
import { readOtlpLine } from '../../lib/cli/otlp-span.js';
import { spanContent } from '../../lib/report/span-content.js';
import { line, Spandrel } from './support/spandrel.js';
import { propertyRuns } from '../support/property-runs.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  spandrel.buildPage();
});
afterAll(() => spandrel.delete('.'));

const COMMANDS = [
  ['tree', '--limit', '0', '--show', 'metadata,tag.tags'],
  ['tree', '--json', '--show', 'metadata'],
  ['costs', '--by', 'tag'],
  ['costs', '--by', 'session', '--json'],
  ['slow'],
  ['slow', '--spans'],
  ['slow', '--by', 'prompt', '--json'],
  ['slow', '--where', 'metadata.x = 1 or tags contains a or duration > 1s or error'],
  ['report', '-o', 'out.html'],
];

/** Whatever a terminal would obey: control characters but the line's end, and those that turn the writing direction. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const EVIL = '\u001b[2J\u001b]0;owned\u0007\u009b31m\r\n\u0000\u202e\u2028x';
const keyValue = (key: string, value: unknown) => ({ key, value });
const text = (value: string) => ({ stringValue: value });
const NAMES = [
  ...['openinference.span.kind', 'llm.model_name', 'cost.model_name', 'cost.unpriced_model', 'session.id', 'user.id'],
  ...['agent.name', 'cost.agent_name', 'llm.prompt_template.template', 'llm.prompt_template.version', 'error.type'],
  'metadata',
];
const evilSpan = (changed: object = {}) => ({
  ...{ traceId: `t${EVIL}`, spanId: `s${EVIL}`, name: `name${EVIL}`, startTimeUnixNano: '1', endTimeUnixNano: '2' },
  status: { code: 2, message: `status${EVIL}` },
  attributes: [
    ...NAMES.map((name) => keyValue(name, text(`${name}${EVIL}`))),
    keyValue('tag.tags', { arrayValue: { values: [text(`tag${EVIL}`)] } }),
    keyValue('llm.token_count.prompt', { intValue: '5' }),
  ],
  ...changed,
});
const fileOf = (...spans: unknown[]) => `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })}\n`;

it.each(COMMANDS)('%s %s: nothing of a span moves the terminal', async (...args) => {
  spandrel.write('evil.jsonl', fileOf(evilSpan()));
  const { code, stdout, stderr } = await spandrel.run([...args, 'evil.jsonl']);
  expect(code).toBe(0);
  expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED);
  expect(stderr.replaceAll('\n', '')).not.toMatch(OBEYED);
});

const ODD_SPANS = [
  ...[
    {},
    null,
    5,
    [],
    'span',
    { traceId: 5, spanId: 'x' },
    { traceId: '', spanId: '' },
    { traceId: 'x'.repeat(100), spanId: 'x' },
  ],
  evilSpan({ startTimeUnixNano: '-5' }),
  evilSpan({ startTimeUnixNano: '9'.repeat(2_000_000) }),
  evilSpan({ startTimeUnixNano: '99999999999999999999' }),
  evilSpan({ startTimeUnixNano: 1.5 }),
  evilSpan({ startTimeUnixNano: '0x10' }),
  evilSpan({ endTimeUnixNano: {} }),
  evilSpan({ attributes: 5 }),
  evilSpan({ attributes: [null] }),
];
const ODD_BUT_READ = [
  evilSpan({ spanId: 'r0', attributes: [keyValue('tag.tags', { arrayValue: { values: 5 } })] }),
  evilSpan({ status: null, attributes: null, parentSpanId: null, spanId: 'r1' }),
  evilSpan({ startTimeUnixNano: '18446744073709551615', endTimeUnixNano: '0', spanId: 'r2' }),
  evilSpan({ name: 5, status: { code: 'STATUS_CODE_ERROR' }, spanId: 'r3' }),
  evilSpan({ spanId: 'r4', parentSpanId: 'r4' }),
  evilSpan({ spanId: 'r5', attributes: [keyValue('llm.token_count.prompt', { intValue: '9'.repeat(400) }), keyValue('cost.total_usd', { doubleValue: 1e308 }), keyValue('llm.token_count.completion', { doubleValue: 'NaN' })] }), // prettier-ignore
  evilSpan({ spanId: 'r6', attributes: [keyValue('cost.total_usd', { doubleValue: -1e308 }), keyValue('__proto__', text('x')), keyValue('tag.tags', { arrayValue: { values: [{ intValue: 5 }, {}, null] } })] }), // prettier-ignore
  evilSpan({ spanId: 'r7', name: 'n'.repeat(3_000_000), events: 'none', links: [null, 5] }),
];

it.each(COMMANDS)('%s %s: survives spans of every odd shape, and says which lines they were in', async (...args) => {
  spandrel.write('odd.jsonl', fileOf(...ODD_SPANS) + line({ id: 'good' }) + fileOf(...ODD_BUT_READ));
  const { code, stdout, stderr } = await spandrel.run([...args, 'odd.jsonl']);
  expect(stderr.split('\n').filter((said) => !said.includes('no span has the attribute'))).toEqual([
    `spandrel: skipped ${ODD_SPANS.length} spans that are none in odd.jsonl, in line 1`,
    '',
  ]);
  expect(code).toBe(0);
  expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED);
});

it.each(COMMANDS)('%s %s: survives lines of JSON that are no OTLP, and what is no JSON at all', async (...args) => {
  const lines = ['null', '5', '"x"', '[]', '{}', '{"resourceSpans":{}}', '{"resourceSpans":[null]}', '{"resourceSpans":[{"scopeSpans":5}]}', '{"resourceSpans":[{"scopeSpans":[{"spans":"x"}]}]}', '\u0000\u0001', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a"', '[['.repeat(100_000)]; // prettier-ignore
  spandrel.write('none.jsonl', `${lines.join('\n')}\n${line({ id: 'good' })}`);
  const { code, stderr } = await spandrel.run([...args, 'none.jsonl']);
  expect(stderr.split('\n').filter((said) => !said.includes('no span has the attribute'))).toEqual([
    'spandrel: skipped 12 lines that are no OTLP/JSON in none.jsonl: 1, 2, 3, 4, 5 …',
    '',
  ]);
  expect(code).toBe(0);
});

it('reads or refuses any JSON, and never throws anything but an error of that line', () => {
  const key = fc.constantFrom('resourceSpans', 'scopeSpans', 'spans', 'attributes', 'key', 'value', 'traceId', 'spanId', 'name', 'startTimeUnixNano', 'status', 'code', 'stringValue', 'arrayValue', 'values', 'events', 'links'); // prettier-ignore
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 7 }, fc.constantFrom(null, 0, -1, 1e300, '', 'x', '7', true), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 5 })), // prettier-ignore
  }));
  fc.assert(
    fc.property(value, (json) => {
      const wrapped = { resourceSpans: [{ scopeSpans: [{ spans: [json, json] }] }] };
      const { spans, skipped } = readOtlpLine(JSON.stringify(wrapped), { has: () => true });
      expect(spans.length + skipped).toBe(2);
      for (const { json: found } of spans) JSON.stringify(spanContent(found));
      try {
        readOtlpLine(JSON.stringify(json), { has: () => true });
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    propertyRuns(2_000),
  );
});

it('parses no long line that would take far more memory than its length', () => {
  const long = (part: string) => Buffer.from(part.repeat(Math.ceil((40 * 1024 * 1024) / part.length)));
  expect(isHeavyJson(long('['))).toBe(true);
  expect(isHeavyJson(long('0,'))).toBe(true);
  expect(isHeavyJson(long('{},'))).toBe(true);
  expect(isHeavyJson(Buffer.from(`"${'[,'.repeat(20_000_000)}\\\\\\"${'['.repeat(5_000)}"`))).toBe(false);
  expect(isHeavyJson(Buffer.from(`["${'x'.repeat(9_000_000)}\\\\"${',0'.repeat(17_000_000)}]`))).toBe(true);
  expect(isHeavyJson(Buffer.from('[['.repeat(1_000)))).toBe(false); // a short one harms nobody
});

it('says in one sentence that a file cannot be read or written', async () => {
  spandrel.write('good.jsonl', line({ id: 'good' }));
  expect(await spandrel.run(['report', 'good.jsonl', '-o', 'no-such-folder/out.html'])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringMatching(
      /^spandrel: ENOENT: no such file or directory, open 'no-such-folder\/out\.html\.\d+\.part'\n$/,
    ),
  });
});
