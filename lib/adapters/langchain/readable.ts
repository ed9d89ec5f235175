import type { Message } from '../../messages/message.js';
import { readMessages } from '../../messages/read-request.js';
import { readResponse } from '../../messages/read-response.js';

/** Messages as plain objects: LangChain's own JSON of them is made to be loaded, not to be read. */
export function readableMessages(input: unknown): unknown {
  if (typeof input === 'string') return input;
  const messages = readMessages(input);
  return messages.length > 0 ? { messages: messages.map(plain) } : input;
}

/** What a run gave: of an answer its text, or its content and the tools it asks for. */
export function readableOutput(output: unknown): unknown {
  const [message] = typeof output === 'object' && isMessage(output) ? readResponse(output) : [];
  if (!message) return output;
  return message.toolCalls?.length || message.parts ? plain(message) : (message.content ?? '');
}

const isMessage = (value: object | null): boolean => value !== null && 'lc_namespace' in value && 'content' in value;

function plain({ role, content, parts, toolCalls, toolCallId, name }: Message): Record<string, unknown> {
  return {
    role,
    ...(content !== undefined && { content }),
    ...(parts !== undefined && { content: parts }),
    ...(toolCalls !== undefined && toolCalls.length > 0 && { tool_calls: toolCalls }),
    ...(toolCallId !== undefined && { tool_call_id: toolCallId }),
    ...(name !== undefined && { name }),
  };
}
