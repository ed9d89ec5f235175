import type { ModelResponse, UsageReader } from '../model-response.js';
import { countAt, field, has, objectAt, textAt, usageOf, usdAt, withReasoning } from './fields.js';

/**
 * Chat completions and legacy completions of OpenAI and of those who speak its format.
 * `prompt_tokens` includes cached tokens, `completion_tokens` includes reasoning (platform.openai.com/docs/api-reference/chat/object, usage);
 * xAI counts reasoning beside the completion (docs.x.ai, "Consumption and rate limits"); DeepSeek names cached tokens `prompt_cache_hit_tokens`.
 */
export const readOpenAiChat: UsageReader = (response) => {
  const usage = objectAt(response, 'usage') ?? objectAt(field(response, 'x_groq'), 'usage'); // Groq's stream keeps it there
  if (usage === undefined || !has(usage, 'prompt_tokens')) return undefined;
  if (!has(usage, 'completion_tokens') && !Array.isArray(field(response, 'choices'))) return undefined;

  const prompt = countAt(usage, 'prompt_tokens');
  const promptDetails = field(usage, 'prompt_tokens_details');
  const completionDetails = field(usage, 'completion_tokens_details');
  const reasoning = countAt(completionDetails, 'reasoning_tokens');
  const counts = usageOf({
    prompt,
    completion: withReasoning(prompt, countAt(usage, 'completion_tokens'), reasoning, field(usage, 'total_tokens')),
    cacheRead:
      countAt(promptDetails, 'cached_tokens') ??
      countAt(usage, 'prompt_cache_hit_tokens') ??
      countAt(usage, 'cached_tokens'),
    cacheWrite: countAt(promptDetails, 'cache_write_tokens'),
    reasoning,
    promptAudio: countAt(promptDetails, 'audio_tokens'),
    completionAudio: countAt(completionDetails, 'audio_tokens'),
  });
  if (counts === undefined) return undefined;
  return {
    usage: counts,
    model: textAt(response, 'model'),
    id: textAt(response, 'id') ?? textAt(field(response, 'x_groq'), 'id'),
    serviceTier: textAt(response, 'service_tier') ?? textAt(usage, 'service_tier'),
    ...providerFacts(response, usage),
  };
};

/** Who answered and what they say it cost, where the response tells. */
function providerFacts(response: unknown, usage: object): Pick<ModelResponse, 'provider' | 'costUsd'> {
  if (isOpenRouter(response, usage)) {
    return { provider: 'openrouter', costUsd: openRouterCost(usage) };
  }
  const ticks = usdAt(usage, 'cost_in_usd_ticks'); // xAI: ten thousand million ticks a dollar
  if (ticks !== undefined) return { provider: 'x_ai', costUsd: ticks / 1e10 };
  const total = usdAt(field(usage, 'cost'), 'total_cost'); // Perplexity: tokens, searches and the request's fee
  if (total !== undefined) return { provider: 'perplexity', costUsd: total };
  if (has(usage, 'num_sources_used')) return { provider: 'x_ai' };
  if (field(response, 'x_groq') !== undefined) return { provider: 'groq' };
  if (Array.isArray(field(response, 'prompt_filter_results'))) return { provider: 'azure.ai.openai' };
  return {};
}

/** Its marks: details of the cost, its ids (`gen-…`), the upstream provider's name, a model under its vendor's name. A bare `cost` has no currency. */
function isOpenRouter(response: unknown, usage: object): boolean {
  if (has(usage, 'cost_details') || has(usage, 'is_byok') || textAt(response, 'id')?.startsWith('gen-') === true)
    return true;
  return has(usage, 'cost') && (textAt(response, 'provider') ?? textAt(response, 'model')?.match(/^[\w-]+\//)) != null;
}

/** What was charged in credits, which are dollars; with a key of one's own (BYOK) the model's maker charges beside it (openrouter.ai/docs, "Usage accounting"). */
function openRouterCost(usage: object): number | undefined {
  const charged = usdAt(usage, 'cost');
  if (field(usage, 'is_byok') !== true) return charged;
  const upstream = usdAt(field(usage, 'cost_details'), 'upstream_inference_cost');
  return charged === undefined || upstream === undefined ? undefined : charged + upstream;
}
