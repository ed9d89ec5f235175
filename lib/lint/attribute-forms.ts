import * as agent from '../conventions/agent.js';
import * as cost from '../conventions/cost.js';
import * as openInference from '../conventions/openinference.js';
import * as performance from '../conventions/performance.js';
import * as spandrel from '../conventions/spandrel.js';

/** What the value of an attribute must be. */
export type Form = 'text' | 'count' | 'number' | 'amount' | 'texts' | 'numbers' | 'object' | 'json' | 'mime' | 'true';

const each = (form: Form, ...names: readonly string[]) => names.map((name) => [name, form] as const);

/** The known attributes: of OpenInference (spec/semantic_conventions.md, 2.12), and ours. `<i>` stands for an index. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  ...each('text', openInference.SPAN_KIND, openInference.INPUT_VALUE, openInference.OUTPUT_VALUE),
  ...each('mime', openInference.INPUT_MIME_TYPE, openInference.OUTPUT_MIME_TYPE),
  ...each('text', 'input.images.<i>.image.url', 'output.images.<i>.image.url', 'image.url', 'video.url'),
  ...each('text', openInference.LLM_MODEL_NAME, 'llm.request.model_name', 'llm.response.model_name', 'llm.system'),
  ...each('text', openInference.LLM_PROVIDER, 'llm.finish_reason', 'llm.prompts.<i>.prompt.text', 'llm.choices.<i>.completion.text'), // prettier-ignore
  ...each('object', openInference.LLM_INVOCATION_PARAMETERS),
  ...each('json', 'llm.function_call', 'llm.tools.<i>.tool.json_schema'),
  ...['llm.input_messages', 'llm.output_messages'].flatMap((list) => messageForms(`${list}.<i>.`)),
  ...each('count', openInference.TOKENS_PROMPT, openInference.TOKENS_COMPLETION, openInference.TOKENS_TOTAL),
  ...each('count', openInference.TOKENS_CACHE_READ, openInference.TOKENS_CACHE_WRITE, openInference.TOKENS_PROMPT_AUDIO), // prettier-ignore
  ...each('count', openInference.TOKENS_REASONING, openInference.TOKENS_COMPLETION_AUDIO),
  ...each('count', 'llm.token_count.prompt_details.cache_input'),
  ...each('amount', openInference.LLM_COST_PROMPT, openInference.LLM_COST_COMPLETION, openInference.LLM_COST_TOTAL),
  ...['input', 'cache_write', 'cache_read', 'cache_input', 'audio'].map((one) => [`llm.cost.prompt_details.${one}`, 'amount'] as const), // prettier-ignore
  ...['output', 'reasoning', 'audio'].map((one) => [`llm.cost.completion_details.${one}`, 'amount'] as const),
  ...each('text', openInference.PROMPT_TEMPLATE, openInference.PROMPT_TEMPLATE_VERSION),
  ...each('object', openInference.PROMPT_TEMPLATE_VARIABLES, openInference.METADATA),
  ...each('text', 'prompt.vendor', 'prompt.id', 'prompt.url'),
  ...each('text', openInference.SESSION_ID, openInference.USER_ID, openInference.AGENT_NAME),
  ...each('texts', openInference.TAGS),
  ...each('text', openInference.GRAPH_NODE_ID, openInference.GRAPH_NODE_NAME, openInference.GRAPH_NODE_PARENT_ID),
  ...each('text', openInference.TOOL_NAME, openInference.TOOL_DESCRIPTION, 'tool.id', 'tool_call.id'),
  ...each('object', openInference.TOOL_PARAMETERS),
  ...each('json', openInference.TOOL_JSON_SCHEMA),
  ...['retrieval.documents', 'reranker.input_documents', 'reranker.output_documents'].flatMap((list) => [
    ...each('text', `${list}.<i>.document.id`, `${list}.<i>.document.content`),
    ...each('number', `${list}.<i>.document.score`),
    ...each('object', `${list}.<i>.document.metadata`),
  ]),
  ...each('text', 'embedding.model_name', 'embedding.text', 'embedding.embeddings.<i>.embedding.text'),
  ...each('numbers', 'embedding.vector', 'embedding.embeddings.<i>.embedding.vector'),
  ...each('object', 'embedding.invocation_parameters'),
  ...each('text', 'reranker.query', 'reranker.model_name'),
  ...each('count', 'reranker.top_k'),
  ...['', 'trace.', 'session.'].flatMap((of) =>
    ['annotations.<i>.annotation', 'evaluations.<i>.evaluation'].flatMap((one) => [
      ...['name', 'label', 'explanation', 'annotator_kind', 'identifier'].map((part) => [`${of}${one}.${part}`, 'text'] as const), // prettier-ignore
      [`${of}${one}.score`, 'number'] as const,
      [`${of}${one}.metadata`, 'object'] as const,
    ]),
  ),
  ...each('amount', cost.COST_TOTAL_USD, cost.COST_INPUT_USD, cost.COST_OUTPUT_USD, cost.COST_OTHER_USD),
  ...each('count', cost.COST_PROMPT_TOKENS, cost.COST_COMPLETION_TOKENS, cost.COST_TOTAL_TOKENS),
  ...each('text', cost.COST_MODEL_NAME, cost.COST_SOURCE, cost.COST_PRICE_DATE, cost.COST_UNPRICED_MODEL, cost.COST_AGENT_NAME), // prettier-ignore
  ...each('amount', cost.BUDGET_LIMIT_USD, cost.BUDGET_SPENT_USD, cost.RECORDED_USD, cost.ROLLUP_TOTAL_USD),
  ...each('text', cost.RECORDED_REASON),
  ...each('count', cost.ROLLUP_PROMPT_TOKENS, cost.ROLLUP_COMPLETION_TOKENS, cost.ROLLUP_LLM_CALLS),
  ...each('true', cost.ROLLUP_INCOMPLETE, spandrel.CANCELLED),
  ...each('texts', spandrel.TRUNCATED),
  ...each('text', agent.AGENT_ROLE, agent.AGENT_TASK_DESCRIPTION),
  ...each('amount', performance.DURATION_SECONDS, performance.LATENCY_MS, performance.TIME_TO_FIRST_CHUNK_MS),
  ...each('count', performance.CHUNKS),
  ...each('text', 'link.<i>.trace_id', 'link.<i>.span_id', 'link.<i>.type'),
]);

function messageForms(start: string): (readonly [string, Form])[] {
  const call = `${start}message.tool_calls.<i>.tool_call.`;
  const part = `${start}message.contents.<i>.message_content.`;
  return [
    ...each('text', `${start}message.role`, `${start}message.content`, `${start}message.name`),
    ...each('text', `${start}message.tool_call_id`, `${start}message.function_call_name`),
    ...each('json', `${start}message.function_call_arguments_json`),
    ...each('text', `${call}id`, `${call}function.name`, `${call}reasoning_signature`),
    ...each('json', `${call}function.arguments`),
    ...each('text', `${part}type`, `${part}text`, `${part}image.image.url`, `${part}audio.audio.url`),
    ...each('text', `${part}id`, `${part}signature`, `${part}data`, `${part}encrypted_content`, `${part}video.video.url`), // prettier-ignore
    ...each('text', `${part}audio.audio.mime_type`, `${part}audio.audio.transcript`),
  ];
}

/** The name with `<i>` in the place of indices. */
export const withoutIndices = (name: string): string => name.replace(/\.\d+(?=\.|$)/g, '.<i>');

/** What the value of an attribute must be; undefined for one that no convention names. */
export const formOf = (name: string): Form | undefined => FORMS.get(withoutIndices(name));

/** Every known name, with `<i>` in the place of indices. */
export const KNOWN_NAMES: readonly string[] = [...FORMS.keys()];
