/**
 * Names of the OpenTelemetry GenAI conventions (Development; the published constants are deprecated, so the strings stand here), read from
 * spans of other libraries.
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

export const ANTHROPIC_CACHE_WRITE_1H_TOKENS = 'anthropic.usage.cache_creation.ephemeral_1h_input_tokens'; // tokens, subset of cache writes
export const ANTHROPIC_SERVICE_TIER = 'anthropic.response.service_tier'; // text
export const AI_SDK_OPERATION = 'ai.operationId'; // Vercel AI SDK: ai.generateText (a wrapper), ai.generateText.doGenerate (the call) …
export const AI_SDK_CACHE_READ_TOKENS = 'ai.usage.inputTokenDetails.cacheReadTokens'; // tokens, subset of input
export const AI_SDK_CACHE_WRITE_TOKENS = 'ai.usage.inputTokenDetails.cacheWriteTokens'; // tokens, subset of input
export const AI_SDK_REASONING_TOKENS = 'ai.usage.outputTokenDetails.reasoningTokens'; // tokens, subset of output
export const AI_SDK_PROVIDER_METADATA = 'ai.response.providerMetadata'; // JSON, with Anthropic's own usage in it
