import { reportOnce, safely } from '../safely.js';
import type { ModelResponse, UsageReader } from './model-response.js';
import { readAiSdk } from './readers/ai-sdk.js';
import { readAnthropicMessages } from './readers/anthropic-messages.js';
import { readBedrockConverse } from './readers/bedrock-converse.js';
import { invokedBody, readBedrockInvoke } from './readers/bedrock-invoke.js';
import { readCohere } from './readers/cohere.js';
import { field, has, objectAt, textAt, usageOf, usdAt } from './readers/fields.js';
import { readGemini } from './readers/gemini.js';
import { readLangChain } from './readers/langchain.js';
import { readOllama } from './readers/ollama.js';
import { readOpenAiChat } from './readers/openai-chat.js';
import { readOpenAiEmbeddings } from './readers/openai-embeddings.js';
import { readOpenAiResponses } from './readers/openai-responses.js';
import type { TokenUsage } from './token-usage.js';
import { TOKEN_USAGE_FIELDS } from './validate-usage.js';

/** Ours, in the order they are asked. Each knows its shape by marks that no other has. */
const READERS: readonly UsageReader[] = [
  readOpenAiChat,
  readAnthropicMessages,
  readOpenAiResponses,
  readOpenAiEmbeddings,
  readGemini,
  readLangChain,
  readBedrockConverse,
  readBedrockInvoke,
  readAiSdk,
  readCohere,
  readOllama,
];

/**
 * Reads usage from a provider's response: with the user's readers first, then ours. One that throws is reported once and passed over.
 * The counts are as the provider gave them: `usageFault` says whether they can be true.
 */
export function readUsage(response: unknown, extraReaders: readonly UsageReader[] = []): ModelResponse | undefined {
  const read = readByUser(response, extraReaders);
  if (read !== undefined || typeof response !== 'object' || response === null) return read;
  return safely('a result could not be read for usage', readOurs, response);
}

/** Asks the user's readers alone. */
export function readByUser(response: unknown, readers: readonly UsageReader[]): ModelResponse | undefined {
  for (const reader of readers) {
    const read: unknown = safely('a usage reader threw; the next one is asked', reader, response);
    if (objectAt(read, 'usage') !== undefined) return read as ModelResponse;
    if (read !== undefined && read !== null)
      reportOnce('a usage reader gave something other than { usage: { prompt, completion } }; the next one is asked');
  }
  return undefined;
}

/**
 * Reads what a user hands over as usage: a TokenUsage, a ModelResponse, a provider's usage object (`{ prompt_tokens … }`), or a whole response.
 */
export function readGivenUsage(given: unknown, extraReaders: readonly UsageReader[] = []): ModelResponse | undefined {
  if (typeof given !== 'object' || given === null) return readUsage(given, extraReaders);
  return (
    safely('a usage could not be read', readTokenUsage, given) ??
    readUsage(given, extraReaders) ??
    safely('a usage could not be read', readBareUsage, given)
  );
}

function readOurs(response: object): ModelResponse | undefined {
  for (const reader of READERS) {
    const read = reader(response);
    if (read !== undefined) return read;
  }
  // the OpenAI and Anthropic clients' .withResponse(): { data, response, request_id }
  const data = has(response, 'request_id') && has(response, 'response') ? objectAt(response, 'data') : undefined;
  return data === undefined ? readInvoked(response) : readOurs(data);
}

/** Bedrock's InvokeModel as the AWS client gives it: the body is in the model's own format, the tier beside it. */
function readInvoked(output: object): ModelResponse | undefined {
  const body = invokedBody(output);
  const read = body && readOurs(body);
  return (
    read && {
      ...read,
      provider: read.provider ?? 'aws.bedrock',
      serviceTier: textAt(output, 'serviceTier') ?? read.serviceTier,
    }
  );
}

/** `{ prompt, completion … }`, alone or as the `usage` of a ModelResponse. */
function readTokenUsage(given: object): ModelResponse | undefined {
  const inner = objectAt(given, 'usage');
  const usage = tokenUsage(inner ?? given);
  if (usage === undefined) return undefined;
  if (inner === undefined) return { usage };
  return {
    usage,
    model: textAt(given, 'model'),
    id: textAt(given, 'id'),
    provider: textAt(given, 'provider'),
    serviceTier: textAt(given, 'serviceTier'),
    costUsd: usdAt(given, 'costUsd'),
  };
}

function tokenUsage(given: object): TokenUsage | undefined {
  const counts: Partial<Record<keyof TokenUsage, number>> = {};
  for (const name of TOKEN_USAGE_FIELDS) counts[name] = field(given, name) as number;
  return usageOf(counts);
}

/** A provider's usage object, or LangChain's, without its response. */
function readBareUsage(usage: object): ModelResponse | undefined {
  const details = [field(usage, 'input_token_details'), field(usage, 'output_token_details')];
  const isLangChain = details.some((part) => LANGCHAIN_DETAILS.some((name) => field(part, name) !== undefined));
  return isLangChain ? readLangChain({ usage_metadata: usage }) : readOurs({ usage, usageMetadata: usage });
}

const LANGCHAIN_DETAILS = ['cache_read', 'cache_creation', 'audio', 'reasoning'];
