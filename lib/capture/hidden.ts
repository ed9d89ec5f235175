import { environmentVariable } from '../environment-variable.js';
import { checkOptions } from '../options.js';

/** What must not be recorded, whatever the options of a decorator say. */
export interface Hidden {
  /** Arguments, input messages, prompts, template variables, invocation and tool parameters; exception messages too, since they quote arguments. */
  readonly inputs: boolean;
  /** Results, chunks, output messages, retrieved documents; exception messages too. */
  readonly outputs: boolean;
  /** Images in messages. */
  readonly images: boolean;
  /** The vectors of embeddings; the whole output of EMBEDDING spans. */
  readonly embeddingVectors: boolean;
  /** The texts that were embedded; the whole input of EMBEDDING spans. */
  readonly embeddingText: boolean;
  /** `llm.invocation_parameters`: temperature, stop sequences … */
  readonly invocationParameters: boolean;
  /** Prompts of completions (`llm.prompts`), prompt templates and their variables. */
  readonly prompts: boolean;
  /** Answers of completions (`llm.choices`). */
  readonly choices: boolean;
  /** The tools that a model may call (`llm.tools`), with their schemas. */
  readonly tools: boolean;
  /** The metadata of scopes. */
  readonly metadata: boolean;
  /** Messages and stacks of exceptions; their types stay. */
  readonly exceptions: boolean;
}

/** The `hide` key of `configure`: `true` hides all content and leaves structure, times, tokens, cost, ids and tags. */
export type Hide = boolean | Partial<Hidden>;

/** The attributes that hold a kind of content: ours, OpenInference's, OpenTelemetry's, OpenLLMetry's, the AI SDK's, Langfuse's and Logfire's. */
const ATTRIBUTES: { readonly [K in keyof Hidden]: RegExp } = {
  inputs:
    /^(?:input\.(?!mime_type)|llm\.(?:input_messages|prompts|prompt_template\.variables|invocation_parameters|function_call)|tool\.parameters|tool_arguments$|all_messages_events$|langfuse\.(?:trace|observation)\.input|gen_ai\.(?:input\.messages|system_instructions|prompt|tool\.call\.arguments)|ai\.(?:prompt|toolCall\.args|values?$)|traceloop\.entity\.input|embedding\.embeddings\.\d+\.embedding\.text|reranker\.(?:query|input_documents))/,
  outputs:
    /^(?:output\.(?!mime_type)|llm\.(?:output_messages|choices)|retrieval\.documents|reranker\.output_documents|gen_ai\.(?:output\.messages|completion|tool\.call\.result|retrieval\.|event\.content)|ai\.(?:result\.|response\.(?:text|object|toolCalls|reasoning)|toolCall\.result)|traceloop\.entity\.output|tool_response$|final_result$|langfuse\.(?:trace|observation)\.output)/,
  images: /^llm\.(?:input|output)_messages\..*\bimage\b/,
  embeddingVectors: /^embedding\.embeddings\.\d+\.embedding\.vector/,
  embeddingText: /^embedding\.embeddings\.\d+\.embedding\.text/,
  invocationParameters: /^llm\.invocation_parameters$|^ai\.settings\./,
  prompts: /^llm\.prompts\b|^llm\.prompt_template\.(?:template|variables)$/,
  choices: /^llm\.choices\b/,
  tools: /^(?:llm\.tools\b|gen_ai\.tool\.definitions|ai\.prompt\.tools)/,
  metadata: /^(?:metadata(?:\.|$)|ai\.telemetry\.metadata\.|traceloop\.association\.properties\.)/,
  exceptions: /^(?:exception\.(?:message|stacktrace)|error\.message)$/,
};

const KINDS = Object.keys(ATTRIBUTES) as readonly (keyof Hidden)[];

/** OpenInference's switches, `OPENINFERENCE_HIDE_<name>`. Ours do not tell texts from messages: what holds one holds the other. */
const SWITCHES: { readonly [K in keyof Hidden]?: readonly string[] } = {
  inputs: ['INPUTS', 'INPUT_TEXT', 'INPUT_MESSAGES'],
  outputs: ['OUTPUTS', 'OUTPUT_TEXT', 'OUTPUT_MESSAGES'],
  images: ['INPUT_IMAGES', 'OUTPUT_IMAGES'],
  embeddingVectors: ['EMBEDDING_VECTORS', 'EMBEDDINGS_VECTORS'],
  embeddingText: ['EMBEDDINGS_TEXT'],
  invocationParameters: ['LLM_INVOCATION_PARAMETERS'],
  prompts: ['PROMPTS', 'LLM_PROMPTS'],
  choices: ['CHOICES'],
  tools: ['LLM_TOOLS'],
};

/** What the environment forbids to record: `true` and `1` turn a switch on, in any case. */
export function hiddenByEnvironment(): Hidden {
  const isOn = (name: string) => /^(?:true|1)$/i.test(environmentVariable(`OPENINFERENCE_HIDE_${name}`)?.trim() ?? '');
  return hidden((kind) => (SWITCHES[kind] ?? []).some(isOn));
}

/** What a `hide` key and the environment forbid together: code does not turn a switch of the environment off. Throws a TypeError for an unknown kind. */
export function hiddenBy(hide: Hide): Hidden {
  const byEnvironment = hiddenByEnvironment();
  if (typeof hide === 'boolean') return hide ? hidden(() => true) : byEnvironment;
  checkOptions('configure({ hide })', hide, KINDS);
  for (const kind of KINDS)
    if (hide[kind] !== undefined && typeof hide[kind] !== 'boolean')
      throw new TypeError(`configure({ hide }): expected ${kind} to be true or false, got ${typeof hide[kind]}.`);
  return hidden((kind) => hide[kind] === true || byEnvironment[kind]);
}

function hidden(is: (kind: keyof Hidden) => boolean): Hidden {
  const all = Object.fromEntries(KINDS.map((kind) => [kind, is(kind)])) as { -readonly [K in keyof Hidden]: boolean };
  // a message quotes what it complains about
  all.exceptions ||= all.inputs || all.outputs;
  return all;
}

/** Whether an attribute, by its name, is what must not be recorded. */
export function isHidden(name: string, what: Hidden): boolean {
  return KINDS.some((kind) => what[kind] && ATTRIBUTES[kind].test(name));
}
