import type { UsageReader } from '../model-response.js';
import { countAt, field, has, objectAt, sum, textAt, usageOf } from './fields.js';

/**
 * Anthropic's Messages API. `input_tokens` leaves the cache out: the prompt is input + cache reads + cache writes
 * (platform.claude.com/docs, "Prompt caching", tracking cache performance); `output_tokens` includes thinking.
 */
export const readAnthropicMessages: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (usage === undefined) return undefined;
  if (!has(usage, 'input_tokens') && !has(usage, 'output_tokens')) return undefined;
  const cached = has(usage, 'cache_read_input_tokens') || has(usage, 'cache_creation_input_tokens');
  if (!cached && field(response, 'type') !== 'message') return undefined;

  const cacheRead = countAt(usage, 'cache_read_input_tokens');
  const byAge = field(usage, 'cache_creation');
  const cacheWrite1h = countAt(byAge, 'ephemeral_1h_input_tokens');
  const cacheWrite =
    countAt(usage, 'cache_creation_input_tokens') ?? sum(cacheWrite1h, countAt(byAge, 'ephemeral_5m_input_tokens'));
  const input = countAt(usage, 'input_tokens');
  const counts = usageOf({
    prompt: input === undefined ? undefined : sum(input, cacheRead, cacheWrite),
    completion: countAt(usage, 'output_tokens'),
    cacheRead,
    cacheWrite,
    cacheWrite1h,
    reasoning: countAt(field(usage, 'output_tokens_details'), 'thinking_tokens'),
  });
  if (counts === undefined) return undefined;
  const id = textAt(response, 'id');
  const model = textAt(response, 'model');
  return { usage: counts, model, id, provider: servedBy(id, model), serviceTier: anthropicTier(usage) };
};

/** Ids say which cloud answered; others imitate the format for models of their own. */
function servedBy(id: string | undefined, model: string | undefined): string | undefined {
  if (id?.startsWith('msg_bdrk_') === true) return 'aws.bedrock';
  if (id?.startsWith('msg_vrtx_') === true) return 'gcp.vertex_ai';
  return model?.startsWith('claude') === true ? 'anthropic' : undefined;
}

/** All that sets the rates apart from the standard: batch or priority, fast mode, and where the inference ran. Joined by `+`. */
export function anthropicTier(usage: unknown): string | undefined {
  const tiers: string[] = [];
  const serviceTier = textAt(usage, 'service_tier');
  if (serviceTier !== undefined && serviceTier !== 'standard') tiers.push(serviceTier);
  const speed = textAt(usage, 'speed');
  if (speed !== undefined && speed !== 'standard') tiers.push(speed);
  const geo = textAt(usage, 'inference_geo');
  if (geo !== undefined && geo !== 'global' && geo !== 'not_available') tiers.push(geo);
  return tiers.length > 0 ? tiers.join('+') : serviceTier;
}
