import { LLM_PROVIDER, TOOL_NAME } from '../../conventions/openinference.js';
import type { TraceSettings } from '../../plan/trace-settings.js';
import { tracePlan } from '../../plan/trace-plan.js';
import type { Call, Site } from '../../span/call.js';
import type { SpanPlan } from '../../span/plan.js';
import { readable, readableOutput, readableRequest, readableToolInput } from './readable.js';
import type { RunStart } from './run-start.js';

/** The kinds of runs that LangChain reports, as kinds of spans. */
export type RunKind = 'LLM' | 'CHAIN' | 'TOOL' | 'RETRIEVER';

/** LangChain's runs happen in no method of the user's. */
export const SITE: Site = { methodName: 'langchain', className: () => undefined };
const startOf = ({ args }: Call): RunStart => args[0];

const READ_INPUT: Readonly<Record<RunKind, (input: unknown) => unknown>> = {
  LLM: readableRequest,
  CHAIN: readable,
  TOOL: readableToolInput,
  RETRIEVER: (query) => query,
};

/** How the span of each kind of run is made; `own` are the user's options for all of them. */
export function runPlans(own: TraceSettings): Readonly<Record<RunKind, SpanPlan>> {
  const plan = (kind: RunKind, more: TraceSettings): SpanPlan =>
    tracePlan(
      {
        site: SITE,
        original: () => () => undefined,
        agentOnClass: false,
        input: (call) => READ_INPUT[kind](startOf(call).input),
        output: readableOutput,
      },
      { ...own, spanKind: kind, spanName: (call) => startOf(call).name, ...more },
    );
  const every = typeof own.attributes === 'object' ? own.attributes : {};
  return {
    LLM: plan('LLM', {
      renders: 'chat',
      modelName: (call) => startOf(call).model,
      messages: (call) => startOf(call).input as object,
      tools: (call) => listOf(startOf(call).parameters?.['tools']),
      invocationParameters: (call) => withoutTools(startOf(call).parameters),
      attributes: (call) => ({ ...providerOf(own, startOf(call)), ...every }),
    }),
    CHAIN: plan('CHAIN', {}),
    TOOL: plan('TOOL', { attributes: (call) => ({ [TOOL_NAME]: startOf(call).name, ...every }) }),
    RETRIEVER: plan('RETRIEVER', { renders: 'documents' }),
  };
}

const providerOf = (own: TraceSettings, { provider }: RunStart): object =>
  own.provider === undefined && provider !== undefined ? { [LLM_PROVIDER]: provider } : {};

const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? (value as unknown[]) : undefined;

function withoutTools(
  parameters: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> | undefined {
  const { tools: _tools, ...rest } = parameters;
  return Object.values(rest).some((value) => value !== undefined) ? rest : undefined;
}
