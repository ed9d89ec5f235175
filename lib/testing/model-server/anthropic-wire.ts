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
import { isObject, objectsIn, textIn, type JsonObject } from './json.js';
import type { ServerSentEvent } from './sse.js';
import { piecesOf } from './pieces.js';
import type { Wire } from './wire.js';

/** `POST /v1/messages`: Anthropic's. */
export function anthropicWire(): Wire {
  return {
    name: 'anthropic',
    path: '/v1/messages',
    requestIdHeader: 'request-id',
    newId: (kind) => `${PREFIX[kind]}${randomBytes(12).toString('hex')}`,
    authenticate(headers) {
      if (!headers['x-api-key'] && !headers.authorization) throw new ModelError(401, 'x-api-key header is required');
      if (!headers['anthropic-version']) throw new ModelError(400, 'anthropic-version: header is required');
    },
    read: readRequest,
    body: (reply) => ({
      ...header(reply),
      content: contentOf(reply),
      stop_reason: STOP[reply.stopped],
      ...(reply.usage && { usage: usageOf(reply.usage, reply.usage.completion) }),
    }),
    events,
    errorBody: ({ status, message }, requestId) => ({
      type: 'error',
      error: { type: ERROR_TYPES[status] ?? 'api_error', message },
      request_id: requestId,
    }),
  };
}

const PREFIX = { request: 'req_', response: 'msg_', 'tool call': 'toolu_' } as const;
const STOP = { end: 'end_turn', 'tool calls': 'tool_use', length: 'max_tokens' } as const;
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

const MESSAGE_OVERHEAD = 4;

function readRequest(body: unknown): ModelRequest {
  if (!isObject(body)) throw new ModelError(400, 'The request body is not valid JSON.');
  const { model, max_tokens: maxTokens, messages, system, stream } = body;
  if (typeof model !== 'string') throw new ModelError(400, 'model: Field required');
  if (typeof maxTokens !== 'number') throw new ModelError(400, 'max_tokens: Field required');
  if (!Array.isArray(messages) || messages.length === 0)
    throw new ModelError(400, 'messages: at least one message is required');
  const given = objectsIn(messages);
  const tools = objectsIn(body['tools']);
  const systemBlocks = blocksOf(system);
  return {
    wire: 'anthropic',
    model,
    system: systemBlocks.map(({ text }) => textIn(text)).join('\n'),
    messages: given.flatMap(readMessages),
    tools: tools.map(({ name }) => textIn(name)),
    segments: [
      ...tools.map((tool) => segment(tool, 0)),
      ...systemBlocks.map((block) => segment(block, 0)),
      ...given.flatMap(({ content }) =>
        blocksOf(content).map((block, i) => segment(block, i === 0 ? MESSAGE_OVERHEAD : 0)),
      ),
    ],
    maxTokens,
    stream: stream === true,
    body,
  };
}

/** Ids are left out of the count: they are random, and the same conversation is to cost the same each time. */
function segment(
  { cache_control: mark, id: _, tool_use_id: __, ...block }: JsonObject,
  overhead: number,
): PromptSegment {
  const cacheFor = isObject(mark) ? (mark['ttl'] === '1h' ? '1h' : '5m') : undefined;
  return { text: block['type'] === 'text' ? textIn(block['text']) : JSON.stringify(block), overhead, cacheFor };
}

/** Content as blocks: a string stands for one of text. */
function blocksOf(content: unknown): readonly JsonObject[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : objectsIn(content);
}

/** A user's message may hold results of several tools: each is a message of its own here. */
function readMessages({ role, content }: JsonObject): ModelMessage[] {
  const blocks = blocksOf(content);
  const results = blocks.filter(({ type }) => type === 'tool_result');
  const text = blocks
    .filter(({ type }) => type === 'text')
    .map((block) => textIn(block['text']))
    .join('');
  const toolCalls = blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }): ToolCall => ({
      id: textIn(id),
      name: textIn(name),
      input: isObject(input) ? input : {},
    }));
  return [
    ...results.map((block): ModelMessage => ({
      role: 'tool',
      text: resultText(block),
      toolCalls: [],
      toolCallId: textIn(block['tool_use_id']),
    })),
    ...(text !== '' || toolCalls.length > 0 || results.length === 0
      ? [{ role: role === 'assistant' ? ('assistant' as const) : ('user' as const), text, toolCalls }]
      : []),
  ];
}

function resultText({ content }: JsonObject): string {
  return blocksOf(content)
    .map(({ text }) => textIn(text))
    .join('');
}

function header({ id, model }: OutgoingReply): JsonObject {
  return { id, type: 'message', role: 'assistant', model, stop_sequence: null };
}

function contentOf({ text, toolCalls }: OutgoingReply): readonly JsonObject[] {
  return [
    ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
    ...toolCalls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
  ];
}

/** `input_tokens` is what was neither read from the cache nor written to it. */
function usageOf({ prompt, cacheRead, cacheWrite, cacheWrite1h }: BilledUsage, outputTokens: number): JsonObject {
  return {
    input_tokens: prompt - cacheRead - cacheWrite,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheWrite - cacheWrite1h, ephemeral_1h_input_tokens: cacheWrite1h },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

function* events(reply: OutgoingReply): Generator<ServerSentEvent> {
  const event = (type: string, more: JsonObject): ServerSentEvent => ({ event: type, data: { type, ...more } });
  const { usage } = reply;
  yield event('message_start', {
    message: {
      ...header(reply),
      content: [],
      stop_reason: null,
      ...(usage && { usage: usageOf(usage, Math.min(usage.completion, 1)) }),
    },
  });
  for (const [index, block] of contentOf(reply).entries()) {
    const isText = block['type'] === 'text';
    yield event('content_block_start', {
      index,
      content_block: isText ? { ...block, text: '' } : { ...block, input: {} },
    });
    if (index === 0) yield event('ping', {});
    for (const piece of piecesOf(isText ? textIn(block['text']) : JSON.stringify(block['input'])))
      yield event('content_block_delta', {
        index,
        delta: isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece },
      });
    yield event('content_block_stop', { index });
  }
  yield event('message_delta', {
    delta: { stop_reason: STOP[reply.stopped], stop_sequence: null },
    ...(usage && { usage: { output_tokens: usage.completion } }),
  });
  yield event('message_stop', {});
}
