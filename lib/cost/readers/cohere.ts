import type { UsageReader } from '../model-response.js';
import { countAt, objectAt, textAt, usageOf } from './fields.js';

/**
 * Cohere's chat and embeddings, version 1 and 2, as its API and its client spell them. Billed units are what is charged for;
 * `tokens` counts more (docs.cohere.com, "How does Cohere's pricing work?"). The model is not in the response.
 */
export const readCohere: UsageReader = (response) => {
  const usage = objectAt(response, 'usage') ?? objectAt(response, 'meta');
  const billed = objectAt(usage, 'billed_units') ?? objectAt(usage, 'billedUnits');
  if (billed === undefined) return undefined;
  const counts = usageOf({
    prompt: countAt(billed, 'input_tokens') ?? countAt(billed, 'inputTokens'),
    completion: countAt(billed, 'output_tokens') ?? countAt(billed, 'outputTokens'),
  });
  if (counts === undefined) return undefined;
  return {
    usage: counts,
    id: textAt(response, 'id') ?? textAt(response, 'generation_id') ?? textAt(response, 'generationId'),
    provider: 'cohere',
  };
};
