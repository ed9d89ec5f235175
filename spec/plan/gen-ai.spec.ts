import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AlwaysOnSampler } from '@opentelemetry/sdk-trace';
import { configure, traceAgentExecution, traced, TraceLLM, TraceTool, withMetadata } from '../../lib/index.js';
import { defaultSettings } from '../../lib/settings.js';
import { testTracing, type TestTracing } from '../../lib/testing/index.js';

let tracing: TestTracing;
let atStart: { name: string; kind: SpanKind; attributes: object }[];
beforeEach(() => {
  atStart = [];
  const seeing = new AlwaysOnSampler();
  tracing = testTracing({
    conventions: ['gen_ai'],
    modelCosts: { 'gpt-4o': { input: 1, output: 2 } },
    sampler: {
      shouldSample: (_context, _traceId, name, kind, attributes) => {
        atStart.push({ name, kind, attributes: { ...attributes } });
        return seeing.shouldSample();
      },
      toString: () => 'seeing',
    },
  });
});
afterEach(() => tracing.shutdown());

const response = {
  id: 'r-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: 'I look it up.',
        tool_calls: [{ id: 't-1', type: 'function', function: { name: 'search', arguments: '{"city":"Rome"}' } }],
      },
    },
  ],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 4 } },
};

class Assistant {
  @TraceLLM({ modelNameAttr: 'model', provider: 'openai' })
  ask(request: { model: string; messages: object[]; temperature?: number; stop?: string }) {
    void request;
    return Promise.resolve(response);
  }

  @TraceTool({ name: 'search', description: 'Finds places' })
  search(city: string) {
    return [city];
  }
}

const request = {
  model: 'gpt-4o',
  temperature: 0.5,
  stop: 'END',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Where?' }] },
    { role: 'tool', tool_call_id: 't-0', content: '["Oslo"]' },
  ],
};

it('a model call is a chat, under both names', async () => {
  await withMetadata({ sessionId: 's-1' }, () => new Assistant().ask(request));
  expect(atStart).toMatchObject([
    {
      name: 'chat gpt-4o',
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.conversation.id': 's-1',
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-4o',
      },
    },
  ]);
  const span = tracing.byName('chat gpt-4o');
  expect(span.status.code).toBe(SpanStatusCode.UNSET);
  expect(span.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.usage.cache_read.input_tokens': 4,
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.stop_sequences': ['END'],
    'llm.token_count.prompt': 10,
    'cost.total_usd': 0.00002,
  });
  expect(JSON.parse(span.attributes['gen_ai.input.messages'] as string)).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', content: 'Where?' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 't-0', response: '["Oslo"]' }] },
  ]);
  expect(JSON.parse(span.attributes['gen_ai.output.messages'] as string)).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'I look it up.' },
        { type: 'tool_call', id: 't-1', name: 'search', arguments: { city: 'Rome' } },
      ],
    },
  ]);
});

it('an agent is invoked, a tool executed, and neither carries tokens', async () => {
  await traceAgentExecution({ agentName: 'guide', agentRole: 'r', taskDescription: 'find places' }, async () => {
    await new Assistant().ask(request);
    new Assistant().search('Rome');
  });
  const agent = tracing.byName('invoke_agent guide');
  expect(agent.kind).toBe(SpanKind.INTERNAL);
  expect(agent.attributes).toMatchObject({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'guide',
    'gen_ai.agent.description': 'find places',
  });
  expect(Object.keys(agent.attributes).filter((name) => name.startsWith('gen_ai.usage'))).toEqual([]);
  expect(tracing.byName('execute_tool search').attributes).toMatchObject({
    'gen_ai.tool.name': 'search',
    'gen_ai.tool.description': 'Finds places',
    'gen_ai.tool.call.result': '["Rome"]',
  });
});

it('what has no counterpart stays as it is', () => {
  traced(() => 1, { spanName: 'step' })();
  expect(Object.keys(tracing.byName('step').attributes).filter((name) => name.startsWith('gen_ai'))).toEqual([]);
});

it('a name of the user stays, and so does a status that is asked for', () => {
  configure({ successStatus: 'ok' });
  traced(() => response, { spanName: 'mine', spanKind: 'LLM', modelName: 'gpt-4o' })();
  expect(tracing.byName('mine').status.code).toBe(SpanStatusCode.OK);
});

it('hidden content is hidden under these names too', async () => {
  configure({ hide: true });
  await new Assistant().ask(request);
  const [span] = tracing.spans;
  expect(JSON.stringify(span?.attributes)).not.toMatch(/Be brief|Rome|I look/);
});

it('the default is OpenInference alone; the environment asks for both', () => {
  configure({ conventions: ['openinference'] });
  traced(() => response, { spanKind: 'LLM', modelName: 'gpt-4o', spanName: 'plain' })();
  expect(JSON.stringify(tracing.byName('plain').attributes)).not.toContain('gen_ai');
  const before = process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
  try {
    process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = 'http, gen_ai_latest_experimental';
    expect(defaultSettings().conventions).toBe('gen_ai');
    process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = 'http';
    expect(defaultSettings().conventions).toBeUndefined();
  } finally {
    if (before === undefined) delete process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
    else process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = before;
  }
  expect(() => configure({ conventions: ['genai' as never] })).toThrow(
    'configure({ conventions }): expected "openinference" or "gen_ai"',
  );
});
