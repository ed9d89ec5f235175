import type { Attributes } from '@opentelemetry/api';
import {
  ROLLUP_COMPLETION_TOKENS,
  ROLLUP_INCOMPLETE,
  ROLLUP_LLM_CALLS,
  ROLLUP_PROMPT_TOKENS,
  ROLLUP_TOTAL_USD,
} from '../conventions/cost.js';
import type { Tally } from '../cost/ledger.js';

/** What was spent below a span when it ended; nothing where nothing was. */
export function rollupAttributes(below: Tally, incomplete: boolean): Attributes {
  if (below.calls === 0 && below.totalUsd === 0 && !incomplete) return {};
  return {
    [ROLLUP_TOTAL_USD]: below.totalUsd,
    [ROLLUP_PROMPT_TOKENS]: below.prompt,
    [ROLLUP_COMPLETION_TOKENS]: below.completion,
    [ROLLUP_LLM_CALLS]: below.calls,
    ...(incomplete && { [ROLLUP_INCOMPLETE]: true }),
  };
}
