import type { Attributes } from '@opentelemetry/api';
import {
  COST_INPUT_USD,
  COST_OTHER_USD,
  COST_OUTPUT_USD,
  COST_PRICE_DATE,
  COST_SOURCE,
  COST_TOTAL_USD,
} from '../conventions/cost.js';
import { LLM_COST_COMPLETION, LLM_COST_PROMPT, LLM_COST_TOTAL } from '../conventions/openinference.js';
import type { CostSource, Price } from '../cost/pricing-service.js';

/** A cost in USD under OpenInference's names and the guide's, and where it came from. What is only `recorded` is no model call's, and gets the guide's alone. Written into `attributes`. */
export function costAttributes(price: Price, source: CostSource, attributes: Attributes = {}): Attributes {
  const { inputUsd, outputUsd, otherUsd, totalUsd, priceDate } = price;
  attributes[COST_TOTAL_USD] = totalUsd;
  attributes[COST_SOURCE] = source;
  if (inputUsd !== undefined) attributes[COST_INPUT_USD] = inputUsd;
  if (outputUsd !== undefined) attributes[COST_OUTPUT_USD] = outputUsd;
  if (otherUsd !== undefined && otherUsd !== 0) attributes[COST_OTHER_USD] = otherUsd;
  if (priceDate !== undefined) attributes[COST_PRICE_DATE] = priceDate;
  if (source !== 'recorded') {
    attributes[LLM_COST_TOTAL] = totalUsd;
    if (inputUsd !== undefined) attributes[LLM_COST_PROMPT] = inputUsd;
    if (outputUsd !== undefined) attributes[LLM_COST_COMPLETION] = outputUsd;
  }
  return attributes;
}
