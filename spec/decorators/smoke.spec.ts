import { trace } from '@opentelemetry/api';
import {
  configure,
  SessionScoped,
  PromptTemplate,
  TraceAgent,
  TraceFunction,
  traceAgentExecution,
  withMetadata,
  traced,
} from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

@SessionScoped({ sessionId: ({ self }) => self.id, tags: ['t'] })
class Svc {
  constructor(readonly id: string) {}
  @TraceFunction({ spanKind: 'llm', modelNameAttr: 'model' })
  @PromptTemplate('Hello {name}', ({ args: [name] }) => ({ name }))
  ask(name: string, model: string) {
    trace.getTracer('x').startSpan('third').end();
    return {
      id: 'r1',
      model,
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: name } }],
      usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
    };
  }
  @TraceAgent({ agentName: 'a', agentRole: 'r', taskDescription: 't', modelName: 'm' })
  async run(x: number) {
    await null;
    return this.ask('bob' + x, 'claude-3-5-haiku-20241022');
  }
  @TraceFunction()
  async *stream(n: number) {
    for (let i = 0; i < n; i++) {
      await this.run(i);
      yield 'c' + i;
    }
  }
}

test('smoke', async () => {
  configure({ modelCosts: { 'claude-3-5-haiku-20241022': { input: 0.25, output: 1.25 } } });
  const s = new Svc('s1');
  for await (const c of s.stream(2)) void c;
  await withMetadata({ userId: 'u', metadata: { a: { b: 1 } } }, () =>
    traceAgentExecution(
      { agentName: 'technical_evaluator', agentRole: 'x', taskDescription: 'y', inputData: 'abc', modelName: 'q' },
      async (span) => {
        span.setAttribute('output.value', 'mine');
        return 3;
      },
    ),
  );
  traced(function foo(a: number, { b }: { b: number }) {
    return a + b;
  })(1, { b: 2 });
  for (const span of tracing.spans) console.log(span.name, JSON.stringify(span.attributes, null, 1), span.status);
  console.log(tracing.tree());
});
