import type { TraceSettings } from '../../plan/trace-options.js';
import { tracePlan } from '../../plan/trace-plan.js';
import type { Call, Site } from '../../span/call.js';
import type { SpanPlan } from '../../span/plan.js';
import { readableMessages, readableOutput } from './readable.js';

/** What LangChain says of a run when it starts. */
export interface RunStart {
  readonly name: string;
  /** What the run works on: messages, a prompt, a chain's or a tool's input. */
  readonly input: unknown;
  readonly model?: string | undefined;
  /** Temperature, tools, stop sequences … */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** The kinds of runs that LangChain reports, as kinds of spans. */
export type RunKind = 'LLM' | 'CHAIN' | 'TOOL' | 'RETRIEVER';

/** LangChain's runs happen in no method of the user's. */
export const SITE: Site = { methodName: 'langchain', className: () => undefined };
const startOf = ({ args }: Call): RunStart => args[0];

/** How the span of each kind of run is made; `own` are the user's options for all of them. */
export function runPlans(own: TraceSettings): Readonly<Record<RunKind, SpanPlan>> {
  const plan = (kind: RunKind, more: TraceSettings): SpanPlan =>
    tracePlan(
      {
        site: SITE,
        original: () => () => undefined,
        agentOnClass: false,
        input: (call) => (kind === 'LLM' ? readableMessages(startOf(call).input) : startOf(call).input),
        output: readableOutput,
      },
      { ...own, spanKind: kind, spanName: (call) => startOf(call).name, ...more },
    );
  return {
    LLM: plan('LLM', {
      renders: 'chat',
      modelName: (call) => startOf(call).model,
      messages: (call) => startOf(call).input as object,
      tools: (call) => listOf(startOf(call).parameters?.['tools']),
      invocationParameters: (call) => withoutTools(startOf(call).parameters),
    }),
    CHAIN: plan('CHAIN', {}),
    TOOL: plan('TOOL', {}),
    RETRIEVER: plan('RETRIEVER', { renders: 'documents' }),
  };
}

const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? (value as unknown[]) : undefined;

function withoutTools(
  parameters: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> | undefined {
  const { tools: _tools, ...rest } = parameters;
  return Object.values(rest).some((value) => value !== undefined) ? rest : undefined;
}
