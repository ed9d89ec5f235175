import type { UsageReader } from '../model-response.js';
import { countAt, field, has, objectAt, sum, textAt, usageOf } from './fields.js';

/**
 * Bedrock's Converse and ConverseStream. `inputTokens` leaves the cache out: the prompt is input + cache reads + cache writes
 * (docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html). The model is not in the response, unless a router chose it.
 */
export const readBedrockConverse: UsageReader = (response) => {
  const body = objectAt(response, 'usage') === undefined ? objectAt(response, 'metadata') : response; // a stream's last event
  const usage = objectAt(body, 'usage');
  if (usage === undefined || !has(usage, 'inputTokens') || !isConverse(body, usage)) return undefined;

  const input = countAt(usage, 'inputTokens');
  const output = countAt(usage, 'outputTokens');
  const cacheRead = countAt(usage, 'cacheReadInputTokens') ?? countAt(usage, 'cacheReadInputTokenCount');
  const cacheWrite = countAt(usage, 'cacheWriteInputTokens') ?? countAt(usage, 'cacheWriteInputTokenCount');
  // the total tells when a model counts its cache in
  const inclusive = sum(cacheRead, cacheWrite) !== 0 && sum(input, output) === field(usage, 'totalTokens');
  const counts = usageOf({
    prompt: inclusive ? input : sum(input, cacheRead, cacheWrite),
    completion: output,
    cacheRead,
    cacheWrite,
    cacheWrite1h: oneHour(field(usage, 'cacheDetails')),
  });
  if (counts === undefined) return undefined;
  return {
    usage: counts,
    model: textAt(field(field(body, 'trace'), 'promptRouter'), 'invokedModelId'),
    id: textAt(field(response, '$metadata'), 'requestId'),
    provider: 'aws.bedrock',
    serviceTier: textAt(field(body, 'serviceTier'), 'type'),
  };
};

function isConverse(body: unknown, usage: object): boolean {
  return (
    has(usage, 'cacheReadInputTokens') ||
    has(usage, 'cacheReadInputTokenCount') ||
    field(field(body, 'metrics'), 'latencyMs') !== undefined ||
    textAt(body, 'stopReason') !== undefined
  );
}

function oneHour(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  let tokens: number | undefined;
  for (const part of details as readonly unknown[]) {
    if (field(part, 'ttl') === '1h') tokens = sum(tokens, countAt(part, 'inputTokens'));
  }
  return tokens;
}
