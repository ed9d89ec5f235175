import type { Attributes } from '@opentelemetry/api';
import {
  AI_SDK_CACHE_READ_TOKENS,
  AI_SDK_CACHE_WRITE_TOKENS,
  AI_SDK_OPERATION,
  AI_SDK_PROVIDER_METADATA,
  AI_SDK_REASONING_TOKENS,
  ANTHROPIC_CACHE_WRITE_1H_TOKENS,
  ANTHROPIC_SERVICE_TIER,
  GEN_AI_CACHE_CREATION_TOKENS,
  GEN_AI_CACHE_READ_TOKENS,
  GEN_AI_CACHE_WRITE_TOKENS,
  GEN_AI_INPUT_TOKENS,
  GEN_AI_OPERATION_NAME,
  GEN_AI_OUTPUT_TOKENS,
  GEN_AI_PROVIDER_NAME,
  GEN_AI_REASONING_TOKENS,
  GEN_AI_REQUEST_MODEL,
  GEN_AI_RESPONSE_ID,
  GEN_AI_RESPONSE_MODEL,
  GEN_AI_SYSTEM,
} from '../conventions/gen-ai.js';
import {
  LLM_MODEL_NAME,
  SPAN_KIND,
  TOKENS_CACHE_READ,
  TOKENS_CACHE_WRITE,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  TOKENS_REASONING,
} from '../conventions/openinference.js';
import type { ModelResponse } from '../cost/model-response.js';
import { countAt, field } from '../cost/readers/fields.js';
import type { TokenUsage } from '../cost/token-usage.js';
import { safely } from '../safely.js';

/** The operations that call a model; `invoke_agent` and the like wrap such calls. */
const MODEL_OPERATIONS = new Set(['chat', 'text_completion', 'generate_content', 'embeddings']);
const AI_SDK_CALL = /\.do(?:Generate|Stream|Embed)$/;

/** Whether a span of another library stands for one call of a model, as far as its attributes say so now. */
export function isModelCall(attributes: Attributes): boolean {
  const aiSdk = attributes[AI_SDK_OPERATION];
  if (typeof aiSdk === 'string') return AI_SDK_CALL.test(aiSdk);
  const operation = attributes[GEN_AI_OPERATION_NAME];
  if (typeof operation === 'string') return MODEL_OPERATIONS.has(operation);
  return attributes[SPAN_KIND] === 'LLM' || attributes[SPAN_KIND] === 'EMBEDDING';
}

/** Whether that call makes embeddings. */
export function isEmbedding(attributes: Attributes): boolean {
  return (
    attributes[GEN_AI_OPERATION_NAME] === 'embeddings' ||
    attributes[SPAN_KIND] === 'EMBEDDING' ||
    /\.doEmbed$/.test(String(attributes[AI_SDK_OPERATION]))
  );
}

/** What a span reports of its call: under OpenInference's names, else under the GenAI ones; undefined without tokens. */
export function reportedResponse(attributes: Attributes): ModelResponse | undefined {
  const number = (...names: string[]): number | undefined => {
    for (const name of names) if (typeof attributes[name] === 'number') return attributes[name];
    return undefined;
  };
  const text = (...names: string[]): string | undefined => {
    for (const name of names)
      if (typeof attributes[name] === 'string' && attributes[name] !== '') return attributes[name];
    return undefined;
  };
  const usage: TokenUsage = {
    prompt: number(TOKENS_PROMPT, GEN_AI_INPUT_TOKENS),
    completion: number(TOKENS_COMPLETION, GEN_AI_OUTPUT_TOKENS),
    cacheRead: number(TOKENS_CACHE_READ, GEN_AI_CACHE_READ_TOKENS, AI_SDK_CACHE_READ_TOKENS),
    cacheWrite: number(
      TOKENS_CACHE_WRITE,
      GEN_AI_CACHE_CREATION_TOKENS,
      GEN_AI_CACHE_WRITE_TOKENS,
      AI_SDK_CACHE_WRITE_TOKENS,
    ),
    cacheWrite1h: number(ANTHROPIC_CACHE_WRITE_1H_TOKENS) ?? writtenForAnHour(text(AI_SDK_PROVIDER_METADATA)),
    reasoning: number(TOKENS_REASONING, GEN_AI_REASONING_TOKENS, AI_SDK_REASONING_TOKENS),
  };
  if (usage.prompt === undefined && usage.completion === undefined) return undefined;
  return {
    usage,
    model: text(GEN_AI_RESPONSE_MODEL, LLM_MODEL_NAME, GEN_AI_REQUEST_MODEL),
    id: text(GEN_AI_RESPONSE_ID),
    provider: text(GEN_AI_PROVIDER_NAME, GEN_AI_SYSTEM),
    serviceTier: text(ANTHROPIC_SERVICE_TIER),
  };
}

/** The AI SDK says how long Anthropic keeps a cache in the provider's own usage alone. */
function writtenForAnHour(metadata: string | undefined): number | undefined {
  if (metadata?.includes('"ephemeral_1h_input_tokens"') !== true) return undefined;
  const parsed: unknown = safely("the AI SDK's provider metadata could not be read", JSON.parse, metadata);
  const usage = field(field(parsed, 'anthropic'), 'usage');
  return countAt(field(usage, 'cache_creation'), 'ephemeral_1h_input_tokens');
}
