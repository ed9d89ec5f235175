import { line, Spandrel } from './support/spandrel.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  spandrel.link('@opentelemetry/api'); // the package's own peer
  const llm = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'small', 'llm.token_count.prompt': 5 };
  spandrel.write('good.jsonl', line({ id: 'a1', name: 'call', attributes: llm }));
  spandrel.write(
    'bad.jsonl',
    line(
      { id: 'a1', name: 'turned \u001b[31mred', attributes: { ...llm, 'llm.token_count.promt': 5 } },
      { id: 'a2', name: 'backwards', from: 50, to: 20, attributes: { ...llm, 'llm.token_count.total': -1 } },
    ) +
      'no JSON\n' +
      line({ id: 'a3', name: 'chain', attributes: { ...llm, 'openinference.span.kind': 'CHAIN' } }),
  );
});
afterAll(() => spandrel.delete('.'));

it('says that there is nothing to say, with exit code 0', async () => {
  expect(await spandrel.run(['lint', 'good.jsonl'])).toEqual({
    code: 0,
    stdout: 'no findings in 1 span\n',
    stderr: '',
  });
  expect((await spandrel.run(['lint', 'good.jsonl', '--json'])).stdout).toBe('[]\n');
});

it('shows each finding with its span, its rule and the rule’s source, and fails', async () => {
  const { code, stdout, stderr } = await spandrel.run(['lint', 'bad.jsonl']);
  expect(code).toBe(1);
  expect(stderr).toContain('skipped 1 line that is no OTLP/JSON in bad.jsonl: 2');
  expect(stdout).toMatchInlineSnapshot(`
   "turned  [31mred a1
     llm.token_count.promt no convention has this name; llm.token_count.prompt is near  [name; OpenInference, spec/semantic_conventions.md]
   backwards a2
     llm.token_count.total expected a whole number of 0 or more, got -1  [type; OpenInference, spec/semantic_conventions.md]
   backwards a2
     it ended before it started  [span; OpenTelemetry specification]
   chain a3
     llm.token_count.prompt stands on a span of kind CHAIN: a backend sums it beside the model call's own, or not at all  [owner; Arize, "How cost tracking works"; Phoenix counts spans of kind LLM only]

   4 findings in 3 spans: name 1, type 1, span 1, owner 1
   "
  `);
});

it('prints one array with --json, an object a finding', async () => {
  const { code, stdout } = await spandrel.run(['lint', 'bad.jsonl', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toContainEqual({
    rule: 'owner',
    span: 'chain',
    spanId: expect.any(String),
    traceId: expect.any(String),
    attribute: 'llm.token_count.prompt',
    says: expect.stringContaining('stands on a span of kind CHAIN'),
    source: expect.stringContaining('Arize'),
  });
});

it('looks with some rules alone, or with all but some', async () => {
  const rules = async (...args: string[]) =>
    JSON.parse((await spandrel.run(['lint', 'bad.jsonl', '--json', ...args])).stdout).map(({ rule }: { rule: string }) => rule); // prettier-ignore
  expect(await rules('--rule', 'span, owner')).toEqual(['span', 'owner']);
  expect(await rules('--except', 'span,owner')).toEqual(['name', 'type']);
  const wrong = await spandrel.run(['lint', 'bad.jsonl', '--rule', 'onwer']);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--rule: there is no rule "onwer". Did you mean "owner"?') }); // prettier-ignore
});

it('shows no more than --limit, and counts all', async () => {
  const { stdout, stderr } = await spandrel.run(['lint', 'bad.jsonl', '--limit', '1']);
  expect(stdout).toContain('4 findings in 3 spans');
  expect(stderr).toContain('3 more findings; --limit 0 shows all');
});

it('is no success where there is nothing to look at', async () => {
  spandrel.write('empty.jsonl', '');
  spandrel.write('noise.jsonl', 'noise\n');
  expect(await spandrel.run(['lint', 'empty.jsonl'])).toMatchObject({ code: 1, stderr: 'spandrel: there is no span to look at.\n' }); // prettier-ignore
  expect((await spandrel.run(['lint', 'noise.jsonl'])).code).toBe(1);
});

it('takes events that are none for none', async () => {
  const [text] = line({ id: 'a1', name: 'call' }).split('\n');
  const otlp = JSON.parse(text ?? '');
  for (const [index, events] of [7, [null], [{ name: 1, attributes: 'x' }], { length: 2 }].entries()) {
    otlp.resourceSpans[0].scopeSpans[0].spans[0].events = events;
    spandrel.write(`events-${index}.jsonl`, `${JSON.stringify(otlp)}\n`);
    expect(await spandrel.run(['lint', `events-${index}.jsonl`])).toMatchObject({ code: 0, stderr: '' });
  }
});
