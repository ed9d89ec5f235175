import { SpanStatusCode, trace } from '@opentelemetry/api';
import { createSpanLink, traced, traceAgentExecution, withMetadata, withPromptTemplate } from '../../lib/index.js';
import { spanAssert, testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';

const tracing = testTracing({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const answer = {
  model: 'small-model',
  usage: { prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
  object: 'chat.completion',
  id: 'r-1',
  choices: [],
};

/** A root, a model call in a session and under a prompt, a failure and an agent. */
function work(): void {
  traced(
    () => {
      withMetadata({ sessionId: 's-1', userId: 'ada' }, () =>
        withPromptTemplate({ template: 'Say {word}', version: '2.0', variables: { word: 'hi' } }, () =>
          traced(() => answer, { spanName: 'Analyzer.classify', spanKind: 'LLM', modelName: 'small-model' })(),
        ),
      );
      try {
        traced(
          () => {
            throw new RangeError('no room');
          },
          { spanName: 'Analyzer.store', spanKind: 'TOOL' },
        )();
      } catch {
        // it is the span that matters
      }
    },
    { spanName: 'Analyzer.analyze', attributes: { tier: 'gold', retries: 3, share: 0.1 + 0.2 } },
  )();
}

/** The message of a matcher that fails. */
function failing(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message.replaceAll(/(performance\.\w+: ).*/g, '$1<time>');
  }
  throw new Error('it passed');
}

beforeEach(work);
const span = (name: string) => tracing.byName(name);

describe('toHaveSpan', () => {
  it('passes for a name, a pattern, and all that is asked of it', () => {
    expect(tracing).toHaveSpan('Analyzer.classify');
    expect(tracing).toHaveSpan(/^Analyzer\.cl/);
    expect(tracing).toHaveSpan('Analyzer.classify', {
      kind: 'llm',
      attributes: {
        'session.id': 's-1',
        'user.id': expect.stringMatching(/^a/) as unknown,
        'llm.model_name': /small/,
        'cost.total_usd': 0.000875,
        'not.there': undefined,
      },
      status: 'ok',
      parent: 'Analyzer.analyze',
      links: 0,
    });
    expect(tracing).toHaveSpan('Analyzer.analyze', { parent: null, attributes: { share: 0.3 } });
    expect(tracing).toHaveSpan('Analyzer.store', {
      status: 'error',
      events: ['exception', { name: 'exception', attributes: { 'exception.message': 'no room' } }],
      parent: span('Analyzer.analyze'),
    });
  });

  it('knows links', () => {
    const target = span('Analyzer.classify');
    traced(() => undefined, {
      spanName: 'linked',
      links: [createSpanLink(target.spanContext(), 'follows' as never) ?? { context: target.spanContext() }],
    })();
    expect(tracing).toHaveSpan('linked', { links: 1 });
    expect(tracing).toHaveSpan('linked', { links: [target] });
    expect(failing(() => expect(tracing).toHaveSpan('linked', { links: [span('Analyzer.store')] }))).toContain(
      'links: none to "Analyzer.store"',
    );
  });

  it('fails with the nearest name and the tree', () => {
    expect(failing(() => expect(tracing).toHaveSpan('Analyzer.clasify'))).toMatchInlineSnapshot(`
     "expected tracing to have a span "Analyzer.clasify"

     No finished span has that name. The nearest is "Analyzer.classify".

     The spans:
     Analyzer.analyze  CHAIN
     ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
     └─ Analyzer.store  TOOL  ERROR RangeError: no room"
    `);
    expect(failing(() => expect(tracing).toHaveSpan('classify'))).toContain('The nearest is "Analyzer.classify".');
  });

  it('fails with what differs', () => {
    expect(
      failing(() =>
        expect(tracing).toHaveSpan('Analyzer.classify', {
          kind: 'CHAIN',
          attributes: { 'session.id': 's-2', 'llm.token_count.prompt': expect.any(String) as unknown },
          status: 'error',
          parent: null,
          events: ['exception'],
        }),
      ),
    ).toMatchInlineSnapshot(`
     "expected tracing to have a span "Analyzer.classify" with {"kind":"CHAIN","attributes":{"session.id":"s-2","llm.token_count.prompt":"Any<String>"},"status":"error","parent":null,"events":["exception"]}

     The span of that name differs in
       kind: expected "CHAIN", got "LLM"
       attributes["session.id"]: expected "s-2", got "s-1"
       attributes["llm.token_count.prompt"]: expected Any<String>, got 1000
       status: expected "error", got "OK"
       parent: expected null, got "Analyzer.analyze"
       events: expected "exception", got []

     The spans:
     Analyzer.analyze  CHAIN
     ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
     └─ Analyzer.store  TOOL  ERROR RangeError: no room"
    `);
  });

  it('.not', () => {
    expect(tracing).not.toHaveSpan('Analyzer.publish');
    expect(tracing).not.toHaveSpan('Analyzer.classify', { kind: 'TOOL' });
    expect(failing(() => expect(tracing).not.toHaveSpan('Analyzer.classify'))).toMatchInlineSnapshot(`
     "expected tracing not to have a span "Analyzer.classify"

     It has 1.

     The spans:
     Analyzer.analyze  CHAIN
     ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
     └─ Analyzer.store  TOOL  ERROR RangeError: no room"
    `);
  });

  it('a key that does not exist, and what is no tracing, are mistakes', () => {
    expect(() => expect(tracing).toHaveSpan('Analyzer.classify', { knd: 'LLM' } as never)).toThrow(
      'unknown option "knd". Did you mean "kind"?',
    );
    expect(() => expect(tracing).toHaveSpan('x', { status: 'OK' as never })).toThrow(
      'status is ok, error or unset, not "OK"',
    );
    expect(() => expect(span('Analyzer.classify')).toHaveSpan('x')).toThrow('toHaveSpan takes a tracing');
    expect(() => expect(tracing).toHaveAttribute('x')).toThrow('toHaveAttribute takes a span');
  });
});

it('toHaveAttribute', () => {
  const root = span('Analyzer.analyze');
  expect(root).toHaveAttribute('tier');
  expect(root).toHaveAttribute('tier', 'gold');
  expect(root).toHaveAttribute('retries', expect.any(Number));
  expect(root).not.toHaveAttribute('tier', 'silver');
  expect(root).toHaveAttribute('missing', undefined);
  expect(failing(() => expect(root).toHaveAttribute('teir'))).toMatchInlineSnapshot(`
   "expected span "Analyzer.analyze" to have teir

   It has nothing. The nearest name is tier.

   The span "Analyzer.analyze":
     cost.rollup.completion_tokens: 500
     cost.rollup.llm_calls: 1
     cost.rollup.prompt_tokens: 1000
     cost.rollup.total_usd: 0.000875
     input.mime_type: "application/json"
     input.value: "{}"
     openinference.span.kind: "CHAIN"
     performance.duration_seconds: <time>
     performance.latency_ms: <time>
     retries: 3
     share: 0.30000000000000004
     tier: "gold"

   The spans:
   Analyzer.analyze  CHAIN
   ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
   └─ Analyzer.store  TOOL  ERROR RangeError: no room"
  `);
  expect(failing(() => expect(root).not.toHaveAttribute('tier', 'gold'))).toContain(
    'expected span "Analyzer.analyze" not to have tier = "gold"',
  );
});

it('toHaveCost and toCostLessThan', () => {
  const call = span('Analyzer.classify');
  expect(call).toHaveCost(0.000875);
  expect(call).toHaveCost(0.000875 + 5e-10);
  expect(call).toHaveCost({ min: 0.0008, max: 0.0009 });
  expect(call).toCostLessThan(0.001);
  expect(span('Analyzer.analyze')).toHaveCost(0.000875); // below it
  expect(call).not.toHaveCost(0.0009);
  expect(call).not.toCostLessThan(0.000875);
  expect(span('Analyzer.store')).not.toHaveCost({ min: 0 });
  expect(
    failing(() => expect(call).toHaveCost(0.001))
      .split('\n')
      .slice(0, 3),
  ).toEqual(['expected span "Analyzer.classify" to have cost $0.001', '', 'It cost $0.000875.']);
  expect(failing(() => expect(span('Analyzer.store')).toCostLessThan(1))).toContain(
    'It has no cost: no model call with tokens is in it.',
  );
  traced(() => ({ ...answer, model: 'unknown-7b' }), {
    spanName: 'unpriced',
    spanKind: 'LLM',
    modelName: 'unknown-7b',
  })();
  expect(failing(() => expect(span('unpriced')).toHaveCost(1))).toContain(
    'there is no price for "unknown-7b". Give one: testTracing({ modelCosts',
  );
  expect(() => expect(call).toHaveCost('1' as never)).toThrow('expected dollars or { min, max }');
});

it('toHaveTokens', () => {
  const call = span('Analyzer.classify');
  expect(call).toHaveTokens();
  expect(call).toHaveTokens({ prompt: 1_000, completion: 500 });
  expect(call).toHaveTokens({ total: expect.any(Number) as unknown });
  expect(call).not.toHaveTokens({ prompt: 1 });
  expect(span('Analyzer.store')).not.toHaveTokens();
  expect(failing(() => expect(call).toHaveTokens({ cacheRead: 5 }))).toContain(
    'It has {"prompt":1000,"completion":500,"total":1500}.',
  );
  expect(() => expect(call).toHaveTokens({ promt: 1 } as never)).toThrow('Did you mean "prompt"?');
});

it('toHaveSession', () => {
  const call = span('Analyzer.classify');
  expect(call).toHaveSession();
  expect(call).toHaveSession('s-1');
  expect(call).toHaveSession(/^s-/, 'ada');
  expect(call).not.toHaveSession('s-1', 'bob');
  expect(span('Analyzer.analyze')).not.toHaveSession();
  expect(failing(() => expect(call).toHaveSession('s-2'))).toContain('It has session "s-1", user "ada".');
});

it('toHavePromptTemplate', () => {
  const call = span('Analyzer.classify');
  expect(call).toHavePromptTemplate();
  expect(call).toHavePromptTemplate({ version: '2.0', template: /^Say/, variables: { word: 'hi' } });
  expect(call).not.toHavePromptTemplate({ version: '2.1' });
  expect(span('Analyzer.store')).not.toHavePromptTemplate();
  expect(failing(() => expect(call).toHavePromptTemplate({ variables: { word: 'ho' } }))).toContain(
    'It has {"template":"Say {word}","version":"2.0","variables":{"word":"hi"}}.',
  );
});

it('toBeChildOf', () => {
  const [call, root] = [span('Analyzer.classify'), span('Analyzer.analyze')];
  expect(call).toBeChildOf(root);
  expect(call).toBeChildOf('Analyzer.analyze');
  expect(call).toBeChildOf(/analyze$/);
  expect(root).not.toBeChildOf(call);
  expect(failing(() => expect(call).toBeChildOf('Analyzer.store'))).toContain('It is a child of "Analyzer.analyze".');
  expect(failing(() => expect(root).toBeChildOf(call))).toContain('It is a root.');
});

it('toHaveNoOpenSpans', () => {
  expect(tracing).toHaveNoOpenSpans();
  const open = trace.getTracer('spec').startSpan('forgotten');
  expect(tracing).not.toHaveNoOpenSpans();
  expect(failing(() => expect(tracing).toHaveNoOpenSpans())).toMatchInlineSnapshot(`
   "expected tracing to have no open spans

   Open: "forgotten".

   The spans:
   Analyzer.analyze  CHAIN
   ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
   └─ Analyzer.store  TOOL  ERROR RangeError: no room
   forgotten  open"
  `);
  open.end();
});

it('toHaveNoErrors', () => {
  expect(span('Analyzer.classify')).toHaveNoErrors();
  expect(tracing).not.toHaveNoErrors();
  expect(failing(() => expect(tracing).toHaveNoErrors())).toContain('Failed:\n  Analyzer.store: no room');
  expect(failing(() => expect(span('Analyzer.store')).toHaveNoErrors())).toContain(
    'expected span "Analyzer.store" to have no errors',
  );
});

describe('toMatchSpanTree', () => {
  it('compares with a text that is indented as the code is, or with the file snapshot', () => {
    expect(tracing).toMatchSpanTree(`
      Analyzer.analyze  CHAIN
      ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
      └─ Analyzer.store  TOOL  ERROR RangeError: no room
    `);
    expect(tracing).toMatchSpanTree();
    expect(tracing).not.toMatchSpanTree('Analyzer.analyze  CHAIN');
  });

  it('fails with the lines that differ', () => {
    expect(
      failing(() =>
        expect(tracing).toMatchSpanTree(`
          Analyzer.analyze  CHAIN
          ├─ Analyzer.classify  LLM
          └─ Analyzer.store  TOOL  ERROR RangeError: no room
        `),
      ),
    ).toMatchInlineSnapshot(`
     "expected tracing to match the span tree

       Analyzer.analyze  CHAIN
     - ├─ Analyzer.classify  LLM
     + ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
       └─ Analyzer.store  TOOL  ERROR RangeError: no room

     The tree is:
     Analyzer.analyze  CHAIN
     ├─ Analyzer.classify  LLM  small-model  1,000 in  500 out  $0.000875
     └─ Analyzer.store  TOOL  ERROR RangeError: no room"
    `);
  });

  it('puts siblings that ran at the same time in one order', async () => {
    const trees = [];
    for (const delays of [
      [3, 1, 2],
      [1, 3, 2],
    ]) {
      tracing.reset();
      await traceAgentExecution({ agentName: 'a', agentRole: 'r', taskDescription: 't' }, () =>
        Promise.all(
          ['x', 'y', 'z'].map((name, i) =>
            traced(() => new Promise((done) => setTimeout(done, delays[i])), { spanName: name })(),
          ),
        ),
      );
      trees.push(tracing.tree());
    }
    expect(trees[0]).toBe(trees[1]);
    expect(tracing).toMatchSpanTree(['agent.a  AGENT', '├─ x  CHAIN', '├─ y  CHAIN', '└─ z  CHAIN'].join('\n'));
  });
});

describe('spanAssert, for node:test', () => {
  it('throws an AssertionError with the same message', () => {
    spanAssert.toHaveSpan(tracing, 'Analyzer.classify', { kind: 'LLM' });
    spanAssert.toHaveCost(span('Analyzer.classify'), 0.000875);
    spanAssert.not.toHaveSession(span('Analyzer.classify'), 's-2');
    expect(() => spanAssert.toHaveSpan(tracing, 'nobody')).toThrow(
      expect.objectContaining({ name: 'AssertionError', code: 'ERR_ASSERTION' }) as Error,
    );
    expect(() => spanAssert.not.toHaveSpan(tracing, 'Analyzer.classify')).toThrow(
      'expected tracing not to have a span',
    );
  });
});

describe('concurrent tests', () => {
  it('each see their own spans', async () => {
    const run = (id: string, ms: number) =>
      tracing.isolated(async (own) => {
        await traced(() => new Promise((done) => setTimeout(done, ms)), { spanName: `work ${id}` })();
        expect(own.spans.map(({ name }) => name)).toEqual([`work ${id}`]);
        expect(own).toHaveSpan(`work ${id}`);
        expect(own).not.toHaveSpan(/^Analyzer/);
        expect(own).toHaveNoOpenSpans();
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => run(String(i), i % 5)));
    expect(tracing).not.toHaveSpan(/^work/);
  });
});

it('deterministic tracing makes the same spans in each run', async () => {
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const own = testTracing({ deterministic: true, modelCosts: { 'small-model': { input: 1, output: 1 } } });
    work();
    runs.push(
      own.spans.map((one) => ({
        name: one.name,
        ids: [one.spanContext().traceId, one.spanContext().spanId, one.parentSpanContext?.spanId],
        times: [one.startTime, one.endTime, one.duration],
        attributes: one.attributes,
        status: one.status.code === SpanStatusCode.ERROR,
      })),
    );
    expect(own.byName('Analyzer.classify')).toBeChildOf('Analyzer.analyze');
    await own.shutdown();
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(runs[0]?.[0]).toMatchObject({
    name: 'Analyzer.classify',
    ids: ['1'.padStart(32, '0'), '2'.padStart(16, '0'), '1'.padStart(16, '0')],
    attributes: { 'performance.latency_ms': 1 },
  });
});

describe('expected values that have no JSON', () => {
  const circular: Record<string, unknown> = { here: 1 };
  circular['self'] = circular;

  it.each([
    ['circular', circular, '"self":"[Circular]"'],
    ['a BigInt', 1n, '1n'],
    ['NaN', Number.NaN, 'NaN'],
    ['a list with NaN', [Number.NaN], '["NaN"]'],
  ])('%s: shown, and no fault', (_, value, text) => {
    expect(failing(() => expect(span('Analyzer.analyze')).toHaveAttribute('retries', value))).toContain(text);
    expect(tracing).not.toHaveSpan('Analyzer.analyze', { attributes: { retries: value } });
    expect(failing(() => expect(tracing).toHaveSpan('Analyzer.analyze', { attributes: { retries: value } }))).toContain('differs in'); // prettier-ignore
  });
});

it.each([undefined, null, 42, {}])('%p is no name of a span, with .not neither', (name) => {
  expect(() => spanAssert.not.toHaveSpan(tracing, name as never)).toThrow(TypeError);
});
