import { context, propagation, trace } from '@opentelemetry/api';
import { traceAgentExecution } from '../../lib/blocks/trace-agent-execution.js';
import { traced } from '../../lib/blocks/traced.js';
import { backendProcessors, startTracing, type StartTracingOptions } from '../../lib/setup/index.js';
import { ruleSampler } from '../../lib/setup/sampling.js';

afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
});

/** The names of the spans that are recorded of `work`. */
async function recorded(sampling: StartTracingOptions['sampling'], work: () => unknown): Promise<string[]> {
  const names: string[] = [];
  const exporter = {
    export(spans: { name: string }[], done: (result: object) => void) {
      names.push(...spans.map(({ name }) => name));
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const tracing = startTracing({ backends: [exporter as never], sampling });
  await work();
  await tracing.shutdown();
  return names.sort();
}

const chain = (spanName: string, work = (): unknown => undefined, options = {}) =>
  traced(work, { spanName, ...options })();
const critic = { agentName: 'critic', agentRole: 'r', taskDescription: 't' };
const model = (spanName: string, modelName: string) => chain(spanName, undefined, { spanKind: 'LLM', modelName });

it('records the given share of traces, each whole', async () => {
  const names = await recorded(0.5, () => {
    for (let i = 0; i < 400; i++) chain(`root ${i}`, () => chain(`child ${i}`));
  });
  const [children, roots] = [
    names.filter((name) => name.startsWith('child')),
    names.filter((name) => name.startsWith('root')),
  ];
  expect(roots.length).toBeGreaterThan(120);
  expect(roots.length).toBeLessThan(280);
  expect(children.map((name) => name.slice(6))).toEqual(roots.map((name) => name.slice(5)));
});

it.each<[string, StartTracingOptions['sampling'], string[]]>([
  ['nothing', 0, []],
  ['everything', 1, ['agent.critic', 'embedding', 'mini', 'pro', 'root', 'search']],
  [
    'without a rule that fits: everything',
    { rules: [{ kind: 'TOOL', ratio: 0 }] },
    ['agent.critic', 'embedding', 'mini', 'pro', 'root', 'search'],
  ],
  [
    'a kind, in any case, is left out below',
    { rules: [{ kind: 'embedding', ratio: 0 }] },
    ['agent.critic', 'mini', 'pro', 'root', 'search'],
  ],
  [
    'a model by its name',
    { rules: [{ model: 'gpt-4o-mini', ratio: 0 }] },
    ['agent.critic', 'embedding', 'pro', 'root', 'search'],
  ],
  [
    'models by a pattern',
    { rules: [{ model: /^gpt-4o/g, ratio: 0 }] },
    ['agent.critic', 'embedding', 'root', 'search'],
  ],
  ['an agent with all below it', { rules: [{ agent: 'critic', ratio: 0 }] }, ['embedding', 'mini', 'root']],
  [
    'the first rule that fits',
    {
      rules: [
        { kind: 'LLM', model: 'gpt-4o', ratio: 1 },
        { kind: 'LLM', ratio: 0 },
      ],
    },
    ['agent.critic', 'embedding', 'pro', 'root', 'search'],
  ],
  [
    'only traces that begin as a rule says',
    { ratio: 0, rules: [{ name: 'root', ratio: 1 }] },
    ['agent.critic', 'embedding', 'mini', 'pro', 'root', 'search'],
  ],
  ['no trace for what is below', { ratio: 0, rules: [{ kind: 'AGENT', ratio: 1 }] }, []],
])('records %s', async (_, sampling, expected) => {
  const names = await recorded(sampling, () =>
    chain('root', () => {
      model('mini', 'gpt-4o-mini');
      chain('embedding', undefined, { spanKind: 'EMBEDDING', modelName: 'e' });
      traceAgentExecution(critic, () => [model('pro', 'gpt-4o'), chain('search')]);
    }),
  );
  expect(names).toEqual(expected);
});

it('follows the caller of another service', () => {
  const sampler = ruleSampler(1);
  const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isRemote: true };
  const decision = (traceFlags: number) =>
    sampler.shouldSample(
      trace.setSpanContext(context.active(), { ...parent, traceFlags }),
      parent.traceId,
      'x',
      1,
      {},
      [],
    ).decision;
  expect([decision(0), decision(1)]).toEqual([0, 2]);
});

it.each<[unknown, string]>([
  [2, 'startTracing({ sampling }): expected a ratio from 0 to 1, got 2.'],
  [Number.NaN, 'got NaN'],
  [{ ratio: '1' }, 'got 1'],
  [
    { rules: [{ kind: 'LLM' }] },
    'startTracing({ sampling: { rules[0] }): expected a ratio from 0 to 1, got undefined.',
  ],
  [{ rules: [{ knd: 'LLM', ratio: 1 }] }, 'unknown option "knd". Did you mean "kind"?'],
  [{ ratios: 1 }, 'unknown option "ratios". Did you mean "ratio"?'],
])('refuses %p', (sampling, message) => {
  expect(() => ruleSampler(sampling as number)).toThrow(message);
});

it('refuses two samplers', () => {
  const options: StartTracingOptions = { sampling: 1, sampler: ruleSampler(1) };
  expect(() => startTracing(options)).toThrow('sampling and sampler are two ways to say the same');
  expect(() => backendProcessors({ backends: [], file: { maxFiles: -1 } })).toThrow(
    'expected a number above 0, got -1',
  );
});
