import type { UsageReader } from '../model-response.js';
import { countAt, field, textAt, usageOf } from './fields.js';

/** Ollama's own chat and generate API (docs/api.md: `prompt_eval_count`, `eval_count`); nobody bills it. */
export const readOllama: UsageReader = (response) => {
  if (field(response, 'done') !== true || field(response, 'eval_count') === undefined) return undefined;
  const counts = usageOf({
    prompt: countAt(response, 'prompt_eval_count'),
    completion: countAt(response, 'eval_count'),
  });
  return counts === undefined ? undefined : { usage: counts, model: textAt(response, 'model'), provider: 'ollama' };
};
