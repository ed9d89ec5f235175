import { COST_SOURCE, COST_TOTAL_USD } from '../../conventions/cost.js';
import * as oi from '../../conventions/openinference.js';
import type { Rule } from '../rule.js';

/** Kinds whose spans own no tokens and no cost: a backend would sum them twice, or not at all. */
const OTHER_KINDS: readonly unknown[] = oi.SPAN_KINDS.filter(
  (kind) => !['LLM', 'EMBEDDING', 'RERANKER'].includes(kind),
);

/** Tokens and dollars stand on the model call, once; what a tool cost by itself (`recordCost`) stands on the tool. */
export const owner: Rule = {
  name: 'owner',
  source: 'Arize, "How cost tracking works"; Phoenix counts spans of kind LLM only',
  check({ attributes }, report) {
    const kind = attributes[oi.SPAN_KIND];
    if (!OTHER_KINDS.includes(kind)) return;
    const own = attributes[COST_SOURCE] === 'recorded' ? [] : [COST_TOTAL_USD];
    const counted = [oi.LLM_COST_TOTAL, oi.TOKENS_PROMPT, oi.TOKENS_COMPLETION, oi.TOKENS_TOTAL, ...own].find(
      (name) => attributes[name] !== undefined,
    );
    if (counted)
      report(
        `stands on a span of kind ${String(kind)}: a backend sums it beside the model call's own, or not at all`,
        counted,
      );
  },
};
