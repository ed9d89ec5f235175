import type { UsageReader } from '../model-response.js';
import { countAt, has, objectAt, textAt, usageOf } from './fields.js';

/** Embeddings in OpenAI's format: `prompt_tokens`, and a `total_tokens` that is the same (platform.openai.com/docs/api-reference/embeddings). Nothing is completed. */
export const readOpenAiEmbeddings: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (
    usage === undefined ||
    !has(usage, 'prompt_tokens') ||
    !has(usage, 'total_tokens') ||
    has(usage, 'completion_tokens')
  )
    return undefined;
  const counts = usageOf({ prompt: countAt(usage, 'prompt_tokens') });
  return counts === undefined
    ? undefined
    : { usage: counts, model: textAt(response, 'model'), id: textAt(response, 'id') };
};
