import type { UsageReader } from '../model-response.js';
import type { TokenUsage } from '../token-usage.js';
import { countAt, field, has, objectAt, sum, usageOf } from './fields.js';

/** More than any answer in text; what is longer is not worth the time to look into it. */
const MOST_BYTES = 1_000_000;

/**
 * Bodies of Bedrock's InvokeModel for Llama and Titan, and the metrics on the last chunk of its streams, whatever the model; Claude, Nova and
 * gpt-oss answer there in formats that other readers know. None of these counts a cache in (Amazon Bedrock user guide, "Inference request
 * parameters and response fields": "Meta Llama models", "Amazon Titan Text models", "Amazon Titan Embeddings G1 - Text";
 * docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html). The model is only in the request.
 */
export const readBedrockInvoke: UsageReader = (response) => {
  const counts = usageOf(metrics(response) ?? llama(response) ?? titan(response) ?? {});
  return counts === undefined ? undefined : { usage: counts, provider: 'aws.bedrock' };
};

function metrics(chunk: unknown): TokenUsage | undefined {
  const given = objectAt(chunk, 'amazon-bedrock-invocationMetrics');
  if (given === undefined) return undefined;
  const cacheRead = countAt(given, 'cacheReadInputTokenCount');
  const cacheWrite = countAt(given, 'cacheWriteInputTokenCount');
  return {
    prompt: sum(countAt(given, 'inputTokenCount'), cacheRead, cacheWrite),
    completion: countAt(given, 'outputTokenCount'),
    cacheRead,
    cacheWrite,
  };
}

/** In a stream only the first chunk counts the prompt. */
function llama(body: unknown): TokenUsage | undefined {
  return field(body, 'generation_token_count') === undefined
    ? undefined
    : { prompt: countAt(body, 'prompt_token_count'), completion: countAt(body, 'generation_token_count') };
}

/** Text has `results`, or a total on a chunk of a stream; embeddings complete nothing. */
function titan(body: unknown): TokenUsage | undefined {
  if (field(body, 'inputTextTokenCount') === undefined) return undefined;
  const results = field(body, 'results');
  return {
    prompt: countAt(body, 'inputTextTokenCount'),
    completion: Array.isArray(results)
      ? sum(...(results as readonly unknown[]).map((result) => countAt(result, 'tokenCount')))
      : countAt(body, 'totalOutputTextTokenCount'),
  };
}

/** The answer in what the AWS client gives for InvokeModel, `{ $metadata, contentType, body }`: JSON in bytes. */
export function invokedBody(output: object): object | undefined {
  return has(output, '$metadata') && has(output, 'contentType') ? inBytes(field(output, 'body')) : undefined;
}

/** The part of the answer in an event of InvokeModelWithResponseStream, `{ chunk: { bytes } }`. */
export function invokedChunk(event: object): object | undefined {
  return inBytes(field(field(event, 'chunk'), 'bytes'));
}

function inBytes(bytes: unknown): object | undefined {
  if (!(bytes instanceof Uint8Array) || bytes.byteLength > MOST_BYTES) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // an image, or another format of its own
  }
}
