import type { Attributes } from '@opentelemetry/api';
import { COST_COMPLETION_TOKENS, COST_MODEL_NAME, COST_PROMPT_TOKENS, COST_TOTAL_TOKENS } from '../conventions/cost.js';
import {
  TOKENS_CACHE_READ,
  TOKENS_CACHE_WRITE,
  TOKENS_COMPLETION,
  TOKENS_COMPLETION_AUDIO,
  TOKENS_PROMPT,
  TOKENS_PROMPT_AUDIO,
  TOKENS_REASONING,
  TOKENS_TOTAL,
} from '../conventions/openinference.js';
import type { TokenUsage } from '../cost/token-usage.js';

/** Usage as OpenInference counts, in tokens: what was reported, and the total when both parts are known. Written into `attributes`. */
export function tokenUsageAttributes(usage: TokenUsage, attributes: Attributes = {}): Attributes {
  const { prompt, completion } = usage;
  put(attributes, TOKENS_PROMPT, prompt);
  put(attributes, TOKENS_COMPLETION, completion);
  put(attributes, TOKENS_TOTAL, total(usage));
  const { cacheRead, cacheWrite } = usage;
  if (!exceeds(prompt, cacheRead, cacheWrite)) {
    put(attributes, TOKENS_CACHE_READ, partOf(prompt, cacheRead));
    put(attributes, TOKENS_CACHE_WRITE, partOf(prompt, cacheWrite));
  }
  put(attributes, TOKENS_PROMPT_AUDIO, partOf(prompt, usage.promptAudio));
  put(attributes, TOKENS_REASONING, partOf(completion, usage.reasoning));
  put(attributes, TOKENS_COMPLETION_AUDIO, partOf(completion, usage.completionAudio));
  return attributes;
}

/** The same usage under the guide's names. Written into `attributes`. */
export function guideUsageAttributes(
  model: string | undefined,
  usage: TokenUsage,
  attributes: Attributes = {},
): Attributes {
  if (model !== undefined) attributes[COST_MODEL_NAME] = model;
  put(attributes, COST_PROMPT_TOKENS, usage.prompt);
  put(attributes, COST_COMPLETION_TOKENS, usage.completion);
  put(attributes, COST_TOTAL_TOKENS, total(usage));
  return attributes;
}

function total({ prompt, completion }: TokenUsage): number | undefined {
  return isCount(prompt) && isCount(completion) ? prompt + completion : undefined;
}

/** A detail that exceeds its whole says nothing: backends bill the whole minus its details. */
function partOf(whole: number | undefined, part: number | undefined): number | undefined {
  return isCount(whole) && isCount(part) && part > whole ? undefined : part;
}

/** What was read from the cache was not written to it: together they must fit too. */
function exceeds(prompt: number | undefined, cacheRead: number | undefined, cacheWrite: number | undefined): boolean {
  return isCount(prompt) && isCount(cacheRead) && isCount(cacheWrite) && cacheRead + cacheWrite > prompt;
}

function put(attributes: Attributes, name: string, tokens: number | undefined): void {
  if (isCount(tokens)) attributes[name] = tokens;
}

function isCount(tokens: unknown): tokens is number {
  return typeof tokens === 'number' && tokens >= 0 && tokens < Infinity;
}
