import { BaseCallbackHandler, type HandleLLMNewTokenCallbackFields } from '@langchain/core/callbacks/base';
import type { Serialized } from '@langchain/core/load/serializable';
import type { BaseMessage } from '@langchain/core/messages';
import type { LLMResult } from '@langchain/core/outputs';
import type { Attributes } from '@opentelemetry/api';
import { knownAccount } from '../../cost/ledger.js';
import { expectCallbacks } from '../../cost/seen-twice.js';
import { checkOptions } from '../../options.js';
import type { TraceFunctionOptions } from '../../plan/trace-options.js';
import { functionSettings } from '../../plan/trace-settings.js';
import { safely } from '../../safely.js';
import type { SpanPlan } from '../../span/plan.js';
import { answerOf, listen, settleAnswer } from './model-answer.js';
import { runWithId, startRun, takeRun, type OpenRun } from './open-runs.js';
import { runPlans, type RunKind } from './run-kinds.js';
import { modelStart, nameOf, type RunStart } from './run-start.js';
import { RunningTotals, type TokenTotals } from './token-totals.js';

/** Options of {@link TokenTrackingCallback}. */
export interface TokenTrackingOptions extends Pick<
  TraceFunctionOptions,
  'captureArgs' | 'captureResult' | 'redact' | 'pricing' | 'provider'
> {
  /** Whether chains, tools and retrievers get spans too. Default true; false leaves the model calls alone. */
  readonly chains?: boolean | undefined;
  /** More attributes, for every span. */
  readonly attributes?: Attributes | undefined;
}

const OPTIONS = ['captureArgs', 'captureResult', 'redact', 'pricing', 'provider', 'attributes'] as const;

/**
 * A LangChain.js callback handler: one LLM span a model call, with messages, tokens and cost, and spans of the chains, tools and retrievers
 * around it. Below a traced method they join its trace and its roll-up.
 *
 * ```ts
 * const model = new ChatOpenAI({ model: 'gpt-4o', callbacks: [new TokenTrackingCallback()] });
 * ```
 *
 * One handler may be shared by all calls; two that see one call make one span of it. Its methods never throw. Throws a TypeError for an
 * option that does not fit.
 */
export class TokenTrackingCallback extends BaseCallbackHandler {
  readonly name = 'spandrel';
  /**
   * LangChain's default is a queue that runs handlers one after the other, later, in the context of whoever started the queue: the span would
   * start late and hang on somebody else's. Awaited handlers run inside the call. None of ours waits for anything.
   */
  override awaitHandlers = true;
  /** A fault of ours must not become the call's. */
  override raiseError = false;
  readonly #plans: Readonly<Record<RunKind, SpanPlan>>;
  readonly #totals = new RunningTotals();

  constructor(options: TokenTrackingOptions = {}) {
    super();
    checkOptions('TokenTrackingCallback', options, [...OPTIONS, 'chains']);
    const { chains = true, ...settings } = options;
    if (typeof chains !== 'boolean')
      throw new TypeError(`TokenTrackingCallback: expected chains to be true or false, got ${JSON.stringify(chains)}.`);
    if (typeof settings.attributes === 'function')
      throw new TypeError('TokenTrackingCallback: expected attributes to be an object, got function.');
    this.#plans = runPlans(functionSettings('TokenTrackingCallback', settings));
    this.ignoreChain = this.ignoreAgent = this.ignoreRetriever = !chains;
    expectCallbacks();
  }

  /**
   * What the model calls have used so far: those that are recorded as spans, and those that a budget or a meter counts. Without an SDK nothing
   * is read, so nothing is added up.
   */
  totals(): TokenTotals {
    return this.#totals.soFar();
  }

  /** LangChain may copy handlers where it hands them down: what is added up must not be spread over copies. */
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
    this.#startModel(runId, parentRunId, () => modelStart(messages[0], { llm, extra, metadata, runName }));
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
    this.#startModel(runId, parentRunId, () => modelStart(prompts[0], { llm, extra, metadata, runName }));
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
    this.#chunk(runId, message ?? token);
  }

  override handleLLMEnd(
    output: LLMResult,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    extra?: Record<string, unknown>,
  ): void {
    end(runId, (open) => {
      const answer = safely(FAILED, answerOf, output) ?? output;
      safely(FAILED, settleAnswer, open, answer, extra?.['cached'] === true);
      open.run.succeed(answer);
    });
  }

  override handleLLMError(error: unknown, runId: string): void {
    end(runId, ({ run }) => run.fail(error));
  }

  /** LangChain passes the parent fourth and the name eighth; its types say it the other way round. */
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
    const isTyped = eighth !== undefined && runWithId(eighth) !== undefined;
    const [parentRunId, runName] = isTyped ? [eighth, seventh] : [fourth, eighth];
    this.#start('CHAIN', runId, parentRunId, () => ({ name: runName ?? nameOf(chain, 'chain'), input }));
  }

  override handleChainEnd(output: unknown, runId: string): void {
    end(runId, ({ run }) => run.succeed(output));
  }

  override handleChainError(error: unknown, runId: string): void {
    end(runId, ({ run }) => run.fail(error));
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
    this.#start('TOOL', runId, parentRunId, () => ({ name: runName ?? nameOf(tool, 'tool'), input }));
  }

  /** A tool that is a generator gives what it has so far. */
  override handleToolEvent(chunk: unknown, runId: string): void {
    this.#chunk(runId, chunk);
  }

  override handleToolEnd(output: unknown, runId: string): void {
    end(runId, ({ run }) => run.succeed(output));
  }

  override handleToolError(error: unknown, runId: string): void {
    end(runId, ({ run }) => run.fail(error));
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
    this.#start('RETRIEVER', runId, parentRunId, () => ({ name: name ?? nameOf(retriever, 'retriever'), input: query })); // prettier-ignore
  }

  override handleRetrieverEnd(documents: unknown, runId: string): void {
    end(runId, ({ run }) => run.succeed(documents));
  }

  override handleRetrieverError(error: unknown, runId: string): void {
    end(runId, ({ run }) => run.fail(error));
  }

  #startModel(runId: string, parentRunId: string | undefined, describe: () => RunStart): void {
    let start: RunStart | undefined;
    const open = this.#start('LLM', runId, parentRunId, () => (start = describe()));
    if (!open) return;
    listen(open, this.#totals.add);
    const { call } = knownAccount(open.run) ?? {};
    if (call) call.provider ??= start?.provider;
  }

  #start(kind: RunKind, runId: string, parentRunId: string | undefined, describe: () => RunStart): OpenRun | undefined {
    return safely(FAILED, () => runWithId(runId) ?? startRun(this.#plans[kind], runId, parentRunId, describe));
  }

  #chunk(runId: string, value: unknown): void {
    safely(FAILED, () => runWithId(runId)?.run.chunk(value));
  }
}

const FAILED = 'a LangChain run could not be traced';

function end(runId: string, finish: (open: OpenRun) => void): void {
  safely(FAILED, () => {
    const open = takeRun(runId);
    if (open) finish(open);
  });
}
