import type { Attributes, Link, Span, SpanContext } from '@opentelemetry/api';
import type { CaptureArgs } from '../capture/capture-arguments.js';
import type { Redact } from '../capture/redaction.js';
import type { OpenInferenceSpanKind } from '../conventions/openinference.js';
import type { PricingService } from '../cost/pricing-service.js';
import type { AnyFn, Call, Selected } from '../span/call.js';
import type { PreviousTurn } from './previous-turn.js';

/** A span kind in upper or lower case; on the wire it is upper case. */
export type SpanKindName = OpenInferenceSpanKind | Lowercase<OpenInferenceSpanKind>;

/** Something a span can link to: a link, a span, a span's context, or the turn before. */
export type Linkable = Link | Span | SpanContext | PreviousTurn;

/** What a traced function's result is, after its promise. */
export type ResultOf<F extends AnyFn> = Awaited<ReturnType<F>>;

/** Options of `@TraceFunction` and `traced`. Where a selector is allowed, it is called with the call; an option that is `undefined` counts as not given. */
export interface TraceFunctionOptions<F extends AnyFn = AnyFn> {
  /** The span's name. Default `Class.method`, for a function its name. */
  readonly spanName?: Selected<string, F> | undefined;
  /** The OpenInference kind, in any case. Default `CHAIN`. */
  readonly spanKind?: SpanKindName | undefined;
  /** Which arguments are recorded as `input.value`: all, none, or those of these parameter names. Default true. */
  readonly captureArgs?: CaptureArgs | undefined;
  /** Whether the result is recorded as `output.value`. Default true. */
  readonly captureResult?: boolean | undefined;
  /** Whether tokens and cost are read from the result. Default true for LLM and EMBEDDING spans, else false. */
  readonly addCostTracking?: boolean | undefined;
  /** The model, as `llm.model_name` from the start; the response's own name replaces it at the end. */
  readonly modelName?: Selected<string | undefined, F> | undefined;
  /** The parameter that holds the model's name, or the property of an object argument that does. */
  readonly modelNameAttr?: string | undefined;
  /** More attributes, made before the body runs. */
  readonly attributes?: Selected<Attributes, F> | undefined;
  /** More attributes, made of the result. Keeps the arguments alive until the call ends. */
  readonly resultAttributes?: ((result: ResultOf<F>, call: Call<F>) => Attributes | undefined) | undefined;
  /** The tokens of the call, where they cannot be read from the result: a `TokenUsage` or the provider's own usage object. */
  readonly usage?: ((result: ResultOf<F>, call: Call<F>) => unknown) | undefined;
  /** Spans that this one follows from: each becomes a link, mirrored in `link.<i>.*` attributes. */
  readonly links?: Selected<readonly Linkable[] | undefined, F> | undefined;
  /** What to withhold beside the default secrets and the configured rules. */
  readonly redact?: Redact | undefined;
  /** Prices this call, before any registered service. */
  readonly pricing?: PricingService | undefined;
  /** Who serves the model (`openai`, `anthropic`, `aws.bedrock` …), for its price, where the response does not tell: `llm.provider`. */
  readonly provider?: string | undefined;
  /** Whether a budget that throws refuses the call once nothing is left. Default true for LLM and EMBEDDING spans, else false. */
  readonly spends?: boolean | undefined;
  /** The parameters' names, for minified builds: they cannot be read from the source there. */
  readonly parameters?: readonly string[] | undefined;
}

/** Options of `@TraceAgent`. */
export interface TraceAgentOptions<F extends AnyFn = AnyFn> extends Omit<
  TraceFunctionOptions<F>,
  'spanKind' | 'addCostTracking' | 'usage'
> {
  /** The agent's name: `agent.name`, and the span's name is `agent.<agentName>` (`agent.<agentName>.<method>` when on a class). */
  readonly agentName: Selected<string, F>;
  /** Who the agent is: `agent.role`. */
  readonly agentRole?: Selected<string | undefined, F> | undefined;
  /** What it is to do: `agent.task_description`. */
  readonly taskDescription?: Selected<string | undefined, F> | undefined;
}

/** Options of `@TraceLLM`. What is not given is read from the arguments and the result, where they have the shape of a provider's. */
export interface TraceLLMOptions<F extends AnyFn = AnyFn> extends Omit<
  TraceFunctionOptions<F>,
  'spanKind' | 'addCostTracking'
> {
  /** What the model is asked: text, a message, or a list of them, in any provider's form. Default: the request among the arguments. */
  readonly messages?: Selected<string | object | undefined, F> | undefined;
  /** The tools the model may call, as the provider takes them. */
  readonly tools?: Selected<readonly unknown[] | undefined, F> | undefined;
  /** Temperature, stop sequences … */
  readonly invocationParameters?: Selected<Readonly<Record<string, unknown>> | undefined, F> | undefined;
  /** The messages in the result, where it is no provider's response: text, a message, or a list of them. */
  readonly outputMessages?: ((result: ResultOf<F>, call: Call<F>) => unknown) | undefined;
}

/** Options of `@TraceTool`. */
export interface TraceToolOptions<F extends AnyFn = AnyFn> extends Omit<
  TraceFunctionOptions<F>,
  'spanKind' | 'addCostTracking' | 'usage'
> {
  /** `tool.name`. Default: the method's name. */
  readonly name?: string | undefined;
  /** `tool.description`: what the model is told of it. */
  readonly description?: string | undefined;
  /** `tool.json_schema`: the JSON Schema of its arguments. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of `@TraceRetriever`. */
export interface TraceRetrieverOptions<F extends AnyFn = AnyFn> extends Omit<
  TraceFunctionOptions<F>,
  'spanKind' | 'addCostTracking' | 'usage'
> {
  /**
   * The documents in the result, as texts or objects with `content` (`pageContent`, `text`), `id`, `score` and `metadata`. Default: the
   * result itself, or its `documents`, `matches`, `results`, `hits` or `data`.
   */
  readonly documents?: ((result: ResultOf<F>, call: Call<F>) => readonly unknown[] | undefined) | undefined;
}
