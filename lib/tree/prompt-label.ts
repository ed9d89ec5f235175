import type { Attributes } from '@opentelemetry/api';
import { PROMPT_TEMPLATE, PROMPT_TEMPLATE_VERSION } from '../conventions/openinference.js';
import { oneLine } from './format.js';

/** A prompt by its version and the beginning of its template: `2.0: Analyze this call: {transcript}`. */
export function promptLabel(attributes: Attributes, limit = 48): string | undefined {
  const { [PROMPT_TEMPLATE]: template, [PROMPT_TEMPLATE_VERSION]: version } = attributes;
  if (typeof template !== 'string' || template === '') return undefined;
  return `${typeof version === 'string' && version !== '' ? version : '?'}: ${oneLine(template, limit)}`;
}
