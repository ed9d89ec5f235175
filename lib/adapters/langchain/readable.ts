import { at, isObject, listAt } from '../../messages/fields.js';
import type { Message } from '../../messages/message.js';
import { readMessage } from '../../messages/read-message.js';
import { safely } from '../../safely.js';
import { settings } from '../../settings.js';

/**
 * What a run works on and gives, with messages as plain objects: LangChain's own JSON of them is made to be loaded, not to be read.
 * Looks into lists and plain objects, one step deep.
 */
export function readable(value: unknown): unknown {
  return safely(UNREADABLE, () => shown(value, 1)) ?? value;
}

/** What a model is asked: text, or messages. */
export function readableRequest(input: unknown): unknown {
  return Array.isArray(input) ? { messages: readable(input) } : readable(input);
}

/** What a run gave: of an answer that is text alone, the text. */
export function readableOutput(output: unknown): unknown {
  const answer = readable(output);
  if (!isObject(output) || !isMessage(output) || !isObject(answer)) return answer;
  const { content, tool_calls: toolCalls } = answer as Readonly<Record<string, unknown>>;
  return toolCalls === undefined && !Array.isArray(content) ? (content ?? '') : answer;
}

/** A tool's input, which LangChain hands over as text, as the object that it is: secrets are known by their keys. */
export function readableToolInput(input: unknown): unknown {
  if (typeof input !== 'string' || !/^\s*[[{]/.test(input) || input.length > MOST_JSON) return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

const UNREADABLE = 'the messages of a LangChain run could not be read';
/** Longer JSON is no tool call's, and would cost more to read than to record. */
const MOST_JSON = 1_000_000;
const MOST_KEYS = 50;

function shown(value: unknown, steps: number): unknown {
  if (!isObject(value)) return value;
  if (isMessage(value)) return single(readMessage(value).map(plain), value);
  if (Array.isArray(value)) return steps > 0 ? listOf(value as readonly unknown[]) : value;
  if ('lc_namespace' in value) return promptOf(value);
  return steps > 0 ? fieldsOf(value) : value;
}

/** Entries beyond the limit are not recorded: they are counted only. */
function listOf(list: readonly unknown[]): readonly unknown[] {
  const most = Math.min(list.length, settings.limits.entries);
  return list.some(isMessageLike) ? [...list.slice(0, most).map((item) => shown(item, 0)), ...list.slice(most)] : list;
}

function fieldsOf(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  const keys = Object.keys(value);
  if ((prototype !== Object.prototype && prototype !== null) || keys.length > MOST_KEYS) return value;
  return Object.fromEntries(keys.map((key) => [key, shownField(value, key)]));
}

/** An accessor is not run. */
function shownField(value: object, key: string): unknown {
  const property = at(value, key);
  if (Array.isArray(property)) return listOf(property as readonly unknown[]);
  return shown(property, 0);
}

/** What a prompt template gave: messages or text. */
function promptOf(value: object): unknown {
  const messages = listAt(value, 'messages');
  if (messages.length > 0) return { messages: listOf(messages) };
  const text = at(value, 'value');
  return typeof text === 'string' ? text : value;
}

const isMessage = (value: object): boolean => 'lc_namespace' in value && 'content' in value;
const isMessageLike = (value: unknown): boolean => isObject(value) && isMessage(value);
const single = <T>(list: readonly T[], otherwise: unknown): unknown => (list.length === 0 ? otherwise : list.length === 1 ? list[0] : list); // prettier-ignore

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
