import type { TraceLLMOptions } from '../plan/trace-options.js';
import { llmSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';
import { amending, tracing } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Traces each call of a method as a call of a model, in the form that a backend shows as a chat: kind LLM, messages, tools, invocation
 * parameters, answer, tokens and cost. Where a method takes a provider's request and gives its response, or a stream of it, nothing has to be said.
 *
 * ```ts
 * class Classifier {
 *   @TraceLLM({ messages: ({ args: [transcript] }) => [{ role: 'user', content: transcript }] })
 *   classify(transcript: string) {
 *     return this.llm.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: transcript }] });
 *   }
 * }
 * ```
 *
 * Throws while decorating for an option that does not fit.
 */
export function TraceLLM<F extends AnyFn = AnyFn>(options: TraceLLMOptions<F> = {}): SpandrelDecorator<F> {
  checkParentheses('TraceLLM', arguments);
  return amending('TraceLLM', tracing('TraceLLM', llmSettings('@TraceLLM', options as TraceLLMOptions)));
}
