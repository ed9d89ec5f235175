import type { Attributes } from '@opentelemetry/api';
import { COST_AGENT_NAME, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { LLM_MODEL_NAME } from '../conventions/openinference.js';
import type { CostSource, Price } from '../cost/pricing-service.js';
import type { TokenUsage } from '../cost/token-usage.js';
import { costAttributes } from './cost-attributes.js';
import { guideUsageAttributes, tokenUsageAttributes } from './token-usage-attributes.js';

/** What is known of a model call when it is over. */
export interface SettledCall {
  readonly model: string | undefined;
  readonly usage: TokenUsage;
  /** The nearest agent above. */
  readonly agent: string | undefined;
  /** Absent where it is unknown, or written by somebody else. */
  readonly cost: { readonly price: Price; readonly source: CostSource } | undefined;
  /** The model that nobody has a price for. */
  readonly unpriced: string | undefined;
}

/** Model, tokens and cost of a model call, under all their names: the one form in which the span that owns a call tells them. */
export function modelCallAttributes({ model, usage, agent, cost, unpriced }: SettledCall): Attributes {
  const attributes: Attributes = {}; // one object for all: to spread five into a sixth takes longer than all else of a priced call
  if (model !== undefined) attributes[LLM_MODEL_NAME] = model;
  tokenUsageAttributes(usage, attributes);
  guideUsageAttributes(model, usage, attributes);
  if (agent !== undefined) attributes[COST_AGENT_NAME] = agent;
  if (cost) costAttributes(cost.price, cost.source, attributes);
  if (unpriced !== undefined) attributes[COST_UNPRICED_MODEL] = unpriced;
  return attributes;
}
