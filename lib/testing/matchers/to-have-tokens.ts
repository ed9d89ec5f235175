import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import {
  TOKENS_CACHE_READ,
  TOKENS_CACHE_WRITE,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  TOKENS_REASONING,
  TOKENS_TOTAL,
} from '../../conventions/openinference.js';
import { checkOptions } from '../../options.js';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

const NAMES = {
  prompt: TOKENS_PROMPT,
  completion: TOKENS_COMPLETION,
  total: TOKENS_TOTAL,
  cacheRead: TOKENS_CACHE_READ,
  cacheWrite: TOKENS_CACHE_WRITE,
  reasoning: TOKENS_REASONING,
};

/** Tokens of a model call, as OpenInference counts; a number, or an asymmetric matcher. */
export type TokenExpectation = { readonly [K in keyof typeof NAMES]?: unknown };

/** Whether a span's model call used these tokens. Without an expectation: whether it has any. */
export function toHaveTokens(span: ReadableSpan, expected?: TokenExpectation): Outcome {
  checkSpan('toHaveTokens', span);
  if (expected !== undefined) checkOptions('toHaveTokens', expected, Object.keys(NAMES));
  const kinds = Object.keys(NAMES) as (keyof typeof NAMES)[];
  const has = Object.fromEntries(
    kinds.map((kind) => [kind, span.attributes[NAMES[kind]]]).filter(([, tokens]) => tokens !== undefined),
  ) as Record<string, unknown>;
  const pass =
    expected === undefined
      ? Object.keys(has).length > 0
      : Object.entries(expected).every(([kind, tokens]) => tokens === undefined || isAs(has[kind], tokens));
  const wanted = expected === undefined ? 'tokens' : `tokens ${shown(expected)}`;
  return outcome(
    pass,
    `span ${shown(span.name)}`,
    `have ${wanted}`,
    () => `It has ${shown(has)}.\n\n${whereabouts(span)}`,
  );
}
