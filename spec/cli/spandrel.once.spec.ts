import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { line, Spandrel } from './support/spandrel.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
});
afterAll(() => spandrel.delete('.'));
beforeEach(() => spandrel.write('.spandrel/traces.jsonl', line(...calls) + line(...later)));
afterEach(() => spandrel.delete('.spandrel'));

const llm = (model: string, input: number, output: number, usd?: number) => ({
  'openinference.span.kind': 'LLM',
  'llm.model_name': model,
  'cost.model_name': model,
  'llm.token_count.prompt': input,
  'llm.token_count.completion': output,
  ...(usd === undefined ? { 'cost.unpriced_model': model } : { 'cost.total_usd': usd, 'cost.source': 'catalog' }),
});
const scope = { 'session.id': 's-1', 'user.id': 'ada', 'tag.tags': ['production', 'eu'] };
const prompt = {
  'llm.prompt_template.template': 'Analyze this call: {transcript}',
  'llm.prompt_template.version': '2.0',
};

const calls = [
  {
    id: 'a1',
    name: 'CallAnalyzer.analyze',
    to: 2000,
    attributes: { ...scope, 'openinference.span.kind': 'CHAIN', 'cost.rollup.total_usd': 9 },
  },
  {
    id: 'a2',
    parent: 'a1',
    name: 'CallAnalyzer.classify',
    to: 500,
    attributes: {
      ...scope,
      ...prompt,
      ...llm('small', 1000, 500, 0.000875),
      'performance.time_to_first_chunk_ms': 120,
    },
  },
  {
    id: 'a3',
    parent: 'a1',
    name: 'agent.technical_evaluator',
    from: 500,
    to: 2000,
    attributes: { ...scope, 'openinference.span.kind': 'AGENT' },
  },
  {
    id: 'a4',
    parent: 'a3',
    name: 'ask',
    from: 600,
    to: 1500,
    attributes: { ...scope, ...llm('large', 2000, 100, 0.0125), 'cost.agent_name': 'technical_evaluator' },
  },
  {
    id: 'a5',
    parent: 'a3',
    name: 'search',
    from: 1500,
    to: 1600,
    error: 'no answer\n\u001b[31min 3 s',
    attributes: { 'error.type': 'TimeoutError', 'cost.total_usd': 0.01, 'cost.source': 'recorded' },
  },
];
const later = [
  {
    id: 'b1',
    trace: 'b',
    name: 'stream',
    from: 5000,
    to: 65_500,
    attributes: { ...llm('unknown-model', 10, 5), 'spandrel.cancelled': true },
  },
];

describe('spandrel tree', () => {
  it('shows each trace: who called whom, when, and for how much', async () => {
    const { code, stdout, stderr } = await spandrel.run(['tree']);
    expect(stdout.split('\n')).toEqual([
      'trace a0000000000000000000000000000000 · 2026-11-22T09:30:00.000Z · session s-1 · 2.00 s · 3,000 in · 600 out · $0.023375',
      'CallAnalyzer.analyze          CHAIN  2.00 s  ████████████████',
      '├─ CallAnalyzer.classify      LLM    500 ms  ████              first 120 ms  1,000 in  500 out  $0.000875  small',
      '└─ agent.technical_evaluator  AGENT  1.50 s      ████████████',
      '   ├─ ask                     LLM    900 ms      ████████                    2,000 in  100 out    $0.0125  large',
      '   └─ search                         100 ms              █                                          $0.01         ERROR TimeoutError: no answer [31min 3 s',
      '',
      'trace b0000000000000000000000000000000 · 2026-11-22T09:30:05.000Z · 1 min 01 s · 10 in · 5 out · 1 without a price',
      'stream  LLM  1 min 01 s  ████████████████  10 in  5 out  unknown-model  no price for unknown-model  cancelled',
      '',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('shows the trace that is asked for', async () => {
    const names = async (...args: string[]) => (await spandrel.run(['tree', ...args])).stdout.match(/^trace \w/gm);
    expect(await names('--trace', 'B0')).toEqual(['trace b']);
    expect(await names('--session', 's-1')).toEqual(['trace a']);
    expect(await names('--last')).toEqual(['trace b']);
    expect(await names('--last', '--session', 's-1')).toEqual(['trace a']);
  });

  it.each([
    [['--trace', 'f00'], 'no trace has the id f00.'],
    [['--session', 'x', '--last'], 'no trace has a span of session x.'],
  ])('says that there is none for %j', async (args, message) => {
    expect(await spandrel.run(['tree', ...args])).toEqual({ code: 1, stdout: '', stderr: `spandrel: ${message}\n` });
  });

  it('prints one array with --json', async () => {
    const [a, b] = JSON.parse((await spandrel.run(['tree', '--json'])).stdout);
    expect(a).toMatchObject({ traceId: 'a'.padEnd(32, '0'), sessions: ['s-1'], durationMs: 2000, promptTokens: 3000 });
    expect(a.totalUsd).toBeCloseTo(0.023375, 12);
    expect(a.spans.map(({ name, parentSpanId }: Record<string, unknown>) => [name, parentSpanId])).toEqual([
      ['CallAnalyzer.analyze', null],
      ['CallAnalyzer.classify', 'a1'],
      ['agent.technical_evaluator', 'a1'],
      ['ask', 'a3'],
      ['search', 'a3'],
    ]);
    expect(a.spans[1]).toMatchObject({
      kind: 'LLM',
      model: 'small',
      totalUsd: 0.000875,
      timeToFirstChunkMs: 120,
      durationMs: 500,
    });
    expect(b.spans).toMatchObject([
      { name: 'stream', cancelled: true, unpricedModel: 'unknown-model', start: '2026-11-22T09:30:05.000Z' },
    ]);
    expect(b).not.toHaveProperty('totalUsd');
  });

  it('shows the attributes that are asked for, where a span has them first', async () => {
    const { stdout } = await spandrel.run([
      'tree',
      '--last',
      '--session',
      's-1',
      '--show',
      'user.id, tag.tags,none,llm.prompt_template.version',
    ]);
    expect(
      stdout
        .split('\n')
        .slice(1, 7)
        .map((text) => text.replace(/ {2}.*(LLM|CHAIN|AGENT|ms|s) .*/, '')),
    ).toEqual([
      'CallAnalyzer.analyze',
      '│  user.id: ada',
      '│  tag.tags: ["production","eu"]',
      '├─ CallAnalyzer.classify',
      '│     llm.prompt_template.version: 2.0',
      '└─ agent.technical_evaluator',
    ]);
    const [trace] = JSON.parse(
      (await spandrel.run(['tree', '--json', '--session', 's-1', '--show', 'user.id'])).stdout,
    );
    expect(trace.spans[0]).toMatchObject({ name: 'CallAnalyzer.analyze', attributes: { 'user.id': 'ada' } });
  });

  it('shows the last traces only, as many as --limit says, and says so where nobody asked', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => line({ id: 'x1', trace: `f${i}x`, from: (i * 7919) % 1200 }));
    spandrel.write('many.jsonl', many.join(''));
    const count = async (...args: string[]) => {
      const { stdout, stderr } = await spandrel.run(['tree', 'many.jsonl', ...args]);
      return { traces: stdout.match(/^trace /gm)?.length, stderr };
    };
    expect(await count('--limit', '3')).toEqual({ traces: 3, stderr: '' });
    expect(await count('--limit', '0')).toEqual({ traces: 1200, stderr: '' });
    expect(await count()).toEqual({
      traces: 1000,
      stderr: 'spandrel: these are the last 1,000 traces; --limit shows more or fewer\n',
    });
    const { stdout } = await spandrel.run(['tree', 'many.jsonl', '--last', '--json']);
    expect(JSON.parse(stdout)[0].spans[0].start).toBe('2026-11-22T09:30:01.199Z');
  });

  it('shows a span that ends before it starts as what it is: a clock that was set back', async () => {
    spandrel.write('back.jsonl', line({ id: 'k1', from: 500, to: 100 }));
    expect((await spandrel.run(['tree', 'back.jsonl'])).stdout).toMatch(/k1 +0\.0 ms .*ends before it starts/);
    expect(JSON.parse((await spandrel.run(['tree', 'back.jsonl', '--json'])).stdout)[0]).toMatchObject({
      durationMs: 0,
      spans: [{ durationMs: 0, endsBeforeStart: true }],
    });
  });

  it('colours a terminal only, or when told', async () => {
    expect((await spandrel.run(['tree'])).stdout).not.toContain('\u001b');
    expect((await spandrel.run(['tree'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001b[1mCallAnalyzer.analyze\u001b[22m',
    );
    expect((await spandrel.run(['tree'], { env: { FORCE_COLOR: '0' } })).stdout).not.toContain('\u001b');
  });

  it('skips what is no OTLP/JSON and says which lines, a last line cut by a crash included; of a good line only the bad spans', async () => {
    const text = `not json\n\n{"resourceSpans":5}\n${line(...later)}{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}\n{"resourceSp`;
    spandrel.write('.spandrel/traces.jsonl', text);
    const { code, stdout, stderr } = await spandrel.run(['tree', '--last']);
    expect(code).toBe(0);
    expect(stdout).toContain('stream');
    expect(stderr.split('\n')).toEqual([
      'spandrel: skipped 3 lines that are no OTLP/JSON in .spandrel/traces.jsonl: 1, 3, 6',
      'spandrel: skipped 1 span that is none in .spandrel/traces.jsonl, in line 5',
      '',
    ]);
  });

  it('reads several files, and a line that holds U+2028', async () => {
    spandrel.write('.spandrel/traces-2.jsonl', line({ id: 'c1', trace: 'c', name: 'a\u2028b', from: -9 }));
    expect((await spandrel.run(['tree'])).stdout.match(/^trace \w/gm)).toEqual(['trace c', 'trace a', 'trace b']);
    expect((await spandrel.run(['tree', '.spandrel/traces-2.jsonl'])).stdout).toContain('a b');
  });

  it('survives a trace that is deeper than the call stack, and spans that are each their ancestor', async () => {
    const deep = Array.from({ length: 20_000 }, (_, i) => ({
      id: `d${i}`,
      ...(i > 0 && { parent: `d${i - 1}` }),
      from: i / 1000,
    }));
    const ring = ['r1', 'r2'].map((id, i) => ({ id, trace: 'e', parent: `r${2 - i}` }));
    spandrel.write('.spandrel/traces.jsonl', line(...ring));
    expect((await spandrel.run(['tree'])).stdout).toMatch(/r1[^]*└─ r2/);
    spandrel.write('deep.jsonl', line(...deep));
    const { stdout, stderr } = await spandrel.run(['tree', 'deep.jsonl']);
    expect(stdout.split('\n').filter((text) => text.includes('d'))).toHaveLength(20_000);
    expect(stderr).toBe('');
    expect(JSON.parse((await spandrel.run(['tree', '--json', 'deep.jsonl'])).stdout)[0].spans).toHaveLength(20_000);
  });

  it('ends without a word when nobody reads on', async () => {
    spandrel.write(
      '.spandrel/traces.jsonl',
      Array.from({ length: 5000 }, (_, i) => line({ id: 'x1', trace: `f${i}` })).join(''),
    );
    expect(await spandrel.run(['tree', '--limit', '0'], { firstChunkOnly: true })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});

describe('spandrel costs', () => {
  it.each(['model', 'agent', 'session', 'user', 'prompt', 'tag'])(
    'adds up by %s what the model calls cost, never what a span says of those below it',
    async (by) => {
      const { stdout } = await spandrel.run(['costs', '--by', by]);
      expect(stdout).toMatchSnapshot();
    },
  );

  it('prints one array with --json; no dollars where no price is known', async () => {
    expect(JSON.parse((await spandrel.run(['costs', '--json'])).stdout)).toEqual([
      { model: 'large', calls: 1, prompt_tokens: 2000, completion_tokens: 100, total_usd: 0.0125, unpriced_calls: 0 },
      { model: null, calls: 0, prompt_tokens: null, completion_tokens: null, total_usd: 0.01, unpriced_calls: 0 },
      { model: 'small', calls: 1, prompt_tokens: 1000, completion_tokens: 500, total_usd: 0.000875, unpriced_calls: 0 },
      { model: 'unknown-model', calls: 1, prompt_tokens: 10, completion_tokens: 5, total_usd: null, unpriced_calls: 1 },
    ]);
  });

  it('says when there is nothing to add up', async () => {
    spandrel.write('.spandrel/traces.jsonl', line({ id: 'n1' }));
    expect((await spandrel.run(['costs'])).stdout).toBe('No model calls are in the file.\n');
    expect((await spandrel.run(['costs', '--json'])).stdout).toBe('[]\n');
  });
});

describe('the command line', () => {
  it('gives the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));
    expect((await spandrel.run(['--version'])).stdout).toBe(`${version}\n`);
  });

  it.each([[], ['--help'], ['-h']])('shows its help for %j', async (...args: string[]) => {
    const { code, stdout } = await spandrel.run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/tree .*\n {2}slow .*\n {2}costs /);
  });

  it.each(['tree', 'costs', 'slow', 'report'])('shows the help of %s', async (name) => {
    const { stdout } = await spandrel.run([name, '--help']);
    expect(stdout).toContain(`Usage: spandrel ${name}`);
    expect((await spandrel.run(['help', name])).stdout).toBe(stdout);
  });

  it.each<[string[], number, string]>([
    [['tre'], 2, 'there is no command "tre". Did you mean "tree"? Commands: tree, '],
    [['tree', '--lst'], 2, "Unknown option '--lst'"],
    [['tree', '--trace'], 2, "Option '--trace <value>' argument missing"],
    [['costs', '--by', 'colour'], 2, '--by takes one of model, agent, session, user, prompt, tag, not "colour".'],
    [['tree', 'missing.jsonl'], 1, 'there is no file missing.jsonl.'],
    [['tree', '.'], 1, '. is a directory; name a file in it.'],
    [['tree', '--limit', 'some'], 2, '--limit takes a whole number, not "some".'],
    [['help', 'tee'], 2, 'there is no command "tee". Did you mean "tree"?'],
  ])('answers %j with exit code %i and one sentence', async (args, code, message) => {
    const ended = await spandrel.run(args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(`spandrel: ${message}`);
    expect(ended.stderr).not.toContain('    at ');
  });

  it('says what to do where no trace file is', async () => {
    spandrel.delete('.spandrel');
    expect(await spandrel.run(['tree'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "spandrel: there is no .spandrel/traces.jsonl here. Run a program that calls startTracing({ backends: ['file'] }), or name a file.\n",
    });
  });
});
