import type { TraceAgentOptions } from '../plan/trace-options.js';
import { agentSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';
import { amending, tracing } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Traces each call of a method as the work of an agent: a span `agent.<agentName>` of kind AGENT with role, task and model. On a class
 * every method's span is `agent.<agentName>.<method>`.
 *
 * ```ts
 * class Evaluator {
 *   @TraceAgent({ agentName: 'technical_evaluator', agentRole: 'Senior Technical Architect', taskDescription: 'Evaluate technical depth' })
 *   async evaluate(transcript: string) { … }
 * }
 * ```
 *
 * Throws while decorating for an option that does not fit.
 */
export function TraceAgent<F extends AnyFn = AnyFn>(options: TraceAgentOptions<F>): SpandrelDecorator<F> {
  checkParentheses('TraceAgent', arguments);
  return amending('TraceAgent', tracing('TraceAgent', agentSettings('@TraceAgent', options as TraceAgentOptions)));
}
