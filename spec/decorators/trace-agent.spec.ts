import { TraceAgent, TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());

it('makes a span of kind AGENT with name, role, task and model, and a node of the trace’s graph', () => {
  class Evaluator {
    @TraceAgent({ agentName: 'evaluator', agentRole: 'Architect', taskDescription: 'Evaluate', modelName: 'gpt-5' })
    evaluate(text: string) {
      return text.length;
    }
  }
  expect(new Evaluator().evaluate('four')).toBe(4);
  expect(tracing.byName('agent.evaluator').attributes).toMatchObject({
    'openinference.span.kind': 'AGENT',
    'agent.name': 'evaluator',
    'agent.role': 'Architect',
    'agent.task_description': 'Evaluate',
    'graph.node.id': 'evaluator',
    'graph.node.name': 'evaluator',
    'llm.model_name': 'gpt-5',
    'cost.model_name': 'gpt-5',
    'input.value': 'four',
    'output.value': '4',
  });
  expect(Object.keys(tracing.spans[0]!.attributes).filter((key) => key.startsWith('llm.token_count'))).toEqual([]);
});

it('takes each option from the call', () => {
  class Team {
    readonly role = 'Lead';
    @TraceAgent<Team['work']>({
      agentName: ({ args: [name] }) => name,
      agentRole: ({ self }) => (self as Team).role,
      taskDescription: ({ args: [, task] }) => task,
      modelName: ({ methodName }) => `model of ${methodName}`,
    })
    work(_name: string, _task?: string) {}
    @TraceAgent({ agentName: 'named', spanName: ({ className }) => `${className} at work` }) named() {}
  }
  new Team().work('Ann', 'Look');
  new Team().work('Bob');
  new Team().named();
  expect(
    tracing.spans.map(({ name, attributes }) => [
      name,
      attributes['agent.role'],
      attributes['agent.task_description'],
      attributes['llm.model_name'],
    ]),
  ).toEqual([
    ['agent.Ann', 'Lead', 'Look', 'model of work'],
    ['agent.Bob', 'Lead', undefined, 'model of work'],
    ['Team at work', undefined, undefined, undefined],
  ]);
});

it.each([
  ['throws', () => { throw new Error('no'); }, 1],
  ['gives no text', () => 42 as never, 0],
  ['gives nothing', () => undefined as never, 0],
  ['gives an empty text', () => '', 0],
])('where the selector of the name %s, the span is an agent’s named after the method', (_, agentName, warnings) => {
  class Service {
    @TraceAgent({ agentName }) run() {
      return 1;
    }
  }
  expect(new Service().run()).toBe(1);
  const { attributes } = tracing.byName('Service.run');
  expect(attributes['openinference.span.kind']).toBe('AGENT');
  expect(attributes['agent.name']).toBeUndefined();
  expect(log.warnings).toHaveLength(warnings);
}); // prettier-ignore

it('an agent below an agent names it as its parent in the graph, with spans of other kinds between', async () => {
  class Team {
    @TraceAgent({ agentName: 'lead' }) async lead() {
      await null;
      this.step();
    }
    @TraceFunction() step() {
      this.helper();
    }
    @TraceAgent({ agentName: 'helper' }) helper() {}
  }
  await new Team().lead();
  expect(tracing.byName('agent.helper').attributes['graph.node.parent_id']).toBe('lead');
  expect(tracing.byName('agent.lead').attributes['graph.node.parent_id']).toBeUndefined();
});
