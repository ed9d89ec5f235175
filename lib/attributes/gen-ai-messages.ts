import type { Attributes } from '@opentelemetry/api';
import {
  IMAGE_URL,
  MESSAGE_CONTENT,
  MESSAGE_CONTENT_IMAGE,
  MESSAGE_CONTENT_TEXT,
  MESSAGE_CONTENT_TYPE,
  MESSAGE_CONTENTS,
  MESSAGE_NAME,
  MESSAGE_ROLE,
  MESSAGE_TOOL_CALL_ID,
  MESSAGE_TOOL_CALLS,
  TOOL_CALL_FUNCTION_ARGUMENTS,
  TOOL_CALL_FUNCTION_NAME,
  TOOL_CALL_ID,
} from '../conventions/openinference.js';

type Fields = Readonly<Record<string, unknown>>;

/** The messages under a name, such as `llm.input_messages`, in the JSON form of the GenAI conventions; undefined where there are none. */
export function genAiMessages(attributes: Attributes, name: string): string | undefined {
  const messages = entriesOf(attributes, name).map(message);
  return messages.length === 0 ? undefined : JSON.stringify(messages);
}

/** The entries of a flat list: `<name>.<i>.<field>` as objects of their fields, in order. */
function entriesOf(attributes: Fields, name: string): Fields[] {
  const entries: Record<string, unknown>[] = [];
  const start = `${name}.`;
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith(start)) continue;
    const dot = key.indexOf('.', start.length);
    const index = Number(key.slice(start.length, dot));
    if (dot !== -1 && Number.isSafeInteger(index)) (entries[index] ??= {})[key.slice(dot + 1)] = attributes[key];
  }
  return Object.values(entries); // without the holes of what limits left out
}

function message(fields: Fields): object {
  const role = fields[MESSAGE_ROLE] ?? 'user';
  const name = fields[MESSAGE_NAME];
  const answered = fields[MESSAGE_TOOL_CALL_ID];
  const text = fields[MESSAGE_CONTENT];
  const parts = [
    ...(text === undefined ? [] : [textPart(text)]),
    ...entriesOf(fields, MESSAGE_CONTENTS).map(contentPart),
    ...entriesOf(fields, MESSAGE_TOOL_CALLS).map(toolCallPart),
  ];
  const response = { type: 'tool_call_response', id: answered, response: text ?? parts };
  return { role, ...(name !== undefined && { name }), parts: answered === undefined ? parts : [response] };
}

const textPart = (content: unknown) => ({ type: 'text', content });

function contentPart(fields: Fields): object {
  const uri = fields[`${MESSAGE_CONTENT_IMAGE}.${IMAGE_URL}`];
  if (uri !== undefined) return { type: 'uri', modality: 'image', uri };
  const type = fields[MESSAGE_CONTENT_TYPE] ?? 'text';
  return { type, content: fields[MESSAGE_CONTENT_TEXT] ?? '' };
}

const toolCallPart = (fields: Fields) => ({
  type: 'tool_call',
  id: fields[TOOL_CALL_ID],
  name: fields[TOOL_CALL_FUNCTION_NAME],
  arguments: parsed(fields[TOOL_CALL_FUNCTION_ARGUMENTS]),
});

/** Arguments are JSON there and a value here; what was cut is no JSON and stays text. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}
