/**
 * Attribute names of the OpenInference semantic conventions (spec/semantic_conventions.md). One line a name: unit or form.
 * A spec holds them equal to `@arizeai/openinference-semantic-conventions`.
 */
export const SPAN_KIND = 'openinference.span.kind'; // one of SPAN_KINDS, upper case; required on every span
export const INPUT_VALUE = 'input.value'; // text, or JSON when the mime type says so
export const INPUT_MIME_TYPE = 'input.mime_type'; // MIME_TEXT | MIME_JSON
export const OUTPUT_VALUE = 'output.value'; // text, or JSON when the mime type says so
export const OUTPUT_MIME_TYPE = 'output.mime_type'; // MIME_TEXT | MIME_JSON

export const LLM_PROVIDER = 'llm.provider'; // who serves the model: openai, anthropic, azure, aws, google …
export const LLM_INVOCATION_PARAMETERS = 'llm.invocation_parameters'; // JSON object
export const LLM_INPUT_MESSAGES = 'llm.input_messages'; // list: llm.input_messages.<i>.message.role …
export const LLM_OUTPUT_MESSAGES = 'llm.output_messages'; // list, as the input's
export const LLM_TOOLS = 'llm.tools'; // list: llm.tools.<i>.tool.json_schema
export const MESSAGE_ROLE = 'message.role'; // system | user | assistant | tool
export const MESSAGE_NAME = 'message.name'; // text
export const MESSAGE_CONTENT = 'message.content'; // text
export const MESSAGE_CONTENTS = 'message.contents'; // list of parts: message.contents.<j>.message_content.type …
export const MESSAGE_CONTENT_TYPE = 'message_content.type'; // text | reasoning | image
export const MESSAGE_CONTENT_TEXT = 'message_content.text'; // text
export const MESSAGE_CONTENT_IMAGE = 'message_content.image'; // holds the image's attributes
export const IMAGE_URL = 'image.url'; // message_content.image.image.url: address; of a data URL the head alone
export const MESSAGE_TOOL_CALL_ID = 'message.tool_call_id'; // the call that a message of role tool answers
export const MESSAGE_TOOL_CALLS = 'message.tool_calls'; // list: message.tool_calls.<j>.tool_call.id …
export const TOOL_CALL_ID = 'tool_call.id'; // text
export const TOOL_CALL_FUNCTION_NAME = 'tool_call.function.name'; // text
export const TOOL_CALL_FUNCTION_ARGUMENTS = 'tool_call.function.arguments'; // JSON object

export const TOOL_NAME = 'tool.name'; // text
export const TOOL_DESCRIPTION = 'tool.description'; // text
export const TOOL_PARAMETERS = 'tool.parameters'; // JSON: the arguments of the call, by name
export const TOOL_JSON_SCHEMA = 'tool.json_schema'; // JSON: the schema of a tool, with its name

export const RETRIEVAL_DOCUMENTS = 'retrieval.documents'; // list: retrieval.documents.<i>.document.content …
export const DOCUMENT_ID = 'document.id'; // text
export const DOCUMENT_CONTENT = 'document.content'; // text
export const DOCUMENT_SCORE = 'document.score'; // number, as the retriever scores
export const DOCUMENT_METADATA = 'document.metadata'; // JSON object

export const LLM_MODEL_NAME = 'llm.model_name'; // the response's model where known, else the request's

export const TOKENS_PROMPT = 'llm.token_count.prompt'; // tokens, cache reads and writes included
export const TOKENS_COMPLETION = 'llm.token_count.completion'; // tokens, reasoning included
export const TOKENS_TOTAL = 'llm.token_count.total'; // tokens, prompt + completion
export const TOKENS_CACHE_READ = 'llm.token_count.prompt_details.cache_read'; // tokens, subset of prompt
export const TOKENS_CACHE_WRITE = 'llm.token_count.prompt_details.cache_write'; // tokens, subset of prompt
export const TOKENS_PROMPT_AUDIO = 'llm.token_count.prompt_details.audio'; // tokens, subset of prompt
export const TOKENS_REASONING = 'llm.token_count.completion_details.reasoning'; // tokens, subset of completion
export const TOKENS_COMPLETION_AUDIO = 'llm.token_count.completion_details.audio'; // tokens, subset of completion

export const LLM_COST_PROMPT = 'llm.cost.prompt'; // USD
export const LLM_COST_COMPLETION = 'llm.cost.completion'; // USD
export const LLM_COST_TOTAL = 'llm.cost.total'; // USD

export const PROMPT_TEMPLATE = 'llm.prompt_template.template'; // text with its placeholders
export const PROMPT_TEMPLATE_VERSION = 'llm.prompt_template.version'; // text
export const PROMPT_TEMPLATE_VARIABLES = 'llm.prompt_template.variables'; // JSON object

export const SESSION_ID = 'session.id'; // text
export const USER_ID = 'user.id'; // text
export const METADATA = 'metadata'; // JSON object
export const TAGS = 'tag.tags'; // list of strings

export const AGENT_NAME = 'agent.name'; // text
export const GRAPH_NODE_ID = 'graph.node.id'; // text, unique in a trace's agent graph
export const GRAPH_NODE_NAME = 'graph.node.name'; // text
export const GRAPH_NODE_PARENT_ID = 'graph.node.parent_id'; // a graph.node.id; absent on a root

export const PROJECT_NAME = 'openinference.project.name'; // resource attribute: the project in Phoenix and Arize

export const MIME_TEXT = 'text/plain';
export const MIME_JSON = 'application/json';

/** The OpenInference span kinds. */
export const SPAN_KINDS = [
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
] as const;

/** An OpenInference span kind, as it is written on the wire. */
export type OpenInferenceSpanKind = (typeof SPAN_KINDS)[number];
