import type { UsageReader } from '../model-response.js';
import { countAt, field, has, objectAt, sum, textAt, usageOf } from './fields.js';

/**
 * Gemini, from Google AI and from Vertex AI. `promptTokenCount` includes cached content, but not what tools put into the prompt;
 * `candidatesTokenCount` leaves thoughts out; a count of zero may be missing (ai.google.dev/api, "UsageMetadata").
 */
export const readGemini: UsageReader = (response) => {
  const usage = objectAt(response, 'usageMetadata');
  if (usage === undefined) {
    const inner = objectAt(response, 'response'); // the older client's { response: { usageMetadata } }
    return inner !== undefined && has(inner, 'usageMetadata') ? readGemini(inner) : undefined;
  }
  if (!has(usage, 'promptTokenCount') && !has(usage, 'totalTokenCount')) return undefined;

  const prompt = sum(countAt(usage, 'promptTokenCount'), countAt(usage, 'toolUsePromptTokenCount'));
  const thoughts = countAt(usage, 'thoughtsTokenCount');
  const outputs = field(usage, 'candidatesTokensDetails') ?? field(usage, 'responseTokensDetails');
  const counts = usageOf({
    prompt,
    completion: tokensOf(outputs, 'IMAGE') ? undefined : completion(usage, prompt, thoughts), // images out have a rate of their own
    cacheRead: countAt(usage, 'cachedContentTokenCount'),
    reasoning: thoughts,
    promptAudio: tokensOf(field(usage, 'promptTokensDetails'), 'AUDIO'),
    completionAudio: tokensOf(outputs, 'AUDIO'),
  });
  if (counts === undefined) return undefined;
  const traffic = textAt(usage, 'trafficType');
  return {
    usage: counts,
    model: textAt(response, 'modelVersion'),
    id: textAt(response, 'responseId'),
    provider: traffic === undefined ? 'gcp.gen_ai' : 'gcp.vertex_ai', // only Vertex AI tells the kind of traffic
    serviceTier: textAt(usage, 'serviceTier')?.toLowerCase() ?? tier(traffic),
  };
};

function completion(usage: object, prompt: number | undefined, thoughts: number | undefined): number | undefined {
  const candidates = countAt(usage, 'candidatesTokenCount') ?? countAt(usage, 'responseTokenCount');
  const total = countAt(usage, 'totalTokenCount');
  if (candidates === undefined && typeof total === 'number' && typeof prompt === 'number')
    return Math.max(0, total - prompt);
  const inclusive = total !== undefined && sum(prompt, candidates) === total; // some models count thoughts in
  return inclusive ? candidates : sum(candidates, thoughts);
}

function tokensOf(details: unknown, modality: string): number | undefined {
  if (!Array.isArray(details)) return undefined;
  let tokens: number | undefined;
  for (const part of details as readonly unknown[]) {
    if (field(part, 'modality') === modality) tokens = sum(tokens, countAt(part, 'tokenCount'));
  }
  return tokens;
}

/** `ON_DEMAND_FLEX` and the like, as service tiers. */
function tier(traffic: string | undefined): string | undefined {
  const name = traffic?.toLowerCase();
  return name?.startsWith('on_demand_') === true ? name.slice('on_demand_'.length) : name;
}
