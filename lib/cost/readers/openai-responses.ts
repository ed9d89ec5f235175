import type { UsageReader } from '../model-response.js';
import { countAt, field, has, objectAt, textAt, usageOf, usdAt, withReasoning } from './fields.js';

/**
 * OpenAI's Responses API, and the audio and realtime APIs that count alike: `input_tokens` includes cached and audio tokens,
 * `output_tokens` includes reasoning (platform.openai.com/docs/api-reference/responses/object, usage). Also any `{ input_tokens, output_tokens }` without a cache.
 */
export const readOpenAiResponses: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (usage === undefined || !has(usage, 'input_tokens') || !has(usage, 'output_tokens')) return undefined;
  if (has(usage, 'cache_read_input_tokens') || has(usage, 'cache_creation_input_tokens')) return undefined; // Anthropic's, counted otherwise
  const inputDetails = field(usage, 'input_tokens_details') ?? field(usage, 'input_token_details');
  const outputDetails = field(usage, 'output_tokens_details') ?? field(usage, 'output_token_details');
  if (countsImages(response, inputDetails, outputDetails)) return undefined;

  const prompt = countAt(usage, 'input_tokens');
  const reasoning = countAt(outputDetails, 'reasoning_tokens');
  const counts = usageOf({
    prompt,
    completion: withReasoning(prompt, countAt(usage, 'output_tokens'), reasoning, field(usage, 'total_tokens')),
    cacheRead: countAt(inputDetails, 'cached_tokens'),
    cacheWrite: countAt(inputDetails, 'cache_write_tokens'),
    reasoning,
    promptAudio: countAt(inputDetails, 'audio_tokens'),
    completionAudio: countAt(outputDetails, 'audio_tokens'),
  });
  if (counts === undefined) return undefined;
  const ticks = usdAt(usage, 'cost_in_usd_ticks'); // xAI: ten thousand million ticks a dollar
  return {
    usage: counts,
    model: textAt(response, 'model'),
    id: textAt(response, 'id'),
    serviceTier: textAt(response, 'service_tier'),
    ...(ticks === undefined ? {} : { provider: 'x_ai', costUsd: ticks / 1e10 }),
  };
};

/** Image tokens have rates of their own and no place in a TokenUsage: read as text they would get a wrong price. */
function countsImages(response: unknown, inputDetails: unknown, outputDetails: unknown): boolean {
  const images = [inputDetails, outputDetails].some((details) => (countAt(details, 'image_tokens') ?? 0) > 0);
  return images || (Array.isArray(field(response, 'data')) && !has(Object(response), 'output'));
}
