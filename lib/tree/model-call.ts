import { COST_SOURCE } from '../conventions/cost.js';
import type { SpanFacts } from './span-facts.js';
import type { TreeSpan } from './tree-span.js';

/** Whether the span owns a model call. One whose cost was recorded by hand (a search, a tool) has dollars and is none. */
export function ownsModelCall({ attributes }: TreeSpan, facts: SpanFacts): boolean {
  const hasTokens = facts.promptTokens !== undefined || facts.completionTokens !== undefined;
  const isPriced = facts.totalUsd !== undefined && attributes[COST_SOURCE] !== 'recorded';
  return hasTokens || isPriced || facts.unpricedModel !== undefined;
}
