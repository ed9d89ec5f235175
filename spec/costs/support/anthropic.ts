// What api.anthropic.com sends (platform.claude.com/docs: "Messages", "Streaming messages", "Prompt caching").
import { json, sse, type Answer } from './loopback.js';
import type { Tokens } from './tokens.js';

/** Anthropic leaves the cache out of `input_tokens`, and counts thinking in. */
export const messageUsage = ({
  prompt,
  cached = 0,
  written = 0,
  written1h = 0,
  completion = 0,
  reasoning,
}: Tokens): object => ({
  input_tokens: prompt - cached - written,
  cache_creation_input_tokens: written,
  cache_read_input_tokens: cached,
  cache_creation: { ephemeral_5m_input_tokens: written - written1h, ephemeral_1h_input_tokens: written1h },
  output_tokens: completion,
  output_tokens_details: reasoning === undefined ? null : { thinking_tokens: reasoning },
  server_tool_use: null,
  service_tier: 'standard',
  inference_geo: 'not_available',
  speed: null,
});

const words = ['Hello', ' there'];
let count = 0;

/** A message of Anthropic's; Bedrock gives the same under ids of its own. */
export function messageObject(model: string, tokens: Tokens, calls = false, prefix = 'msg'): object {
  const thinking = { type: 'thinking', thinking: 'Let me see.', signature: 'c2ln' };
  const said = calls
    ? { type: 'tool_use', id: 'toolu_1', name: 'lookup', input: { id: 7 } }
    : { type: 'text', text: words.join('') };
  return {
    id: `${prefix}_${++count}`,
    type: 'message',
    role: 'assistant',
    model,
    content: tokens.reasoning === undefined ? [said] : [thinking, said],
    stop_reason: calls ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: messageUsage(tokens),
  };
}

/** How a stream ends: well, with an event that says so, or with the connection. */
export type End = 'well' | 'error' | 'broken';

/** The first event counts the prompt and one token of the answer, the last but one the whole answer. */
export function messageEvents(model: string, tokens: Tokens, end: End = 'well', prefix = 'msg'): readonly object[] {
  const message = messageObject(model, { ...tokens, completion: 1 }, false, prefix);
  const usage = { ...messageUsage({ ...tokens, completion: 1 }), output_tokens_details: null };
  const thinks: readonly object[] = [
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Let me see.' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } },
    { type: 'content_block_stop', index: 0 },
  ];
  const index = tokens.reasoning === undefined ? 0 : 1;
  const said: readonly object[] = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } },
    ...(index === 1 ? thinks : []),
    { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    ...words.map((text) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } })),
  ];
  if (end === 'broken') return said;
  if (end === 'error') return [...said, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }];
  const { cache_creation: _byAge, service_tier: _tier, ...counts } = messageUsage(tokens) as Record<string, unknown>;
  return [
    ...said,
    { type: 'content_block_stop', index },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: counts },
    { type: 'message_stop' },
  ];
}

export const message = (...args: Parameters<typeof messageObject>): Answer => json(messageObject(...args));

export const messageStream = (model: string, tokens: Tokens, end: End = 'well'): Answer =>
  sse(messageEvents(model, tokens, end), { named: true }, end !== 'broken');
