/**
 * Names of the OpenTelemetry GenAI conventions (Development; the published constants are deprecated, so the strings stand here): read from
 * spans of other libraries, and written with `conventions: ['gen_ai']`.
 */
export const GEN_AI_OPERATION_NAME = 'gen_ai.operation.name'; // chat, text_completion, generate_content, embeddings, invoke_agent …
export const GEN_AI_PROVIDER_NAME = 'gen_ai.provider.name'; // openai, anthropic, aws.bedrock …
export const GEN_AI_SYSTEM = 'gen_ai.system'; // the provider's name before 1.37
export const GEN_AI_REQUEST_MODEL = 'gen_ai.request.model'; // text
export const GEN_AI_RESPONSE_MODEL = 'gen_ai.response.model'; // text
export const GEN_AI_RESPONSE_ID = 'gen_ai.response.id'; // text
export const GEN_AI_INPUT_TOKENS = 'gen_ai.usage.input_tokens'; // tokens, cached ones included
export const GEN_AI_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens'; // tokens, reasoning included
export const GEN_AI_CACHE_READ_TOKENS = 'gen_ai.usage.cache_read.input_tokens'; // tokens, subset of input
export const GEN_AI_CACHE_CREATION_TOKENS = 'gen_ai.usage.cache_creation.input_tokens'; // tokens, subset of input
export const GEN_AI_CACHE_WRITE_TOKENS = 'gen_ai.usage.cache_write.input_tokens'; // the same, as Anthropic's client writes it
export const GEN_AI_REASONING_TOKENS = 'gen_ai.usage.reasoning.output_tokens'; // tokens, subset of output
export const GEN_AI_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk'; // seconds
export const GEN_AI_REQUEST_TEMPERATURE = 'gen_ai.request.temperature'; // number
export const GEN_AI_REQUEST_TOP_P = 'gen_ai.request.top_p'; // number
export const GEN_AI_REQUEST_TOP_K = 'gen_ai.request.top_k'; // number
export const GEN_AI_REQUEST_MAX_TOKENS = 'gen_ai.request.max_tokens'; // tokens
export const GEN_AI_REQUEST_SEED = 'gen_ai.request.seed'; // number
export const GEN_AI_REQUEST_FREQUENCY_PENALTY = 'gen_ai.request.frequency_penalty'; // number
export const GEN_AI_REQUEST_PRESENCE_PENALTY = 'gen_ai.request.presence_penalty'; // number
export const GEN_AI_REQUEST_STOP_SEQUENCES = 'gen_ai.request.stop_sequences'; // list of strings
export const GEN_AI_CONVERSATION_ID = 'gen_ai.conversation.id'; // text, the session's id
export const GEN_AI_AGENT_NAME = 'gen_ai.agent.name'; // text
export const GEN_AI_AGENT_DESCRIPTION = 'gen_ai.agent.description'; // text, the agent's task
export const GEN_AI_TOOL_NAME = 'gen_ai.tool.name'; // text
export const GEN_AI_TOOL_DESCRIPTION = 'gen_ai.tool.description'; // text
export const GEN_AI_TOOL_CALL_ARGUMENTS = 'gen_ai.tool.call.arguments'; // JSON
export const GEN_AI_TOOL_CALL_RESULT = 'gen_ai.tool.call.result'; // JSON or text
export const GEN_AI_INPUT_MESSAGES = 'gen_ai.input.messages'; // JSON: a list of {role, parts}
export const GEN_AI_OUTPUT_MESSAGES = 'gen_ai.output.messages'; // JSON: a list of {role, parts}

export const ANTHROPIC_CACHE_WRITE_1H_TOKENS = 'anthropic.usage.cache_creation.ephemeral_1h_input_tokens'; // tokens, subset of cache writes
export const ANTHROPIC_SERVICE_TIER = 'anthropic.response.service_tier'; // text
export const AI_SDK_OPERATION = 'ai.operationId'; // Vercel AI SDK: ai.generateText (a wrapper), ai.generateText.doGenerate (the call) …
export const AI_SDK_CACHE_READ_TOKENS = 'ai.usage.inputTokenDetails.cacheReadTokens'; // tokens, subset of input
export const AI_SDK_CACHE_WRITE_TOKENS = 'ai.usage.inputTokenDetails.cacheWriteTokens'; // tokens, subset of input
export const AI_SDK_REASONING_TOKENS = 'ai.usage.outputTokenDetails.reasoningTokens'; // tokens, subset of output
export const AI_SDK_PROVIDER_METADATA = 'ai.response.providerMetadata'; // JSON, with Anthropic's own usage in it
