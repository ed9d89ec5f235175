import type { Attributes, Link, Span, SpanContext } from '@opentelemetry/api';
import type { CaptureArgs } from '../capture/capture-arguments.js';
import { Redaction, type Redact } from '../capture/redaction.js';
import { SPAN_KINDS, type OpenInferenceSpanKind } from '../conventions/openinference.js';
import type { PricingService } from '../cost/pricing-service.js';
import { checkOptions, nearest } from '../options.js';
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

/** All that a trace decorator or form may say about a span, after checking; the decorators differ in what they ask for. */
export interface TraceSettings extends TraceFunctionOptions {
  readonly agentName?: Selected<string> | undefined;
  readonly agentRole?: Selected<string | undefined> | undefined;
  readonly taskDescription?: Selected<string | undefined> | undefined;
  /** What a backend is to show of the call beside input and output. */
  readonly renders?: 'chat' | 'tool' | 'documents' | undefined;
  readonly messages?: Selected<string | object | undefined> | undefined;
  readonly tools?: Selected<readonly unknown[] | undefined> | undefined;
  readonly invocationParameters?: Selected<Readonly<Record<string, unknown>> | undefined> | undefined;
  readonly outputMessages?: ((result: any, call: Call) => unknown) | undefined;
  readonly toolName?: string | undefined;
  readonly toolDescription?: string | undefined;
  readonly toolSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly documents?: ((result: any, call: Call) => readonly unknown[] | undefined) | undefined;
}

const FUNCTION_OPTIONS = [
  'spanName', 'spanKind', 'captureArgs', 'captureResult', 'addCostTracking', 'modelName', 'modelNameAttr', 'attributes',
  'resultAttributes', 'usage', 'links', 'redact', 'pricing', 'provider', 'spends', 'parameters',
] as const satisfies readonly (keyof TraceFunctionOptions)[]; // prettier-ignore

/** The names of an agent's options. */
export const AGENT_OPTIONS = [
  ...FUNCTION_OPTIONS.filter((name) => name !== 'spanKind' && name !== 'addCostTracking' && name !== 'usage'),
  'agentName', 'agentRole', 'taskDescription',
]; // prettier-ignore

const without = (...left: string[]): readonly string[] => FUNCTION_OPTIONS.filter((name) => !left.includes(name));
const LLM_OPTIONS = [
  ...without('spanKind', 'addCostTracking'), 'messages', 'tools', 'invocationParameters', 'outputMessages',
]; // prettier-ignore
const TOOL_OPTIONS = [...without('spanKind', 'addCostTracking', 'usage'), 'name', 'description', 'schema'];
const RETRIEVER_OPTIONS = [...without('spanKind', 'addCostTracking', 'usage'), 'documents'];

/** Checks the options of a model call's span: {@link functionSettings} with the kind LLM, and what a chat shows. */
export function llmSettings(where: string, options: TraceLLMOptions): TraceSettings {
  checkOptions(where, options, LLM_OPTIONS);
  const { tools, invocationParameters, outputMessages } = options;
  expect(where, 'tools', tools, 'a list or a function of the call', (value) => Array.isArray(value) || isFunction(value)); // prettier-ignore
  expect(where, 'invocationParameters', invocationParameters, 'an object or a function of the call', (value) => isFunction(value) || isPlain(value)); // prettier-ignore
  expect(where, 'outputMessages', outputMessages, 'a function', isFunction);
  return checkedSettings(where, { ...options, spanKind: 'LLM', renders: 'chat' });
}

/** Checks the options of a tool's span: {@link functionSettings} with the kind TOOL, and what the tool is. */
export function toolSettings(where: string, options: TraceToolOptions): TraceSettings {
  checkOptions(where, options, TOOL_OPTIONS);
  const { name, description, schema, ...rest } = options;
  expect(where, 'name', name, 'a text that is not empty', (value) => typeof value === 'string' && value !== '');
  expect(where, 'description', description, 'a text', (value) => typeof value === 'string');
  expect(where, 'schema', schema, 'a JSON Schema object', isPlain);
  const tool = { toolName: name, toolDescription: description, toolSchema: schema };
  return checkedSettings(where, { ...rest, ...tool, spanKind: 'TOOL', renders: 'tool' });
}

/** Checks the options of a retriever's span: {@link functionSettings} with the kind RETRIEVER, and where its documents are. */
export function retrieverSettings(where: string, options: TraceRetrieverOptions): TraceSettings {
  checkOptions(where, options, RETRIEVER_OPTIONS);
  expect(where, 'documents', options.documents, 'a function', isFunction);
  return checkedSettings(where, { ...options, spanKind: 'RETRIEVER', renders: 'documents' });
}

/** Checks the options of a function's span. Throws a TypeError that names what does not fit. */
export function functionSettings(where: string, options: TraceFunctionOptions): TraceSettings {
  checkOptions(where, options, FUNCTION_OPTIONS);
  return checkedSettings(where, options);
}

/** Checks the options of an agent's span: {@link functionSettings} with the kind AGENT. */
export function agentSettings(where: string, options: TraceAgentOptions): TraceSettings {
  checkOptions(where, options, AGENT_OPTIONS);
  const { agentName } = options;
  if (typeof agentName !== 'function' && (typeof agentName !== 'string' || agentName.trim() === ''))
    throw new TypeError(`${where}: agentName is required: pass a name that is not empty, or a function of the call.`);
  return checkedSettings(where, { ...options, spanKind: 'AGENT' });
}

function checkedSettings(where: string, options: TraceSettings): TraceSettings {
  const { spanKind, captureArgs, pricing, parameters } = options;
  for (const name of ['resultAttributes', 'usage'] as const)
    expect(where, name, options[name], 'a function', isFunction);
  for (const name of ['captureResult', 'addCostTracking', 'spends'] as const)
    expect(where, name, options[name], 'true or false', isBoolean);
  for (const name of ['spanName', 'modelName', 'agentRole', 'taskDescription'] as const)
    expect(
      where,
      name,
      options[name],
      'a string or a function of the call',
      (value) => typeof value === 'string' || isFunction(value),
    );
  expect(
    where,
    'modelNameAttr',
    options.modelNameAttr,
    'a parameter or property name',
    (value) => typeof value === 'string' && value !== '',
  );
  expect(
    where,
    'captureArgs',
    captureArgs,
    'true, false or a list of parameter names',
    (value) => isBoolean(value) || isNames(value),
  );
  expect(where, 'parameters', parameters, 'a list of parameter names', isNames);
  expect(where, 'provider', options.provider, 'a name that is not empty', (value) => typeof value === 'string' && value !== ''); // prettier-ignore
  expect(
    where,
    'links',
    options.links,
    'a list of links or a function of the call',
    (value) => Array.isArray(value) || isFunction(value),
  );
  expect(
    where,
    'attributes',
    options.attributes,
    'an object or a function of the call',
    (value) => isFunction(value) || (typeof value === 'object' && !Array.isArray(value)),
  );
  expect(
    where,
    'pricing',
    pricing,
    'a PricingService (an object with price())',
    (value) => typeof (value as PricingService | null)?.price === 'function',
  );
  if (options.redact !== undefined) checkRedact(where, options.redact);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as TraceSettings;
  return spanKind === undefined ? given : { ...given, spanKind: checkedKind(where, spanKind) };
}

function checkRedact(where: string, redact: Redact): void {
  if (typeof redact !== 'function')
    expect(where, 'redact', redact, 'rules or a function', (value) => typeof value === 'object' && value !== null);
  try {
    Redaction.standard.with(redact);
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`${where}: ${error.message}`) : error;
  }
}

function checkedKind(where: string, kind: unknown): OpenInferenceSpanKind {
  const upper = String(kind).toUpperCase() as OpenInferenceSpanKind;
  if (SPAN_KINDS.includes(upper)) return upper;
  const near = nearest(upper, SPAN_KINDS);
  throw new TypeError(
    `${where}: unknown spanKind "${String(kind)}".${near ? ` Did you mean "${near}"?` : ''} Known kinds: ${SPAN_KINDS.join(', ')}.`,
  );
}

function expect(where: string, name: string, value: unknown, what: string, test: (value: unknown) => boolean): void {
  if (value !== undefined && !test(value))
    throw new TypeError(
      `${where}: expected ${name} to be ${what}, got ${value === null ? 'null' : typeof value === 'string' ? JSON.stringify(value) : typeof value}.`,
    );
}

const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');
