import type { Tokens } from './published-price.js';
import type { RunSpan } from './trace-run.js';

/** An attribute that is a number, else `otherwise`. */
export function numberAt({ attributes }: RunSpan, name: string): number | undefined;
export function numberAt({ attributes }: RunSpan, name: string, otherwise: number): number;
export function numberAt({ attributes }: RunSpan, name: string, otherwise?: number): number | undefined {
  const value = attributes[name];
  return typeof value === 'number' ? value : otherwise;
}

export function modelOf({ attributes }: RunSpan): string {
  return typeof attributes['llm.model_name'] === 'string' ? attributes['llm.model_name'] : '(no model)';
}

/** The tokens on a model call's span; what is missing is NaN, which equals nothing. */
export function tokensOf(span: RunSpan): Tokens & { readonly reasoning: number } {
  return {
    prompt: numberAt(span, 'llm.token_count.prompt', NaN),
    completion: numberAt(span, 'llm.token_count.completion', NaN),
    cacheRead: numberAt(span, 'llm.token_count.prompt_details.cache_read', 0),
    cacheWrite: numberAt(span, 'llm.token_count.prompt_details.cache_write', 0),
    reasoning: numberAt(span, 'llm.token_count.completion_details.reasoning', 0),
  };
}

/** Dollars are compared to a billionth. */
export function isSame(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9;
}

/** How a span is named in messages. */
export function called({ name, spanId }: RunSpan): string {
  return `${name} (${spanId})`;
}
