import { randomBytes } from 'node:crypto';
import {
  ModelError,
  type BilledUsage,
  type ModelMessage,
  type ModelRequest,
  type OutgoingReply,
  type PromptSegment,
  type ToolCall,
} from './exchange.js';
import { isObject, objectsIn, parseObject, textIn, type JsonObject } from './json.js';
import type { ServerSentEvent } from './sse.js';
import { piecesOf } from './pieces.js';
import type { Wire } from './wire.js';

/** `POST /v1/chat/completions`: OpenAI's, and what most gateways and inference servers speak. */
export function openAiWire(): Wire {
  return {
    name: 'openai',
    path: '/v1/chat/completions',
    requestIdHeader: 'x-request-id',
    newId: (kind) => `${PREFIX[kind]}${randomBytes(12).toString('hex')}`,
    authenticate({ authorization }) {
      if (authorization?.startsWith('Bearer ') !== true || authorization.length <= 'Bearer '.length)
        throw new ModelError(401, "You didn't provide an API key: send it as `Authorization: Bearer …`.", {
          code: 'invalid_api_key',
        });
    },
    read: readRequest,
    body: (reply) => ({
      ...header(reply, 'chat.completion'),
      choices: [{ index: 0, message: message(reply), logprobs: null, finish_reason: FINISH[reply.stopped] }],
      ...(reply.usage && { usage: usageOf(reply.usage) }),
    }),
    events,
    errorBody: ({ status, message: text, code }) => ({
      error: { message: text, type: errorType(status), param: null, code },
    }),
  };
}

const PREFIX = { request: 'req_', response: 'chatcmpl-', 'tool call': 'call_' } as const;
const FINISH = { end: 'stop', 'tool calls': 'tool_calls', length: 'length' } as const;

/** What each message costs beside its text, and what opens the answer. */
const MESSAGE_OVERHEAD = 3;
const ANSWER_OVERHEAD = 3;

function readRequest(body: unknown): ModelRequest {
  if (!isObject(body)) throw new ModelError(400, 'We could not parse the JSON body of your request.');
  const { model, messages, stream } = body;
  if (typeof model !== 'string' || model === '') throw new ModelError(400, 'you must provide a model parameter');
  if (!Array.isArray(messages) || messages.length === 0)
    throw new ModelError(
      400,
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      { code: 'empty_array' },
    );
  const given = objectsIn(messages);
  const tools = objectsIn(body['tools']);
  const isSystem = ({ role }: JsonObject): boolean => role === 'system' || role === 'developer';
  return {
    wire: 'openai',
    model,
    system: given.filter(isSystem).map(contentText).join('\n'),
    messages: given.filter((one) => !isSystem(one)).map(readMessage),
    tools: tools.map((tool) => textIn((tool['function'] as JsonObject | undefined)?.['name'])),
    segments: [
      ...tools.map((tool): PromptSegment => ({ text: JSON.stringify(tool), overhead: 0 })),
      ...given.map((one): PromptSegment => ({ text: promptText(one), overhead: MESSAGE_OVERHEAD })),
      { text: '', overhead: ANSWER_OVERHEAD },
    ],
    maxTokens: numberIn(body['max_completion_tokens']) ?? numberIn(body['max_tokens']),
    stream: stream === true,
    body,
  };
}

function readMessage(given: JsonObject): ModelMessage {
  const role = given['role'] === 'assistant' || given['role'] === 'tool' ? given['role'] : 'user';
  const toolCalls = objectsIn(given['tool_calls']).map(({ id, function: called }): ToolCall => {
    const { name, arguments: input } = isObject(called) ? called : {};
    return { id: textIn(id), name: textIn(name), input: parseObject(textIn(input)) };
  });
  return {
    role,
    text: contentText(given),
    toolCalls,
    toolCallId: role === 'tool' ? textIn(given['tool_call_id']) : undefined,
  };
}

function contentText({ content }: JsonObject): string {
  if (typeof content === 'string') return content;
  return objectsIn(content)
    .map(({ text }) => textIn(text))
    .join('');
}

/** Ids are left out of the count: they are random, and the same conversation is to cost the same each time. */
function promptText(given: JsonObject): string {
  const calls = objectsIn(given['tool_calls']).map(({ function: called }) => JSON.stringify(called));
  return `${textIn(given['role'])}\n${contentText(given)}${calls.join('')}`;
}

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function header({ id, model }: OutgoingReply, object: string): JsonObject {
  return {
    id,
    object,
    created: Math.floor(Date.now() / 1000),
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_loopback',
  };
}

function message({ text, toolCalls }: OutgoingReply): JsonObject {
  const tool_calls = toolCalls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  return {
    role: 'assistant',
    content: text === '' && toolCalls.length > 0 ? null : text,
    refusal: null,
    ...(tool_calls.length > 0 && { tool_calls }),
  };
}

function usageOf(usage: BilledUsage): JsonObject {
  return {
    prompt_tokens: usage.prompt,
    completion_tokens: usage.completion,
    total_tokens: usage.prompt + usage.completion,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function* events(reply: OutgoingReply, { body }: ModelRequest): Generator<ServerSentEvent> {
  const { stream_options: options } = body;
  const usageInStream = isObject(options) && options['include_usage'] === true;
  const head = header(reply, 'chat.completion.chunk');
  const withoutUsage = usageInStream ? { usage: null } : {};
  const chunk = (delta: JsonObject, finish: string | null = null): ServerSentEvent => ({
    data: { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...withoutUsage },
  });
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for (const content of piecesOf(reply.text)) yield chunk({ content });
  for (const [index, { id, name, input }] of reply.toolCalls.entries()) {
    yield chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] });
    for (const piece of piecesOf(JSON.stringify(input)))
      yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
  }
  yield chunk({}, FINISH[reply.stopped]);
  if (usageInStream && reply.usage) yield { data: { ...head, choices: [], usage: usageOf(reply.usage) } };
  yield { data: '[DONE]' };
}

function errorType(status: number): string {
  if (status === 429) return 'requests';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
