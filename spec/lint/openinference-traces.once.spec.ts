// Traces of another library, of a real client: nothing of theirs is a finding.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import OpenAI from 'openai';
import { otlpJsonLines } from '../../lib/setup/otlp-json.js';
import { Spandrel } from '../cli/support/spandrel.js';
import {
  checkConventions,
  fakeModelServer,
  ModelError,
  testTracing,
  type FakeModelServer,
} from '../../lib/testing/index.js';

const tracing = testTracing();
let server: FakeModelServer;
let client: OpenAI;
beforeAll(async () => {
  const instrumentation = new OpenAIInstrumentation();
  instrumentation.manuallyInstrument(OpenAI);
  server = await fakeModelServer();
  client = new OpenAI({ ...server.openai, maxRetries: 0 });
});
afterAll(async () => {
  await server.close();
  await tracing.shutdown();
});

const fail = (error: unknown) => {
  throw error;
};

const model = 'gpt-4o-mini';
const question = { role: 'user' as const, content: 'Where is the manual?' };
const tools = [
  {
    type: 'function' as const,
    function: { name: 'find', description: 'finds things', parameters: { type: 'object', properties: {} } },
  },
];

it('finds nothing in the traces of @arizeai/openinference-instrumentation-openai', async () => {
  server.answer(
    'In the drawer.',
    { text: 'Streamed, in several pieces, since it is a rather long answer.', usage: { cacheRead: 2, reasoning: 1 } },
    { toolCalls: [{ name: 'find', input: { what: 'manual' } }] },
    'Found.',
    { text: 'Cut', stopped: 'length' },
    new ModelError(429, 'Rate limit reached'),
    { text: 'A picture of a drawer.' },
  );
  await client.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, question] });
  const stream = await client.chat.completions.create({
    ...{ model, messages: [question], stream: true, stream_options: { include_usage: true } },
  });
  for await (const _ of stream);
  const { choices } = await client.chat.completions.create({ model, messages: [question], tools });
  const asked = choices[0]?.message;
  if (!asked) throw new Error('no message');
  await client.chat.completions.create({
    model,
    messages: [question, asked, { role: 'tool', tool_call_id: asked.tool_calls?.[0]?.id ?? '', content: 'drawer 2' }],
    tools,
  });
  await client.chat.completions.create({ model, messages: [question], temperature: 0.2, max_completion_tokens: 3 });
  await expect(client.chat.completions.create({ model, messages: [question] })).rejects.toThrow('Rate limit');
  await client.chat.completions.create({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
        ],
      },
    ],
  });

  expect(tracing.spans).toHaveLength(6);
  for (const { instrumentationScope, attributes } of tracing.spans) {
    expect(instrumentationScope.name).toBe('@arizeai/openinference-instrumentation-openai');
    expect(attributes).toMatchObject({ 'llm.model_name': model, 'output.value': expect.any(String) });
  }
  expect(checkConventions(tracing.spans)).toEqual([]);

  const spandrel = new Spandrel();
  spandrel.link('@opentelemetry/api');
  spandrel.write('theirs.jsonl', [...otlpJsonLines(tracing.spans, fail)].join('\n'));
  expect((await spandrel.run(['lint', 'theirs.jsonl'])).stdout).toBe('no findings in 6 spans\n');
  spandrel.delete('.');

  // 4.2.7 leaves the span of a failed call open, which is a finding
  expect(checkConventions(tracing.open()).map(({ says }) => says)).toEqual(['it has not ended']);
});
