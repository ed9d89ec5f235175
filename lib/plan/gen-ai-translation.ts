import { SpanKind, type Attributes } from '@opentelemetry/api';
import { genAiMessages } from '../attributes/gen-ai-messages.js';
import { AGENT_TASK_DESCRIPTION } from '../conventions/agent.js';
import * as genAi from '../conventions/gen-ai.js';
import * as openInference from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { providerName } from '../cost/readers/provider-name.js';
import type { Translation } from '../span/plan.js';

const OPERATIONS: Readonly<Record<string, string>> = {
  LLM: 'chat',
  EMBEDDING: 'embeddings',
  RETRIEVER: 'retrieval',
  AGENT: 'invoke_agent',
  TOOL: 'execute_tool',
};

/** Names that mean the same, with the same value. */
const SAME: Readonly<Record<string, string>> = {
  [openInference.TOKENS_PROMPT]: genAi.GEN_AI_INPUT_TOKENS,
  [openInference.TOKENS_COMPLETION]: genAi.GEN_AI_OUTPUT_TOKENS,
  [openInference.TOKENS_CACHE_READ]: genAi.GEN_AI_CACHE_READ_TOKENS,
  [openInference.TOKENS_CACHE_WRITE]: genAi.GEN_AI_CACHE_CREATION_TOKENS,
  [openInference.TOKENS_REASONING]: genAi.GEN_AI_REASONING_TOKENS,
  [openInference.AGENT_NAME]: genAi.GEN_AI_AGENT_NAME,
  [AGENT_TASK_DESCRIPTION]: genAi.GEN_AI_AGENT_DESCRIPTION,
  [openInference.TOOL_NAME]: genAi.GEN_AI_TOOL_NAME,
  [openInference.TOOL_DESCRIPTION]: genAi.GEN_AI_TOOL_DESCRIPTION,
  [openInference.SESSION_ID]: genAi.GEN_AI_CONVERSATION_ID,
};

/** Parameters of a request that have a name of their own; `max_completion_tokens` is OpenAI's newer word. */
const PARAMETERS: Readonly<Record<string, string>> = {
  temperature: genAi.GEN_AI_REQUEST_TEMPERATURE,
  top_p: genAi.GEN_AI_REQUEST_TOP_P,
  top_k: genAi.GEN_AI_REQUEST_TOP_K,
  max_tokens: genAi.GEN_AI_REQUEST_MAX_TOKENS,
  max_completion_tokens: genAi.GEN_AI_REQUEST_MAX_TOKENS,
  seed: genAi.GEN_AI_REQUEST_SEED,
  frequency_penalty: genAi.GEN_AI_REQUEST_FREQUENCY_PENALTY,
  presence_penalty: genAi.GEN_AI_REQUEST_PRESENCE_PENALTY,
};

/**
 * Spans in OpenTelemetry's GenAI conventions beside OpenInference: made from what is on the span, in one place. CHAIN, RERANKER,
 * GUARDRAIL, EVALUATOR and PROMPT have no counterpart there and stay as they are. `tool`: the name of the tool that is executed.
 */
export const genAiTranslation = (tool: string | undefined): Translation => ({
  start(attributes, name, isNamed) {
    const operation = operationOf(attributes);
    if (operation === undefined) return { attributes, name };
    const model = attributes[openInference.LLM_MODEL_NAME];
    const about = tool ?? attributes[openInference.AGENT_NAME] ?? model;
    return {
      attributes: {
        ...attributes,
        [genAi.GEN_AI_OPERATION_NAME]: operation,
        ...(model !== undefined && { [genAi.GEN_AI_REQUEST_MODEL]: model }),
        ...same(attributes),
      },
      name: isNamed || about === undefined ? name : `${operation} ${about as string}`,
      kind: operation === 'chat' || operation === 'embeddings' ? SpanKind.CLIENT : SpanKind.INTERNAL,
    };
  },

  end(attributes) {
    if (operationOf(attributes) === undefined) return {};
    const isModelCall =
      attributes[openInference.TOKENS_PROMPT] !== undefined ||
      attributes[openInference.TOKENS_COMPLETION] !== undefined;
    const firstChunk = attributes[TIME_TO_FIRST_CHUNK_MS];
    const model = attributes[openInference.LLM_MODEL_NAME];
    return {
      ...same(attributes),
      [genAi.GEN_AI_PROVIDER_NAME]: providerName(attributes[openInference.LLM_PROVIDER] as string | undefined),
      ...(isModelCall && { [genAi.GEN_AI_REQUEST_MODEL]: model, [genAi.GEN_AI_RESPONSE_MODEL]: model }),
      ...(typeof firstChunk === 'number' && { [genAi.GEN_AI_TIME_TO_FIRST_CHUNK]: firstChunk / 1_000 }),
      ...parameters(attributes[openInference.LLM_INVOCATION_PARAMETERS]),
      ...content(attributes),
    };
  },
});

const operationOf = (attributes: Attributes) => OPERATIONS[attributes[openInference.SPAN_KIND] as string];

function same(attributes: Attributes): Attributes {
  const translated: Attributes = {};
  for (const name in SAME) {
    const value = attributes[name];
    if (value !== undefined) translated[SAME[name] as string] = value;
  }
  return translated;
}

function parameters(json: unknown): Attributes {
  const given = parsed(json);
  const translated: Attributes = {};
  for (const name in PARAMETERS) {
    const value = given[name];
    if (typeof value === 'number') translated[PARAMETERS[name] as string] = value;
  }
  const stop = given['stop'];
  if (stop !== undefined) translated[genAi.GEN_AI_REQUEST_STOP_SEQUENCES] = [stop].flat().map(String);
  return translated;
}

function parsed(json: unknown): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json as string)) as Record<string, unknown>;
  } catch {
    return {}; // there are none, or they were cut
  }
}

/** What was said; the conventions leave it to the user whether it is recorded, and so do we. */
function content(attributes: Attributes): Attributes {
  if (attributes[openInference.SPAN_KIND] === 'TOOL')
    return {
      [genAi.GEN_AI_TOOL_CALL_ARGUMENTS]: attributes[openInference.INPUT_VALUE],
      [genAi.GEN_AI_TOOL_CALL_RESULT]: attributes[openInference.OUTPUT_VALUE],
    };
  return {
    [genAi.GEN_AI_INPUT_MESSAGES]: genAiMessages(attributes, openInference.LLM_INPUT_MESSAGES),
    [genAi.GEN_AI_OUTPUT_MESSAGES]: genAiMessages(attributes, openInference.LLM_OUTPUT_MESSAGES),
  };
}
