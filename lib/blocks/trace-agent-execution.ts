import { INVALID_SPAN_CONTEXT, trace, type Span } from '@opentelemetry/api';
import { checkOptions } from '../options.js';
import type { TraceAgentOptions } from '../plan/trace-options.js';
import { AGENT_OPTIONS, agentSettings } from '../plan/trace-settings.js';
import { tracePlan } from '../plan/trace-plan.js';
import { blockSite, checkFunction, runBlock } from './run-block.js';

/** Options of `traceAgentExecution`: those of `@TraceAgent`, and the input. */
export interface AgentExecutionOptions extends TraceAgentOptions {
  /** What the agent works on: `input.value`, text as it is, anything else as JSON. */
  readonly inputData?: unknown;
}

const SITE = blockSite('traceAgentExecution');

/**
 * Runs `fn` as the work of an agent, in a span `agent.<agentName>` of kind AGENT with role, task, model and input, and gives what `fn` gives.
 * Its result is recorded as `output.value`, unless `fn` sets one on the span it gets.
 *
 * ```ts
 * const verdict = await traceAgentExecution({ agentName: 'technical_evaluator', inputData: transcript }, async (span) => agent.execute(task));
 * ```
 */
export function traceAgentExecution<R>(options: AgentExecutionOptions, fn: (span: Span) => R): R {
  checkFunction('traceAgentExecution', fn);
  checkOptions('traceAgentExecution', options, [...AGENT_OPTIONS, 'inputData']);
  const { inputData, ...agent } = options;
  const plan = tracePlan(
    { site: SITE, original: () => fn, agentOnClass: false, input: () => inputData },
    agentSettings('traceAgentExecution', agent),
  );
  return runBlock(SITE, [], plan, () => fn(trace.getActiveSpan() ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT)));
}
