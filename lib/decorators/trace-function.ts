import type { TraceFunctionOptions } from '../plan/trace-options.js';
import { functionSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';
import { amending, tracing } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Traces each call of a method, or of every method of a class, as one span: its arguments, result, duration, and for LLM and EMBEDDING
 * spans tokens and cost.
 *
 * ```ts
 * class Classifier {
 *   @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
 *   classify(transcript: string, model: string) {
 *     return this.llm.chat.completions.create({ model, messages: [{ role: 'user', content: transcript }] });
 *   }
 * }
 * ```
 *
 * `@TraceFunction<Service['method']>({ … })` types what selectors get. Throws while decorating for an option that does not fit.
 */
export function TraceFunction<F extends AnyFn = AnyFn>(options: TraceFunctionOptions<F> = {}): SpandrelDecorator<F> {
  checkParentheses('TraceFunction', arguments);
  return amending(
    'TraceFunction',
    tracing('TraceFunction', functionSettings('@TraceFunction', options as TraceFunctionOptions)),
  );
}
