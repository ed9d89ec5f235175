import { line, Spandrel } from './support/spandrel.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  const llm = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'small', 'llm.token_count.prompt': 5 };
  const prompt = { 'llm.prompt_template.template': 'Hi {x}', 'llm.prompt_template.version': '1.0' };
  const fast = Array.from({ length: 100 }, (_, i) => ({
    ...{ id: `f${i}`, name: 'fast', from: i, to: i + i + 1 },
    attributes: { ...llm, 'performance.time_to_first_chunk_ms': 10 + i, 'session.id': i < 60 ? 's-1' : 's-2' },
  }));
  spandrel.write(
    '.spandrel/traces.jsonl',
    line(
      { id: 'a1', name: 'agent.evaluator', to: 4000, attributes: { 'openinference.span.kind': 'AGENT', 'agent.name': 'evaluator', 'llm.model_name': 'large' } }, // prettier-ignore
      { id: 'a2', parent: 'a1', name: 'slow one', to: 3000, error: 'boom', attributes: { ...llm, ...prompt, 'llm.model_name': 'large', 'user.id': 'ada' } }, // prettier-ignore
      { id: 'a3', parent: 'a1', name: 'turned \u001b[31mback', from: 50, to: 20 },
    ) + line(...fast),
  );
});
afterAll(() => spandrel.delete('.'));

const lines = async (...args: string[]) => (await spandrel.run(['slow', ...args])).stdout.split('\n').slice(0, -1);

it('groups spans by name: how often, percentiles, errors, first chunk; the slowest first', async () => {
  expect(await lines()).toEqual([
    'name              count     p50     p95     p99     max  errors  first chunk',
    'agent.evaluator       1  4.00 s  4.00 s  4.00 s  4.00 s',
    'slow one              1  3.00 s  3.00 s  3.00 s  3.00 s       1',
    'fast                100   50 ms   95 ms   99 ms  100 ms                59 ms',
    'turned  [31mback      1  0.0 ms  0.0 ms  0.0 ms  0.0 ms',
  ]);
});

it.each([
  ['agent', ['evaluator']],
  ['model', ['large', 'small']],
  ['kind', ['AGENT', 'LLM', '(none)']],
  ['session', ['(none)', 's-2', 's-1']],
  ['user', ['ada', '(none)']],
  ['prompt', ['1.0: Hi {x}', '(none)']],
])('groups by %s', async (by, keys) => {
  expect((await lines('--by', by)).slice(1).map((text) => text.split(/ {2,}/)[0])).toEqual(keys);
});

it('counts of models the calls, and not the agents that name one', async () => {
  const rows = JSON.parse((await spandrel.run(['slow', '--by', 'model', '--json'])).stdout);
  expect(rows.map(({ model, count }: Record<string, unknown>) => [model, count])).toEqual([['large', 1], ['small', 100]]); // prettier-ignore
});

it('prints one array with --json, times within 1%, the greatest exact', async () => {
  const [row] = JSON.parse((await spandrel.run(['slow', '--json', '--where', 'name = fast'])).stdout);
  expect(row).toMatchObject({ name: 'fast', count: 100, max_ms: 100, errors: 0 });
  expect(row.p50_ms).toBeCloseTo(50, 0);
  expect(Math.abs(row.p95_ms - 95)).toBeLessThan(0.95);
  expect(Math.abs(row.first_chunk_p50_ms - 59)).toBeLessThan(0.59);
});

it('shows single spans, the slowest first, as many as --top says', async () => {
  const spans = JSON.parse((await spandrel.run(['slow', '--spans', '--top', '3', '--json'])).stdout);
  expect(spans).toMatchObject([
    { name: 'agent.evaluator', agent: 'evaluator', kind: 'AGENT', duration_ms: 4000, error: null },
    { name: 'slow one', model: 'large', error: 'boom', span_id: 'a2', trace_id: 'a'.padEnd(32, '0') },
    { name: 'fast', duration_ms: 100, first_chunk_ms: 109, session: 's-2', start: '2026-11-22T09:30:00.099Z' },
  ]);
  const shown = await lines('--spans', '--top', '2');
  expect(shown).toHaveLength(3);
  expect(shown[2]).toMatch(/^slow one +LLM +3\.00 s +large +2026-11-22T09:30:00\.000Z +a0+ +ERROR boom$/);
});

it('says that there is more', async () => {
  const { stdout, stderr } = await spandrel.run(['slow', '--top', '1']);
  expect(stdout.split('\n')).toHaveLength(3);
  expect(stderr).toBe('spandrel: 3 more; --top shows them\n');
});

it('says when there is nothing', async () => {
  expect(await lines('--where', 'name = none')).toEqual(['No spans are in the file for that.']);
  expect((await spandrel.run(['slow', '--where', 'name = none', '--json'])).stdout).toBe('[]\n');
});
