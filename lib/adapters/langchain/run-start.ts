import type { Serialized } from '@langchain/core/load/serializable';
import { providerName } from '../../cost/readers/provider-name.js';

/** What LangChain says of a run when it starts. */
export interface RunStart {
  readonly name: string;
  /** What the run works on: messages, a prompt, a chain's or a tool's input. */
  readonly input: unknown;
  readonly model?: string | undefined;
  /** Who serves the model, in OpenTelemetry's spelling. */
  readonly provider?: string | undefined;
  /** Temperature, tools, stop sequences … */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** What LangChain knows of a model call beside its input. */
export interface ModelFacts {
  readonly llm: Serialized;
  readonly extra: Record<string, unknown> | undefined;
  readonly metadata: Record<string, unknown> | undefined;
  readonly runName: string | undefined;
}

/** The start of a model call. */
export function modelStart(input: unknown, { llm, extra, metadata, runName }: ModelFacts): RunStart {
  const parameters = extra?.['invocation_params'] as Readonly<Record<string, unknown>> | undefined;
  return {
    name: runName ?? nameOf(llm, 'model'),
    input,
    model: [parameters?.['model'], parameters?.['model_name'], parameters?.['modelName'], metadata?.['ls_model_name']].find(isText), // prettier-ignore
    provider: providerName([metadata?.['ls_provider']].find(isText)),
    parameters,
  };
}

/** The class that LangChain serialised: the last part of its id. */
export function nameOf(serialized: Serialized | undefined, otherwise: string): string {
  const { name, id } = (serialized ?? {}) as { name?: unknown; id?: readonly unknown[] };
  return [name, Array.isArray(id) ? (id.at(-1) as unknown) : undefined].find(isText) ?? otherwise;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
