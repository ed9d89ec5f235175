import { at, firstTextAt, isObject, listAt, objectAt, textAt } from './fields.js';
import type { Message, Part, ToolCall } from './message.js';

/** LangChain's, Gemini's and OpenAI's other words for the roles. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['AIMessageChunk', 'assistant'],
  ['model', 'assistant'],
  ['developer', 'system'],
]);
const MOST_PARTS = 200;

/**
 * The messages in one, from whatever a provider's client takes or gives: OpenAI (chat completions and responses), Anthropic, Gemini,
 * Bedrock Converse, Cohere, the AI SDK, LangChain. The results of tools that share a message become messages of their own. Empty for
 * anything else. `otherwise`: the role of a message that names none. May throw on hostile values: the caller guards.
 */
export function readMessage(value: unknown, otherwise?: string): readonly Message[] {
  if (!isObject(value)) return [];
  const type = textAt(value, 'type');
  if (type === 'function_call') return [{ role: 'assistant', toolCalls: [flatCall(value)] }];
  if (type === 'function_call_output')
    return [{ role: 'tool', toolCallId: textAt(value, 'call_id'), content: at(value, 'output') }];
  const given = at(value, 'content') ?? at(value, 'parts');
  const role = textAt(value, 'role') ?? (given === undefined ? undefined : (type ?? otherwise));
  if (role === undefined) return [];
  const { results, parts, toolCalls } = sorted(given);
  const beside = listAt(value, 'tool_calls').slice(0, MOST_PARTS).filter(isObject).map(flatCall);
  const calls = unique([...toolCalls, ...beside]);
  const message: Message = {
    role: ROLES.get(role) ?? role,
    ...contentOf(given, parts),
    name: textAt(value, 'name'),
    toolCallId: textAt(value, 'tool_call_id'),
    toolCalls: calls,
  };
  const isEmpty = message.content === undefined && message.parts === undefined && calls.length === 0;
  return results.length > 0 ? [...results, ...(isEmpty ? [] : [message])] : [message];
}

/** Text where all of it is text; parts where it is not. */
function contentOf(given: unknown, parts: readonly Part[]): Pick<Message, 'content' | 'parts'> {
  if (!Array.isArray(given)) return { content: given ?? undefined };
  if (parts.length === 0) return {};
  return parts.every(({ type }) => type === 'text') ? { content: parts.map(({ value }) => value).join('') } : { parts };
}

interface Sorted {
  readonly results: readonly Message[];
  readonly parts: readonly Part[];
  readonly toolCalls: readonly ToolCall[];
}

/** The parts of a content, by what they are. */
function sorted(content: unknown, withResults = true): Sorted {
  const results: Message[] = [];
  const parts: Part[] = [];
  const toolCalls: ToolCall[] = [];
  for (const part of Array.isArray(content) ? (content.slice(0, MOST_PARTS) as unknown[]) : []) {
    if (typeof part === 'string') parts.push({ type: 'text', value: part });
    if (!isObject(part)) continue;
    const call = callIn(part);
    const result = call || !withResults ? undefined : resultIn(part);
    const read = call || result ? undefined : readPart(part);
    if (call) toolCalls.push(call);
    if (result) results.push(result);
    if (read) parts.push(read);
  }
  return { results, parts, toolCalls };
}

function readPart(part: object): Part | undefined {
  const thinking = firstTextAt(part, 'thinking', 'reasoning');
  if (thinking !== undefined) return { type: 'reasoning', value: thinking };
  const text = firstTextAt(part, 'text', 'refusal');
  if (text !== undefined) {
    const isReasoning = at(part, 'thought') === true || /reasoning|thinking/.test(textAt(part, 'type') ?? '');
    return { type: isReasoning ? 'reasoning' : 'text', value: text };
  }
  const url = imageUrl(part);
  return url === undefined ? undefined : { type: 'image', value: url };
}

/** OpenAI's `image_url`, Anthropic's `source`, Gemini's `inlineData` and `fileData`, the AI SDK's `image`. */
function imageUrl(part: object): string | undefined {
  const direct = firstTextAt(part, 'image_url', 'image');
  if (direct !== undefined) return direct;
  const holder = ['image_url', 'source', 'inlineData', 'fileData'].flatMap((key) => objectAt(part, key) ?? [])[0];
  if (!holder) return undefined;
  const data = textAt(holder, 'data');
  if (data === undefined) return firstTextAt(holder, 'url', 'fileUri');
  return `data:${firstTextAt(holder, 'media_type', 'mimeType') ?? 'image/*'};base64,${data}`;
}

/** Anthropic's `tool_use`, the AI SDK's `tool-call`, Gemini's `functionCall`, Bedrock's `toolUse`. */
function callIn(part: object): ToolCall | undefined {
  const inner = objectAt(part, 'functionCall') ?? objectAt(part, 'toolUse');
  if (!inner && !/^(?:server_)?tool[_-](?:use|call)$/.test(textAt(part, 'type') ?? '')) return undefined;
  const call = inner ?? part;
  return {
    id: firstTextAt(call, 'toolCallId', 'toolUseId', 'id'),
    name: firstTextAt(call, 'toolName', 'name'),
    args: at(call, 'input') ?? at(call, 'args'),
  };
}

/** Anthropic's `tool_result`, the AI SDK's `tool-result`, Gemini's `functionResponse`, Bedrock's `toolResult`. */
function resultIn(part: object): Message | undefined {
  const inner = objectAt(part, 'functionResponse') ?? objectAt(part, 'toolResult');
  if (!inner && !/^tool[_-]result$/.test(textAt(part, 'type') ?? '')) return undefined;
  const result = inner ?? part;
  const given = ['content', 'output', 'result', 'response'].map((key) => at(result, key)).find((one) => one !== undefined); // prettier-ignore
  // what a tool gave is content; results within results are no provider's form
  const { parts } = sorted(given, false);
  return {
    role: 'tool',
    name: firstTextAt(result, 'toolName', 'name'),
    toolCallId: firstTextAt(result, 'tool_use_id', 'toolCallId', 'toolUseId', 'id'),
    ...(parts.length > 0 ? contentOf(given, parts) : { content: given }),
  };
}

/** OpenAI's `{ id, function: { name, arguments } }`, of responses `{ call_id, name, arguments }`, LangChain's `{ id, name, args }`. */
function flatCall(call: object): ToolCall {
  const fn = objectAt(call, 'function') ?? call;
  return {
    id: firstTextAt(call, 'call_id', 'id'),
    name: textAt(fn, 'name'),
    args: at(fn, 'arguments') ?? at(fn, 'args'),
  };
}

/** LangChain's messages hold a call in their content and beside it. */
function unique(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.filter(({ id }, i) => id === undefined || calls.findIndex((other) => other.id === id) === i);
}
