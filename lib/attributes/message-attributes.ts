import type { Attributes } from '@opentelemetry/api';
import { captureText, captureValue } from '../capture/capture-value.js';
import { cutMark } from '../capture/cut.js';
import type { Limits } from '../capture/limits.js';
import type { Redaction } from '../capture/redaction.js';
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
import type { Message, Part, ToolCall } from '../messages/message.js';

const SHORT = 1_024;
const DATA_URL_HEAD = /^data:[^,]{0,128},/;

/** Messages in OpenInference's form under `prefix`, each bounded and redacted, and all of them together. */
export function messageAttributes(
  prefix: string,
  messages: readonly Message[],
  limits: Limits,
  redaction: Redaction,
): Attributes {
  const attributes: Attributes = {};
  let room = limits.messagesCharacters;
  /** What there is room for; text is cut, and what comes when nothing is left is left out. */
  const put: Put = (name, value, characters, dropped = 0) => {
    if (value === undefined || value === null || room <= 0) return;
    const most = Math.max(64, Math.min(characters, room));
    const { text } =
      typeof value === 'string'
        ? captureText(value, most, redaction, dropped)
        : captureValue(value, { ...limits, characters: most }, redaction);
    room -= text.length;
    attributes[name] = text;
  };
  messages.forEach((message, i) => {
    const name = `${prefix}.${i}.`;
    put(name + MESSAGE_ROLE, message.role, SHORT);
    put(name + MESSAGE_NAME, message.name, SHORT);
    put(name + MESSAGE_CONTENT, message.content, limits.messageCharacters, message.dropped);
    put(name + MESSAGE_TOOL_CALL_ID, message.toolCallId, SHORT);
    message.parts?.forEach((part, j) => putPart(put, `${name}${MESSAGE_CONTENTS}.${j}.`, part, limits));
    message.toolCalls?.forEach((call, j) => putCall(put, `${name}${MESSAGE_TOOL_CALLS}.${j}.`, call, limits));
  });
  return attributes;
}

type Put = (name: string, value: unknown, characters: number, dropped?: number) => void;

function putPart(put: Put, name: string, { type, value }: Part, limits: Limits): void {
  put(name + MESSAGE_CONTENT_TYPE, type, SHORT);
  if (type !== 'image') return put(name + MESSAGE_CONTENT_TEXT, value, limits.messageCharacters);
  const head = DATA_URL_HEAD.exec(value)?.[0];
  put(
    `${name}${MESSAGE_CONTENT_IMAGE}.${IMAGE_URL}`,
    head === undefined ? value : head + cutMark(value.length - head.length),
    SHORT,
  );
}

function putCall(put: Put, name: string, { id, name: tool, args }: ToolCall, limits: Limits): void {
  put(name + TOOL_CALL_ID, id, SHORT);
  put(name + TOOL_CALL_FUNCTION_NAME, tool, SHORT);
  put(name + TOOL_CALL_FUNCTION_ARGUMENTS, parsed(args, limits), limits.messageCharacters);
}

/** The arguments as values, so that secrets are seen by their keys; as they are where they are no JSON, or too much of it. */
function parsed(args: unknown, limits: Limits): unknown {
  if (typeof args !== 'string' || args.length > limits.messageCharacters) return args;
  try {
    const value: unknown = JSON.parse(args);
    return typeof value === 'object' && value !== null ? value : args;
  } catch {
    return args;
  }
}
