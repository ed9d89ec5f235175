import type { ModelResponse, UsageReader } from '../model-response.js';
import { anthropicTier, readAnthropicMessages } from './anthropic-messages.js';
import { combined } from './combined.js';
import { countAt, field, has, objectAt, sum, textAt, usageOf } from './fields.js';
import { providerName } from './provider-name.js';

/**
 * LangChain.js: an AIMessage (its `usage_metadata`; where the cache is left out of `input_tokens`, as older Anthropic packages did, it shows in the
 * details), one that was serialised, and an LLMResult.
 */
export const readLangChain: UsageReader = (response) => {
  if (Array.isArray(field(response, 'generations'))) return readResult(response);
  return readMessage(field(response, 'lc') === 1 ? field(response, 'kwargs') : response);
};

function readMessage(message: unknown): ModelResponse | undefined {
  const usage = objectAt(message, 'usage_metadata');
  if (usage === undefined || !has(usage, 'input_tokens') || !has(usage, 'output_tokens')) return undefined;
  const ownUsage = objectAt(field(message, 'response_metadata'), 'usage');
  const raw = readRaw(ownUsage);
  return { ...messageFacts(message), usage: raw?.usage ?? countsOf(usage, ownUsage) };
}

/** All but the usage. In a stream it may stand on other chunks than the usage: OpenAI's last but one names the model. */
export function messageFacts(message: unknown): Omit<ModelResponse, 'usage'> {
  const metadata = field(message, 'response_metadata');
  const id = textAt(message, 'id');
  return {
    model:
      textAt(metadata, 'model_name') ??
      textAt(metadata, 'model') ??
      textAt(field(message, 'additional_kwargs'), 'model'), // Anthropic's first chunk
    id: id === undefined || /^(?:lc_)?run-/.test(id) ? undefined : id, // LangChain's own ids are not the response's
    provider: providerName(textAt(metadata, 'model_provider')),
    serviceTier: anthropicTier(field(metadata, 'usage')) ?? textAt(metadata, 'service_tier'),
  };
}

function countsOf(usage: object, ownUsage: object | undefined): NonNullable<ReturnType<typeof usageOf>> {
  const input = countAt(usage, 'input_tokens');
  const inputDetails = field(usage, 'input_token_details');
  const outputDetails = field(usage, 'output_token_details');
  const cacheRead = countAt(inputDetails, 'cache_read');
  const cacheWrite = countAt(inputDetails, 'cache_creation');
  const cached = sum(cacheRead, cacheWrite) ?? 0;
  const counts = usageOf({
    prompt: typeof input === 'number' && cached > input ? input + cached : input,
    completion: countAt(usage, 'output_tokens'),
    cacheRead,
    cacheWrite,
    cacheWrite1h: countAt(field(ownUsage, 'cache_creation'), 'ephemeral_1h_input_tokens'), // a stream's first chunk has it
    reasoning: countAt(outputDetails, 'reasoning'),
    promptAudio: countAt(inputDetails, 'audio'),
    completionAudio: countAt(outputDetails, 'audio'),
  });
  return counts ?? {};
}

/** Anthropic's own usage says more: how long the cache lives. A streamed message keeps only a part of it. */
function readRaw(raw: object | undefined): ModelResponse | undefined {
  return raw !== undefined && has(raw, 'input_tokens') && has(raw, 'output_tokens')
    ? readAnthropicMessages({ usage: raw })
    : undefined;
}

/** One response for each prompt; several candidates for one prompt share its usage. */
function readResult(result: unknown): ModelResponse | undefined {
  const read: ModelResponse[] = [];
  for (const candidates of field(result, 'generations') as readonly unknown[]) {
    const [first] = Array.isArray(candidates) ? (candidates as readonly unknown[]) : [];
    const message = readLangChain(field(first, 'message'));
    if (message !== undefined) read.push(message);
  }
  if (read.length > 0)
    return read.length === (field(result, 'generations') as readonly unknown[]).length ? combined(read) : undefined;
  return readOutput(field(result, 'llmOutput'));
}

/** What a model says of all prompts together, in its package's own words; `estimatedTokenUsage` is a guess and no usage. */
function readOutput(output: unknown): ModelResponse | undefined {
  const usage = objectAt(output, 'tokenUsage') ?? objectAt(output, 'usage');
  const raw = readRaw(usage);
  const counts =
    raw?.usage ??
    usageOf({
      prompt: countAt(usage, 'promptTokens') ?? countAt(usage, 'prompt_tokens') ?? countAt(usage, 'input_tokens'),
      completion:
        countAt(usage, 'completionTokens') ?? countAt(usage, 'completion_tokens') ?? countAt(usage, 'output_tokens'),
    });
  if (counts === undefined) return undefined;
  return {
    usage: counts,
    model: textAt(output, 'model_name') ?? textAt(output, 'model'),
    id: textAt(output, 'id'),
    serviceTier: raw?.serviceTier,
  };
}
