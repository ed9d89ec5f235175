import {
  LLM_INPUT_MESSAGES,
  LLM_OUTPUT_MESSAGES,
  MESSAGE_CONTENT,
  MESSAGE_CONTENT_TEXT,
  MESSAGE_CONTENT_TYPE,
  MESSAGE_CONTENTS,
  MESSAGE_NAME,
  MESSAGE_ROLE,
  MESSAGE_TOOL_CALLS,
  TOOL_CALL_FUNCTION_ARGUMENTS,
  TOOL_CALL_FUNCTION_NAME,
} from '../../conventions/openinference.js';
import type { ContentValue } from '../report-data.js';

type Attributes = Readonly<Record<string, ContentValue>>;

/** One message of a chat, put together from its flat attributes. */
export interface ChatMessage {
  readonly role: string;
  readonly name: string;
  /** Texts, and what stands for parts that are none, such as images. */
  readonly parts: readonly string[];
  readonly toolCalls: readonly { readonly name: string; readonly json: string }[];
}

/** The messages that went in and came out: `llm.input_messages.<i>.message.content` … */
export const inputMessages = (attributes: Attributes) => messages(attributes, LLM_INPUT_MESSAGES);
export const outputMessages = (attributes: Attributes) => messages(attributes, LLM_OUTPUT_MESSAGES);

function messages(attributes: Attributes, list: string): ChatMessage[] {
  return itemsOf(attributes, list).map((message): ChatMessage => {
    const content = text(message[MESSAGE_CONTENT]);
    return {
      role: text(message[MESSAGE_ROLE]) || 'message',
      name: text(message[MESSAGE_NAME]),
      parts: [...(content === '' ? [] : [content]), ...itemsOf(message, MESSAGE_CONTENTS).map(partText)],
      toolCalls: itemsOf(message, MESSAGE_TOOL_CALLS).map((call) => ({
        name: text(call[TOOL_CALL_FUNCTION_NAME]),
        json: text(call[TOOL_CALL_FUNCTION_ARGUMENTS]),
      })),
    };
  });
}

const partText = (part: Attributes) =>
  text(part[MESSAGE_CONTENT_TEXT]) || `[${text(part[MESSAGE_CONTENT_TYPE]) || 'content'}]`;

/** The items of `list.<i>.rest`, each with its `rest`, in the order of i. */
export function itemsOf(attributes: Attributes, list: string): Attributes[] {
  const items = new Map<number, Record<string, ContentValue>>();
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith(`${list}.`)) continue;
    const [, index, rest] = /^(\d{1,6})\.(.+)$/s.exec(key.slice(list.length + 1)) ?? [];
    if (index === undefined || rest === undefined) continue;
    const item = items.get(Number(index)) ?? Object.create(null);
    item[rest] = value;
    items.set(Number(index), item);
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

export const text = (value: ContentValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
