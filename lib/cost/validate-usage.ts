import type { TokenUsage } from './token-usage.js';

const FIELDS = [
  'prompt',
  'completion',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'promptAudio',
  'completionAudio',
] as const satisfies readonly (keyof TokenUsage)[];

/** Names of the fields of a {@link TokenUsage}. */
export const TOKEN_USAGE_FIELDS: readonly (keyof TokenUsage)[] = FIELDS;

const PARTS: readonly (readonly [whole: keyof TokenUsage, parts: readonly (keyof TokenUsage)[]])[] = [
  ['prompt', ['cacheRead', 'cacheWrite']],
  ['prompt', ['promptAudio']],
  ['cacheWrite', ['cacheWrite1h']],
  ['completion', ['reasoning']],
  ['completion', ['completionAudio']],
];

/** What is wrong with a usage, in one sentence; undefined when it can be counted and priced. A faulty usage is reported, never priced. */
export function usageFault(usage: TokenUsage): string | undefined {
  let reported = false;
  for (const field of FIELDS) {
    const tokens: unknown = usage[field];
    if (tokens === undefined) continue;
    if (typeof tokens !== 'number') return `${field} is ${article(tokens)}, not a number of tokens`;
    if (!(tokens >= 0 && tokens < Infinity)) return `${field} is ${tokens}, not a number of tokens`;
    reported = true;
  }
  if (!reported) return 'it reports no tokens';
  for (const [whole, parts] of PARTS) {
    let sum = 0;
    for (const part of parts) sum += usage[part] ?? 0;
    if (sum === 0) continue;
    const names = parts.filter((part) => usage[part]).join(' + ');
    const all = usage[whole];
    if (all === undefined) return `${names} (${sum}) is part of ${whole}, which is missing`;
    if (sum > all) return `${names} (${sum}) is more than ${whole} (${all}), of which it is a part`;
  }
  return undefined;
}

function article(value: unknown): string {
  if (value === null) return 'null';
  const type = typeof value;
  return type === 'object' ? 'an object' : `a ${type}`;
}
