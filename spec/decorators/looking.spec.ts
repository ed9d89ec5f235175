import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import {
  PromptTemplate,
  SessionScoped,
  TraceAgent,
  traced,
  traceAgentExecution,
  TraceFunction,
  withMetadata,
} from '../../lib/index.js';
import { ambientOf } from '../../lib/context/ambient.js';
import { testTracing, type TestTracing } from '../../lib/testing/index.js';

let tracing: TestTracing | undefined;
afterEach(async () => {
  await tracing?.shutdown();
  tracing = undefined;
});

/** Counts how often it is serialised. */
const counted = () => {
  const value = { calls: 0, toJSON: () => (value.calls++, 'serialised') };
  return value;
};

it('a sampler sees kind, agent, model, session, user, tags and links at the start', () => {
  const seen: Record<string, unknown>[] = [];
  tracing = testTracing({
    sampler: {
      shouldSample: (_context, _traceId, name, _kind, attributes, links) => {
        seen.push({ name, ...attributes, links: links.length });
        return { decision: SamplingDecision.RECORD_AND_SAMPLED };
      },
      toString: () => 'watching',
    },
  });
  const before = trace.getTracer('x').startSpan('before');
  seen.length = 0;
  @SessionScoped({ sessionId: 's', userId: 'u', tags: ['t'] })
  class Service {
    @TraceAgent({ agentName: ({ args }) => `agent-${String(args[0])}`, modelName: 'm', links: [before] }) work(
      _: number,
    ) {}
    @TraceFunction({ spanKind: 'llm', modelNameAttr: 'model', addCostTracking: false }) ask(_: { model: string }) {}
  }
  new Service().work(7);
  new Service().ask({ model: 'gpt' });
  const scope = { 'session.id': 's', 'user.id': 'u', 'tag.tags': ['t'] };
  expect(seen).toEqual([
    {
      name: 'agent.agent-7',
      'openinference.span.kind': 'AGENT',
      'agent.name': 'agent-7',
      'llm.model_name': 'm',
      ...scope,
      links: 1,
    },
    { name: 'Service.ask', 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt', ...scope, links: 0 },
  ]);
});

describe.each(['no SDK', 'an unsampled span'])('with %s', (what) => {
  beforeEach(() => {
    if (what === 'no SDK') return;
    tracing = testTracing({
      sampler: { shouldSample: () => ({ decision: SamplingDecision.NOT_RECORD }), toString: () => 'off' },
    });
  });

  it('no argument or result is serialised, and only the selectors a sampler may need are called', async () => {
    const value = counted();
    const called: string[] = [];
    const note = (name: string) => () => void called.push(name);
    const options = {
      attributes: note('attributes') as never,
      resultAttributes: note('resultAttributes') as never,
      usage: note('usage'),
      spanKind: 'LLM' as const,
    };
    expect(traced((given: object) => given, options)(value)).toBe(value);
    expect(await traced(async (given: object) => given, options)(value)).toBe(value);
    expect([...traced(function* (given: object) { yield given; }, options)(value)]).toEqual([value]); // prettier-ignore
    class Service {
      @TraceFunction() @PromptTemplate('T {given}', ({ args: [given] }) => ({ given })) run(given: object) {
        return given;
      }
    }
    expect(new Service().run(value)).toBe(value);
    expect(value.calls).toBe(0);
    expect(called).toEqual([]);
  });

  it('scopes still hold', () => {
    if (what === 'no SDK') return; // without an SDK there is no context manager either
    withMetadata({ sessionId: 's' }, () => expect(ambientOf(context.active())).toMatchObject({ sessionId: 's' }));
  });

  it('the children of an unsampled span are not sampled', () => {
    traced(() => traced(() => trace.getTracer('x').startSpan('child').end())())();
    expect(tracing?.spans ?? []).toEqual([]);
  });
});

it('traceAgentExecution is an agent’s span with role, task, model and input; what its body sets stays', async () => {
  tracing = testTracing();
  const result = await traceAgentExecution(
    {
      agentName: 'technical_evaluator',
      agentRole: 'Senior Technical Architect',
      taskDescription: 'Evaluate technical depth',
      inputData: 'the transcript',
      modelName: 'claude-3-5-haiku-20241022',
    },
    async (span) => {
      span.setAttribute('output.value', '"by hand"');
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'by hand' });
      return 42;
    },
  );
  expect(result).toBe(42);
  const span = tracing.byName('agent.technical_evaluator');
  expect(span.attributes).toMatchObject({
    'openinference.span.kind': 'AGENT',
    'agent.name': 'technical_evaluator',
    'agent.role': 'Senior Technical Architect',
    'agent.task_description': 'Evaluate technical depth',
    'llm.model_name': 'claude-3-5-haiku-20241022',
    'cost.model_name': 'claude-3-5-haiku-20241022',
    'input.value': 'the transcript',
    'input.mime_type': 'text/plain',
    'output.value': '"by hand"',
    'graph.node.id': 'technical_evaluator',
  });
  expect(span.status).toEqual({ code: 2, message: 'by hand' });
});

it('nested agents draw a graph', () => {
  tracing = testTracing();
  traceAgentExecution({ agentName: 'lead' }, () =>
    traced(() => traceAgentExecution({ agentName: 'helper', inputData: { x: 1 } }, () => 1))(),
  );
  expect(tracing.byName('agent.helper').attributes).toMatchObject({
    'graph.node.id': 'helper',
    'graph.node.parent_id': 'lead',
    'input.value': '{"x":1}',
  });
  expect(tracing.byName('agent.lead').attributes['graph.node.parent_id']).toBeUndefined();
});

describe('which selectors run', () => {
  const called: string[] = [];
  const note =
    <T>(name: string, value: T) =>
    () => (called.push(name), value);
  @SessionScoped({ sessionId: note('sessionId', 's'), userId: note('userId', 'u'), tags: note('tags', ['t']) })
  class Service {
    @TraceAgent({
      agentName: note('agentName', 'a'),
      modelName: note('modelName', 'm'),
      spanName: note('spanName', 'n'),
      links: note('links', []),
      agentRole: note('agentRole', 'r'),
      taskDescription: note('taskDescription', 'd'),
      attributes: note('attributes', {}),
      resultAttributes: note('resultAttributes', {}),
    })
    run() {}
  }
  const scope = ['sessionId', 'userId', 'tags'];
  const start = ['agentName', 'modelName', 'links', 'spanName'];
  beforeEach(() => (called.length = 0));

  it('those of a scope alone, without an SDK', () => {
    new Service().run();
    expect(called).toEqual(scope);
  });

  it('those that a sampler may need, in an unsampled span', () => {
    tracing = testTracing({
      sampler: { shouldSample: () => ({ decision: SamplingDecision.NOT_RECORD }), toString: () => 'off' },
    });
    new Service().run();
    expect(called).toEqual([...scope, ...start]);
  });

  it('all of them, each once, in a recording span', () => {
    tracing = testTracing();
    new Service().run();
    expect([...called].sort()).toEqual(
      [...scope, ...start, 'agentRole', 'taskDescription', 'attributes', 'resultAttributes'].sort(),
    );
  });
});
