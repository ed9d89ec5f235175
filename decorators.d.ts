// The decorators of spandrel: everything there is to read. Made by `npm run contract`; do not edit.

import type { Attributes, Link, Span, SpanContext } from '@opentelemetry/api';

/**
 * Traces each call of a method, or of every method of a class, as one span: its arguments, result, duration, and for LLM and EMBEDDING
 * spans tokens and cost.
 *
 * ```ts
 * class Classifier {
 *   @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
 *   classify(transcript: string, model: string) {
 *     return this.llm.chat.completions.create({ model, messages: [{ role: 'user', content: transcript }] });
 *   }
 * }
 * ```
 *
 * `@TraceFunction<Service['method']>({ … })` types what selectors get. Throws while decorating for an option that does not fit.
 */
export declare function TraceFunction<F extends AnyFn = AnyFn>(options?: TraceFunctionOptions<F>): SpandrelDecorator<F>;

/** Options of `@TraceFunction` and `traced`. Where a selector is allowed, it is called with the call; an option that is `undefined` counts as not given. */
export declare interface TraceFunctionOptions<F extends AnyFn = AnyFn> {
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
export declare function TraceAgent<F extends AnyFn = AnyFn>(options: TraceAgentOptions<F>): SpandrelDecorator<F>;

/** Options of `@TraceAgent`. */
export declare interface TraceAgentOptions<F extends AnyFn = AnyFn> extends Omit<
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
export declare function TraceLLM<F extends AnyFn = AnyFn>(options?: TraceLLMOptions<F>): SpandrelDecorator<F>;

/** Options of `@TraceLLM`. What is not given is read from the arguments and the result, where they have the shape of a provider's. */
export declare interface TraceLLMOptions<F extends AnyFn = AnyFn> extends Omit<
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

/**
 * Traces each call of a method as a tool's: kind TOOL, with the tool's name, description and schema, and the arguments by name.
 *
 * ```ts
 * class Tools {
 *   @TraceTool({ name: 'lookup_account', description: 'Finds a customer by id' })
 *   lookup(id: string) { … }
 * }
 * ```
 *
 * What the call cost is said by `recordCost()`. Throws while decorating for an option that does not fit.
 */
export declare function TraceTool<F extends AnyFn = AnyFn>(options?: TraceToolOptions<F>): SpandrelDecorator<F>;

/** Options of `@TraceTool`. */
export declare interface TraceToolOptions<F extends AnyFn = AnyFn> extends Omit<
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

/**
 * Traces each call of a method as a search: kind RETRIEVER, with the documents it found, in the form that a backend shows.
 *
 * ```ts
 * class Notes {
 *   @TraceRetriever()
 *   async search(query: string) {
 *     return [{ id: 'n1', content: 'Acme wants SSO', score: 0.92 }];
 *   }
 * }
 * ```
 *
 * Throws while decorating for an option that does not fit.
 */
export declare function TraceRetriever<F extends AnyFn = AnyFn>(
  options?: TraceRetrieverOptions<F>,
): SpandrelDecorator<F>;

/** Options of `@TraceRetriever`. */
export declare interface TraceRetrieverOptions<F extends AnyFn = AnyFn> extends Omit<
  TraceFunctionOptions<F>,
  'spanKind' | 'addCostTracking' | 'usage'
> {
  /**
   * The documents in the result, as texts or objects with `content` (`pageContent`, `text`), `id`, `score` and `metadata`. Default: the
   * result itself, or its `documents`, `matches`, `results`, `hits` or `data`.
   */
  readonly documents?: ((result: ResultOf<F>, call: Call<F>) => readonly unknown[] | undefined) | undefined;
}

/**
 * Puts a prompt template, its version and its variables on every span started inside each call, of other libraries too. Makes no span.
 * Where our decorators also trace the method, the method's own span has them too.
 *
 * ```ts
 * @PromptTemplate(classifyPrompt, ({ args: [transcript] }) => ({ transcript }))
 * classify(transcript: string) { … }
 *
 * @PromptTemplate('Analyze this call: {transcript}') // the first argument has the variables as properties
 * analyze(input: { transcript: string }) { … }
 * ```
 *
 * The template is a text, `{ template, version?, name? }`, or what `definePrompt` gave. Without a version, a hash of the text is the version.
 */
export declare function PromptTemplate<const T extends string>(template: PromptInput<T>): PromptDecorator<T>;

export declare function PromptTemplate<const T extends string, F extends AnyFn = AnyFn>(
  template: PromptInput<T>,
  variables: Selected<VariableValues<T>, F>,
): SpandrelDecorator<F>;

/**
 * Defines a prompt once, to be rendered and recorded under one name and version.
 *
 * ```ts
 * const classify = definePrompt({ name: 'classify', version: '2.0', template: 'Analyze this call: {transcript}' });
 * classify.render({ transcript: 'Hello.' }); // 'Analyze this call: Hello.'
 * ```
 *
 * Placeholders are `{name}` or `{{name}}`. Without a version, a hash of the template is the version.
 */
export declare function definePrompt<const T extends string>(prompt: {
  readonly name: string;
  readonly version?: string | undefined;
  readonly template: T;
}): PromptDefinition<T>;

/**
 * Puts session, user, tags and metadata on every span started inside each call, of other libraries too. Makes no span.
 *
 * ```ts
 * @SessionScoped({ sessionId: ({ self }) => self.sessionId, tags: ['production'] })
 * class CallAnalyzer { … }
 * ```
 *
 * Without `sessionId`: the enclosing scope's, else the session provider's in the container, else none and one warning.
 */
export declare function SessionScoped<F extends AnyFn = AnyFn>(options?: SessionOptions<F>): SpandrelDecorator<F>;

/** Options of `@SessionScoped`. Each may be a value or a function of the call; one that is `undefined` is inherited from the enclosing scope. */
export declare interface SessionOptions<F extends AnyFn = AnyFn> {
  /** `session.id`; not empty. Without it: the enclosing scope's, else the session provider's in the container. */
  readonly sessionId?: Selected<string | undefined, F> | PerInstance | undefined;
  /** `user.id`; not empty. */
  readonly userId?: Selected<string | undefined, F> | undefined;
  /** `tag.tags`; united with the enclosing scope's, outer ones first. */
  readonly tags?: Selected<readonly string[] | undefined, F> | undefined;
  /** `metadata`; merged into the enclosing scope's, key by key at every level. */
  readonly metadata?: Selected<Readonly<Record<string, unknown>> | undefined, F> | undefined;
}

/** A `sessionId` that is made once for each instance (for a static method: each class): `@SessionScoped({ sessionId: perInstance() })`. */
export declare function perInstance(): PerInstance;

/**
 * In the `links` option: a link to the last call with this link in the same session, of type `previous_turn`. Within one process; the
 * first turn of a session, and calls without a session, get none.
 *
 * ```ts
 * @TraceAgent({ agentName: 'assistant', links: [previousTurn()] })
 * ```
 */
export declare function previousTurn(): PreviousTurn;

/**
 * Gives each call a budget: counts what everything below it costs, sampled or not, with an SDK or without. Makes no span.
 *
 * ```ts
 * class Researcher {
 *   @CostBudget({ maxUsd: 0.5, onExceeded: 'throw' })
 *   async research(question: string) { … }
 * }
 * ```
 *
 * With `throw`, a call that would spend more is refused with a {@link CostBudgetExceededError} before its body runs: async functions and
 * generators reject, others throw. Throws while decorating for an option that does not fit.
 */
export declare function CostBudget<F extends AnyFn = AnyFn>(options: CostBudgetOptions<F>): SpandrelDecorator<F>;

/** Options of `@CostBudget`. */
export declare interface CostBudgetOptions<F extends AnyFn = AnyFn> {
  /** The most that everything below may cost, in USD; 0 allows nothing. */
  readonly maxUsd: Selected<number, F>;
  /**
   * `warn` (default): one warning. `throw`: calls that spend (LLM, EMBEDDING, `spends: true`) are refused once nothing is left, before
   * their body runs, and the budget's signal is aborted once the limit is exceeded. A function: called once with the budget.
   */
  readonly onExceeded?: OnExceeded | undefined;
}

/** Leaves a method out of its class's decorators; what decorates the method itself still holds. */
export declare function Untraced(): UntracedDecorator;

// The types that appear above.

export declare type AnyFn = (this: any, ...args: any[]) => any;

/** What our decorators are: for methods, for fields that hold a function (under standard decorators), and for classes. */
export declare type SpandrelDecorator<
  M extends AnyFn = AnyFn,
  Why extends string =
    'This decorator goes on a method of this type, on a field that holds a function (not under experimentalDecorators), or on a class',
> = MethodDecoratorOf<M> & FieldDecoratorOf<M> & ClassDecoratorOf & Misplaced<Why>;

/** A value, or a function of the call that gives it at once. Traced functions that it calls run bare: they are not part of the call. */
export declare type Selected<T, F extends AnyFn = AnyFn> = T | ((call: Call<F>) => T);

/** A span kind in upper or lower case; on the wire it is upper case. */
export declare type SpanKindName = OpenInferenceSpanKind | Lowercase<OpenInferenceSpanKind>;

/** What a traced function's result is, after its promise. */
export declare type ResultOf<F extends AnyFn> = Awaited<ReturnType<F>>;

/** One call of a decorated function, as selectors see it. */
export declare interface Call<F extends AnyFn = AnyFn> {
  /** The `this` of the call. */
  readonly self: any;
  /** The arguments as they were given. */
  readonly args: Parameters<F>;
  /** The class that declares the method; undefined for a function, or when it cannot be told. */
  readonly className: string | undefined;
  readonly methodName: string;
}

/** Something a span can link to: a link, a span, a span's context, or the turn before. */
export declare type Linkable = Link | Span | SpanContext | PreviousTurn;

/** A prompt template as the forms take it: its text, its text with name and version, or a definition. */
export declare type PromptInput<T extends string = string> =
  | T
  | {
      readonly template: T;
      readonly version?: string | undefined;
      readonly name?: string | undefined;
    }
  | PromptDefinition<T>;

/** {@link SpandrelDecorator} of methods whose first argument has the template's variables as properties. */
export declare type PromptDecorator<T extends string> = SpandrelDecorator<
  TakesVariables<T>,
  'The first argument of the method lacks a variable of the template: name its properties as the variables, or give PromptTemplate the values'
>;

/** Values of a template's variables; a function, which has a `name` and a `length` too, is none. */
export declare type VariableValues<T extends string> = VariablesOf<T> & {
  readonly [Symbol.hasInstance]?: never;
};

/** A prompt with a name and a version, whose variables the compiler knows. Made by {@link definePrompt}. */
export declare interface PromptDefinition<T extends string = string> {
  readonly name: string;
  readonly version: string;
  readonly template: T;
  /** The names in the template's placeholders, in order. */
  readonly variableNames: readonly TemplateVariables<T>[];
  /** The template with its placeholders filled in. Throws a TypeError that names what is missing. */
  render(
    ...variables: [TemplateVariables<T>] extends [never] ? [variables?: VariablesOf<T>] : [variables: VariablesOf<T>]
  ): string;
}

/** Asks for a session id of its own for each instance; made by {@link perInstance}. */
export declare interface PerInstance {
  readonly perInstance: true;
}

/** Asks for a link to the call before in the same session; made by {@link previousTurn}. */
export declare interface PreviousTurn {
  readonly previousTurn: true;
}

/** What happens when a budget is exceeded: a warning, calls that spend are refused, or a function of yours, called once. */
export declare type OnExceeded = 'warn' | 'throw' | ((budget: Budget) => void);

/** A decorator of methods alone. */
export declare type UntracedDecorator = MethodDecoratorOf<AnyFn> & Misplaced<'This decorator goes on a method'>;

/** A method decorator in both protocols. It takes the method's own type and gives it back: generics, overloads and predicates stay. */
export declare interface MethodDecoratorOf<M extends AnyFn> {
  <F extends M>(value: F, context: ClassMethodDecoratorContext<any, F>): F | void;
  <F extends M>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F> | void;
}

/** A decorator of a field that holds a function; standard protocol only. */
export declare interface FieldDecoratorOf<M extends AnyFn> {
  <T, F extends M>(value: undefined, context: ClassFieldDecoratorContext<T, F>): (this: T, initial: F) => F;
}

/** A class decorator in both protocols; it changes the class in place. */
export declare interface ClassDecoratorOf {
  <
    C extends {
      readonly prototype: object;
    },
  >(
    value: C,
    context?: ClassDecoratorContext<any>,
  ): void;
}

/** Never called: what the compiler says where a decorator cannot stand. */
export declare interface Misplaced<Why extends string> {
  (value: unknown, context: Why, descriptor?: unknown): never;
}

/** A method whose first argument has the template's variables as properties; any method where the template has none, or is no literal. */
export declare type TakesVariables<T extends string> = string extends T
  ? AnyFn
  : [TemplateVariables<T>] extends [never]
    ? AnyFn
    : {
        takes(
          first: {
            readonly [K in TemplateVariables<T>]: any;
          },
          ...rest: any[]
        ): any;
      }['takes'];

/** Values for the variables of a template. */
export declare type VariablesOf<T extends string> = {
  readonly [K in TemplateVariables<T>]: unknown;
};

/** The names in a template's `{placeholders}` and `{{mustache}}` tags; any name where the template is not a literal. */
export declare type TemplateVariables<T extends string> = string extends T ? string : VariablesIn<T>;

/** What was spent inside a budget so far. */
export declare interface Budget {
  /** The limit, in USD. */
  readonly maxUsd: number;
  /** What the calls inside it have cost so far, in USD, those of budgets inside it included; calls without a known price cost nothing here. */
  readonly spentUsd: number;
  /** What is left, in USD; 0 when it is exceeded. */
  readonly remainingUsd: number;
  /** Whether more was spent than the limit allows. */
  readonly exceeded: boolean;
  /** Aborted when a budget that throws is exceeded, this one or one around it: hand it to the provider's client to stop calls under way. */
  readonly signal: AbortSignal;
}

// What these are made of.

/** Which arguments are recorded: all, none, or those of these parameter names. */
declare type CaptureArgs = boolean | readonly string[];

/** The `redact` option: rules, or a function alone. */
declare type Redact = RedactionRules | Redactor;

/**
 * Prices model calls. Register one under `PRICING_SERVICE` in your container, or pass it as the `pricing` option.
 * `undefined` means "I do not know this model": the next service is asked, at last the default one.
 */
declare interface PricingService {
  /** Synchronous. May throw: the next service is asked then. */
  price(request: PriceRequest): Price | undefined;
}

/** An OpenInference span kind, as it is written on the wire. */
declare type OpenInferenceSpanKind = (typeof SPAN_KINDS)[number];

/** What to withhold beside the default: values under keys, matches of patterns, or what a function of yours removes. */
declare interface RedactionRules {
  /** Whole key names; case and separators do not matter. */
  readonly keys?: readonly string[] | undefined;
  /** Each match is replaced by `__REDACTED__`. */
  readonly patterns?: readonly RegExp[] | undefined;
  /** Called with each text, at most 512 characters longer than its limit, after the other rules. */
  readonly redactor?: Redactor | undefined;
}

/** Gives the text that may be recorded. When it throws or gives no string, the text is withheld. */
declare type Redactor = (text: string) => string;

/** What is asked of a {@link PricingService}: one model call. */
declare interface PriceRequest {
  /** The model's name as the provider or the caller gave it. */
  readonly model: string;
  /** Who serves it, in OpenTelemetry's spelling, where known. */
  readonly provider?: string | undefined;
  readonly usage: TokenUsage;
  /** `default`, `flex`, `priority`, `batch` …, where known. */
  readonly serviceTier?: string | undefined;
  /** When the call was made: prices change. */
  readonly at: Date;
}

/** A cost in USD. `totalUsd` = input + output + other, or a total alone where the parts are not known. */
declare interface Price {
  readonly inputUsd?: number | undefined;
  readonly outputUsd?: number | undefined;
  /** What is neither input nor output: per-request fees, searches. */
  readonly otherUsd?: number | undefined;
  readonly totalUsd: number;
  /** ISO date on which the price was checked. */
  readonly priceDate?: string | undefined;
}

/** The OpenInference span kinds. */
declare const SPAN_KINDS: readonly [
  'LLM',
  'EMBEDDING',
  'CHAIN',
  'RETRIEVER',
  'RERANKER',
  'TOOL',
  'AGENT',
  'GUARDRAIL',
  'EVALUATOR',
  'PROMPT',
];

/**
 * Tokens of one model call, counted as OpenInference counts: `prompt` includes what was read from and written to the cache,
 * `completion` includes reasoning; the other fields are subsets of these two. A missing field means "not reported", never zero.
 */
declare interface TokenUsage {
  /** Prompt tokens, cache reads and writes and audio included. */
  readonly prompt?: number | undefined;
  /** Completion tokens, reasoning and audio included. */
  readonly completion?: number | undefined;
  /** Of the prompt: read from the provider's cache. */
  readonly cacheRead?: number | undefined;
  /** Of the prompt: written to the provider's cache, for any time to live. */
  readonly cacheWrite?: number | undefined;
  /** Of `cacheWrite`: written for one hour (Anthropic's dearer rate). */
  readonly cacheWrite1h?: number | undefined;
  /** Of the completion: reasoning (thinking) tokens. */
  readonly reasoning?: number | undefined;
  /** Of the prompt: audio. */
  readonly promptAudio?: number | undefined;
  /** Of the completion: audio. */
  readonly completionAudio?: number | undefined;
}

declare type VariablesIn<T extends string, Found extends string = never> = T extends `${string}{${infer Rest}`
  ? Rest extends `{${infer Name}}}${infer After}`
    ? IsName<Trim<Name>> extends true
      ? VariablesIn<After, Found | Trim<Name>>
      : VariablesIn<Rest, Found>
    : Rest extends `${infer Name}}${infer After}`
      ? IsName<Trim<Name>> extends true
        ? VariablesIn<After, Found | Trim<Name>>
        : VariablesIn<Rest, Found>
      : Found
  : Found;

declare type IsName<S extends string> = S extends `${Digit}${string}` | '' ? false : IsAllNameCharacters<S>;

declare type Trim<S extends string> = S extends ` ${infer R}` | `${infer R} ` ? Trim<R> : S;

declare type Digit = CharactersOf<'0123456789'>;

declare type IsAllNameCharacters<S extends string> = S extends `${infer C}${infer Rest}`
  ? C extends NotInNames
    ? false
    : IsAllNameCharacters<Rest>
  : true;

declare type CharactersOf<S extends string, Found extends string = never> = S extends `${infer C}${infer Rest}`
  ? CharactersOf<Rest, Found | C>
  : Found;

declare type NotInNames = CharactersOf<typeof NOT_IN_NAMES>;

/** What no variable's name holds: `{ "json": 1 }`, `{user.name}`, `{…}` and other prose in braces is text. The compiler and the template read this one list. */
declare const NOT_IN_NAMES = ' \t\r\n!"#%&\'()*+,-./:;<=>?@[\\]^`{|}~\u2026\u2013\u2014\u201C\u201D\u2018\u2019';
