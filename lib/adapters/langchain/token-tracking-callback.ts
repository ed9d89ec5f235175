import { BaseCallbackHandler, type HandleLLMNewTokenCallbackFields } from '@langchain/core/callbacks/base';
import type { Serialized } from '@langchain/core/load/serializable';
import type { BaseMessage } from '@langchain/core/messages';
import type { LLMResult } from '@langchain/core/outputs';
import { activeContext } from '../../context/active.js';
import { accountOf } from '../../cost/ledger.js';
import { readUsage } from '../../cost/read-usage.js';
import { checkOptions } from '../../options.js';
import { functionSettings, type TraceFunctionOptions } from '../../plan/trace-options.js';
import { safely } from '../../safely.js';
import { SiteCall } from '../../span/call.js';
import { opened } from '../../span/open-runs.js';
import type { SpanPlan } from '../../span/plan.js';
import { openSpan } from '../../span/run-in-span.js';
import type { SpanRun } from '../../span/span-run.js';
import { activeTracer, standInTracer } from '../../span/tracer.js';
import { runPlans, SITE, type RunKind, type RunStart } from './run-kinds.js';

/** Options of {@link TokenTrackingCallback}. */
export interface TokenTrackingOptions extends Pick<
  TraceFunctionOptions,
  'captureArgs' | 'captureResult' | 'redact' | 'pricing' | 'provider'
> {
  /** Whether chains, tools and retrievers get spans too. Default true; false leaves the model calls alone. */
  readonly chains?: boolean | undefined;
}

const OPTIONS = ['captureArgs', 'captureResult', 'redact', 'pricing', 'provider'] as const;
/** More runs than LangChain has open at a time; one whose end it never reports must not be kept for ever. */
const MOST_RUNS = 10_000;

/**
 * A LangChain.js callback handler: one LLM span a model call, with messages, tokens and cost, and spans of the chains, tools and retrievers
 * around it. Below a traced method they join its trace and its roll-up.
 *
 * ```ts
 * const model = new ChatOpenAI({ model: 'gpt-4o', callbacks: [new TokenTrackingCallback()] });
 * ```
 *
 * One handler may be shared by all calls. Its methods never throw. Throws a TypeError for an option that does not fit.
 */
export class TokenTrackingCallback extends BaseCallbackHandler {
  readonly name = 'spandrel';
  /** In LangChain's queue for background callbacks the context of the call would be lost. */
  override awaitHandlers = true;
  readonly #plans: Readonly<Record<RunKind, SpanPlan>>;
  readonly #chains: boolean;
  readonly #runs = new Map<string, SpanRun>();

  constructor(options: TokenTrackingOptions = {}) {
    super();
    checkOptions('TokenTrackingCallback', options, [...OPTIONS, 'chains']);
    const { chains = true, ...settings } = options;
    this.#chains = chains;
    this.#plans = runPlans(functionSettings('TokenTrackingCallback', settings));
  }

  /** LangChain copies handlers where it hands them down; the runs of one must be ended by the same. */
  override copy(): this {
    return this;
  }

  override handleChatModelStart(
    llm: Serialized,
    messages: BaseMessage[][],
    runId: string,
    parentRunId?: string,
    extra?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
    runName?: string,
  ): void {
    this.#start('LLM', runId, parentRunId, () => modelStart(llm, messages[0], extra, metadata, runName));
  }

  override handleLLMStart(
    llm: Serialized,
    prompts: string[],
    runId: string,
    parentRunId?: string,
    extra?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
    runName?: string,
  ): void {
    this.#start('LLM', runId, parentRunId, () => modelStart(llm, prompts[0], extra, metadata, runName));
  }

  override handleLLMNewToken(
    token: string,
    _index: unknown,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    fields?: HandleLLMNewTokenCallbackFields,
  ): void {
    const { message } = (fields?.chunk ?? {}) as { readonly message?: unknown };
    this.#runs.get(runId)?.chunk(message ?? token);
  }

  override handleLLMEnd(output: LLMResult, runId: string): void {
    this.#end(runId, (run) => {
      const answer = answerOf(output);
      leaveToClient(run, answer);
      countChunks(run, answer);
      run.succeed(answer);
    });
  }

  override handleLLMError(error: unknown, runId: string): void {
    this.#end(runId, (run) => run.fail(error));
  }

  /** LangChain passes the parent fourth; its types say eighth. */
  override handleChainStart(
    chain: Serialized,
    input: unknown,
    runId: string,
    fourth?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    seventh?: string,
    eighth?: string,
  ): void {
    if (!this.#chains) return this.#passOn(runId, fourth, eighth);
    const isTyped = eighth !== undefined && this.#runs.has(eighth);
    const name = isTyped ? seventh : eighth;
    this.#start('CHAIN', runId, isTyped ? eighth : fourth, () => ({ name: name ?? nameOf(chain, 'chain'), input }));
  }

  override handleChainEnd(output: unknown, runId: string): void {
    this.#end(runId, (run) => run.succeed(output));
  }

  override handleChainError(error: unknown, runId: string): void {
    this.#end(runId, (run) => run.fail(error));
  }

  override handleToolStart(
    tool: Serialized,
    input: string,
    runId: string,
    parentRunId?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    runName?: string,
  ): void {
    if (!this.#chains) return this.#passOn(runId, parentRunId);
    this.#start('TOOL', runId, parentRunId, () => ({ name: runName ?? nameOf(tool, 'tool'), input }));
  }

  override handleToolEnd(output: unknown, runId: string): void {
    this.#end(runId, (run) => run.succeed(output));
  }

  override handleToolError(error: unknown, runId: string): void {
    this.#end(runId, (run) => run.fail(error));
  }

  override handleRetrieverStart(
    retriever: Serialized,
    query: string,
    runId: string,
    parentRunId?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    name?: string,
  ): void {
    if (!this.#chains) return this.#passOn(runId, parentRunId);
    this.#start('RETRIEVER', runId, parentRunId, () => ({
      name: name ?? nameOf(retriever, 'retriever'),
      input: query,
    }));
  }

  override handleRetrieverEnd(documents: unknown, runId: string): void {
    this.#end(runId, (run) => run.succeed(documents));
  }

  override handleRetrieverError(error: unknown, runId: string): void {
    this.#end(runId, (run) => run.fail(error));
  }

  #start(kind: RunKind, runId: string, parentRunId: string | undefined, describe: () => RunStart): void {
    safely('a LangChain run could not be traced', () => {
      const plan = this.#plans[kind];
      const parent = parentRunId === undefined ? undefined : this.#runs.get(parentRunId);
      const active = parent && !parent.ended ? parent.context : activeContext();
      const tracer = activeTracer() ?? (plan.observer?.wants(active) ? standInTracer() : undefined);
      if (!tracer) return;
      const run = openSpan(plan, tracer, new SiteCall(SITE, undefined, [describe()]), active);
      if (!run) return;
      opened(run);
      this.#remember(runId, run);
    });
  }

  #end(runId: string, end: (run: SpanRun) => void): void {
    const run = this.#runs.get(runId);
    if (!run) return;
    this.#runs.delete(runId);
    if (!run.ended) safely('a LangChain run could not be traced', end, run);
  }

  /** A run without a span: what is below it hangs on the run above. */
  #passOn(runId: string, ...parents: readonly (string | undefined)[]): void {
    for (const parent of parents) {
      const run = parent === undefined ? undefined : this.#runs.get(parent);
      if (run) return this.#remember(runId, run);
    }
  }

  #remember(runId: string, run: SpanRun): void {
    this.#runs.set(runId, run);
    if (this.#runs.size > MOST_RUNS) this.#runs.delete(this.#runs.keys().next().value as string);
  }
}

function modelStart(
  llm: Serialized,
  input: unknown,
  extra: Record<string, unknown> | undefined,
  metadata: Record<string, unknown> | undefined,
  runName: string | undefined,
): RunStart {
  const parameters = extra?.['invocation_params'] as Readonly<Record<string, unknown>> | undefined;
  const names = [parameters?.['model'], parameters?.['model_name'], parameters?.['modelName'], metadata?.['ls_model_name']]; // prettier-ignore
  return {
    name: runName ?? nameOf(llm, 'model'),
    input,
    model: names.find((name): name is string => typeof name === 'string' && name !== ''),
    parameters,
  };
}

/** The class that LangChain serialised: the last part of its id. */
function nameOf(serialized: Serialized | undefined, otherwise: string): string {
  const { name, id } = (serialized ?? {}) as { name?: unknown; id?: readonly unknown[] };
  const last = typeof name === 'string' && name !== '' ? name : Array.isArray(id) ? (id.at(-1) as unknown) : undefined;
  return typeof last === 'string' && last !== '' ? last : otherwise;
}

/** The answer of a chat model, whose id says that it is the same one further up; of other models the whole result. */
function answerOf(output: LLMResult): unknown {
  const { message } = (output.generations[0]?.[0] ?? {}) as { readonly message?: unknown };
  return message !== undefined && (readUsage(message) || !readUsage(output)) ? message : output;
}

/**
 * A callback cannot make its span active for the model's code, so the span of an instrumented client stands beside ours and not below:
 * where it has counted the same response already, ours leaves the tokens to it.
 */
function leaveToClient(run: SpanRun, answer: unknown): void {
  const response = readUsage(answer);
  const call = accountOf(run).call;
  if (call && response?.id !== undefined && run.parent && accountOf(run.parent).counted.has(response, undefined))
    call.written = true;
}

/** LangChain adds up what a stream's chunks count, Anthropic's first count too, which its last one counts again: the chunks know better. */
function countChunks(run: SpanRun, answer: unknown): void {
  const call = accountOf(run).call;
  const streamed = call?.stream?.result();
  if (call && streamed) call.given.push({ ...streamed, id: readUsage(answer)?.id ?? streamed.id });
}
