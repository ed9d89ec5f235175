import type { ModelResponse } from '../model-response.js';
import type { TokenUsage } from '../token-usage.js';
import { TOKEN_USAGE_FIELDS } from '../validate-usage.js';
import { sum } from './fields.js';

/** Whether one price fits two responses. */
export function isAlike(a: ModelResponse, b: ModelResponse): boolean {
  return a.model === b.model && a.provider === b.provider && a.serviceTier === b.serviceTier;
}

/** Two responses as one, which has no id of its own. A side that one of them does not report is not reported. */
export function added(a: ModelResponse, b: ModelResponse): ModelResponse {
  const usage: { -readonly [K in keyof TokenUsage]: TokenUsage[K] } = {};
  for (const name of TOKEN_USAGE_FIELDS) {
    const [left, right] = [a.usage[name], b.usage[name]];
    if ((name === 'prompt' || name === 'completion') && (left === undefined || right === undefined)) continue;
    const tokens = sum(left, right);
    if (tokens !== undefined) usage[name] = tokens;
  }
  const costUsd = a.costUsd === undefined || b.costUsd === undefined ? undefined : a.costUsd + b.costUsd;
  return { ...a, id: undefined, usage, costUsd };
}

/** Several responses as one; undefined when there is none, or no one price that fits them all. */
export function combined(responses: readonly ModelResponse[]): ModelResponse | undefined {
  const [first, ...rest] = responses;
  if (first === undefined) return undefined;
  return rest.every((response) => isAlike(first, response)) ? rest.reduce(added, first) : undefined;
}
