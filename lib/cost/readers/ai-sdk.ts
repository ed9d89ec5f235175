import type { ModelResponse, UsageReader } from '../model-response.js';
import type { TokenUsage } from '../token-usage.js';
import { readAnthropicMessages } from './anthropic-messages.js';
import { readBedrockConverse } from './bedrock-converse.js';
import { readCohere } from './cohere.js';
import { combined } from './combined.js';
import { countAt, field, has, objectAt, sum, textAt, usageOf, usdAt } from './fields.js';
import { readGemini } from './gemini.js';
import { readOpenAiChat } from './openai-chat.js';
import { readOpenAiResponses } from './openai-responses.js';
import { providerName } from './provider-name.js';

/**
 * Results of the AI SDK (`ai`): generateText with all its steps, generateObject, embed, the `finish-step` parts of a full stream, and what a
 * model's doGenerate gives; also clients that spell OpenAI's fields in camel case (Mistral). The provider's raw usage is read where the SDK
 * keeps it, since only that has all details; `inputTokens` includes the cache since version 6 and did not for Anthropic and Bedrock before.
 * A streamText result is left alone: to read its `usage` would start the stream.
 */
export const readAiSdk: UsageReader = (response) => {
  const steps = field(response, 'steps');
  if (!Array.isArray(steps)) return readStep(response);
  const read = (steps as readonly unknown[]).map(readStep);
  return read.every((step) => step !== undefined) ? combined(read) : undefined;
};

function readStep(step: unknown): ModelResponse | undefined {
  const usage = objectAt(step, 'usage');
  if (usage === undefined) return undefined;
  const metadata = field(step, 'providerMetadata');
  const raw = readRaw(objectAt(usage, 'raw') ?? objectAt(field(metadata, 'anthropic'), 'usage'));
  const counts = raw?.usage ?? ownCounts(usage, metadata, step);
  if (counts === undefined) return undefined;
  const response = field(step, 'response');
  return {
    usage: counts,
    model: textAt(response, 'modelId') ?? textAt(field(step, 'model'), 'modelId') ?? textAt(step, 'model'),
    id: textAt(response, 'id') ?? textAt(step, 'id'),
    provider: raw?.provider ?? providerName(textAt(field(step, 'model'), 'provider')),
    serviceTier: raw?.serviceTier ?? textAt(field(metadata, 'openai'), 'serviceTier'),
    costUsd: raw?.costUsd ?? gatewayCost(metadata),
  };
}

const RAW_READERS: readonly UsageReader[] = [
  readOpenAiChat,
  readAnthropicMessages,
  readOpenAiResponses,
  readBedrockConverse,
  readCohere,
];

/** Usage as the provider gave it to the SDK. */
function readRaw(raw: object | undefined): ModelResponse | undefined {
  if (raw === undefined) return undefined;
  if (has(raw, 'promptTokenCount')) return readGemini({ usageMetadata: raw });
  for (const reader of RAW_READERS) {
    const read = reader({ usage: raw });
    if (read !== undefined) return read;
  }
  return undefined;
}

function ownCounts(usage: object, metadata: unknown, step: unknown): TokenUsage | undefined {
  if (has(usage, 'inputTokens') && has(usage, 'outputTokens')) {
    return typeof field(usage, 'inputTokens') === 'object' ? modelCounts(usage) : resultCounts(usage, metadata);
  }
  if (has(usage, 'promptTokens') && has(usage, 'completionTokens')) {
    return usageOf({ prompt: countAt(usage, 'promptTokens'), completion: countAt(usage, 'completionTokens') }); // version 4
  }
  const embeds = field(step, 'embedding') !== undefined || field(step, 'embeddings') !== undefined;
  return embeds ? usageOf({ prompt: countAt(usage, 'tokens') }) : undefined;
}

/** What generateText and generateObject give. */
function resultCounts(usage: object, metadata: unknown): TokenUsage | undefined {
  const details = objectAt(usage, 'inputTokenDetails');
  const input = countAt(usage, 'inputTokens');
  const cacheRead = countAt(details, 'cacheReadTokens') ?? countAt(usage, 'cachedInputTokens');
  const bedrock = field(field(metadata, 'bedrock'), 'usage');
  const cacheWrite = countAt(details, 'cacheWriteTokens') ?? countAt(bedrock, 'cacheWriteInputTokens');
  const exclusive = details === undefined && bedrock !== undefined; // version 5 gives Bedrock's counts as they are
  return usageOf({
    prompt: exclusive ? sum(input, cacheRead, cacheWrite) : input,
    completion: countAt(usage, 'outputTokens'),
    cacheRead,
    cacheWrite,
    reasoning: countAt(field(usage, 'outputTokenDetails'), 'reasoningTokens') ?? countAt(usage, 'reasoningTokens'),
  });
}

/** What a model itself gives: doGenerate's result, doStream's last part. */
function modelCounts(usage: object): TokenUsage | undefined {
  const [input, output] = [field(usage, 'inputTokens'), field(usage, 'outputTokens')];
  return usageOf({
    prompt: countAt(input, 'total'),
    completion: countAt(output, 'total'),
    cacheRead: countAt(input, 'cacheRead'),
    cacheWrite: countAt(input, 'cacheWrite'),
    reasoning: countAt(output, 'reasoning'),
  });
}

/** What the Vercel AI Gateway or OpenRouter charged. With a key of one's own the gateway charges nothing and the provider something unknown. */
function gatewayCost(metadata: unknown): number | undefined {
  const cost = Number(textAt(field(metadata, 'gateway'), 'cost'));
  if (cost > 0 && cost < Infinity) return cost;
  const usage = field(field(metadata, 'openrouter'), 'usage');
  return field(usage, 'costDetails') !== undefined && field(usage, 'is_byok') === true
    ? undefined
    : usdAt(usage, 'cost');
}
