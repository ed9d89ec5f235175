import { reportedResponse } from '../../lib/processor/reported-call.js';

/** A `doGenerate` span of the AI SDK 6, as far as it is about tokens. */
const aiSdk = {
  'ai.operationId': 'ai.generateText.doGenerate',
  'gen_ai.response.id': 'msg_1',
  'gen_ai.response.model': 'claude-haiku-4-5-20251001',
  'gen_ai.usage.input_tokens': 7_200,
  'gen_ai.usage.output_tokens': 300,
  'ai.usage.inputTokenDetails.cacheReadTokens': 1_000,
  'ai.usage.inputTokenDetails.cacheWriteTokens': 6_000,
  'ai.usage.outputTokenDetails.reasoningTokens': 200,
};
const usage = { prompt: 7_200, completion: 300, cacheRead: 1_000, cacheWrite: 6_000, reasoning: 200 };
const metadata = JSON.stringify({
  anthropic: { usage: { cache_creation: { ephemeral_1h_input_tokens: 4_000 } } },
});

it('the AI SDK tells cache and reasoning under names of its own', () => {
  expect(reportedResponse(aiSdk)).toMatchObject({ usage });
  expect(reportedResponse(aiSdk)?.usage.cacheWrite1h).toBeUndefined();
});

it.each([
  ['whole', metadata, 4_000],
  ['cut by a limit on attributes', metadata.slice(0, -3), undefined],
  ['of another provider', '{"openai":{"ephemeral_1h_input_tokens":1}}', undefined],
  ['not an object', '"\\"ephemeral_1h_input_tokens\\""', undefined],
])('how long Anthropic keeps a cache stands in the provider’s metadata: %s', (_, text, cacheWrite1h) => {
  const reported = reportedResponse({ ...aiSdk, 'ai.response.providerMetadata': text });
  expect(reported?.usage).toMatchObject(usage);
  expect(reported?.usage.cacheWrite1h).toBe(cacheWrite1h);
});
