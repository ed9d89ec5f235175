import { at, isObject, listAt, objectAt } from './fields.js';
import type { Message } from './message.js';
import { readMessage } from './read-message.js';

/** What a model is asked, as far as the arguments of a call show it. */
export interface ModelRequest {
  readonly messages: readonly Message[];
  /** The tools the model may call, as the provider takes them. */
  readonly tools: readonly unknown[];
  /** Everything else in the request but the model: temperature, stop sequences … */
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

/** More messages than a backend shows, and than a span has room for. */
const MOST_MESSAGES = 200;

/**
 * The request among a call's arguments: the first that a provider's client would take (an object with `messages`, `input`, `contents` or
 * `prompt`), else a list of messages. Undefined when there is none. May throw on hostile values: the caller guards.
 */
export function readRequest(args: readonly unknown[]): ModelRequest | undefined {
  for (const arg of args) {
    if (!isObject(arg)) continue;
    if (Array.isArray(arg)) {
      const messages = readMessages(arg);
      if (messages.length > 0) return { messages, tools: [], parameters: undefined };
      continue;
    }
    const given = ['messages', 'input', 'contents', 'prompt'].map((key) => at(arg, key)).find((one) => one !== undefined); // prettier-ignore
    const messages = [...systemMessages(arg), ...readMessages(given)];
    if (messages.length > 0) return { messages, tools: toolsOf(arg), parameters: parametersOf(arg) };
  }
  return undefined;
}

/** A list of messages; text is what the user says. */
export function readMessages(given: unknown): readonly Message[] {
  if (typeof given === 'string') return [{ role: 'user', content: given }];
  if (!Array.isArray(given)) return readMessage(given);
  const messages: Message[] = [];
  for (const item of given as unknown[]) {
    if (messages.length >= MOST_MESSAGES) break;
    if (typeof item === 'string') messages.push({ role: 'user', content: item });
    else messages.push(...readMessage(item));
  }
  return messages;
}

/** Anthropic's, Bedrock's and the AI SDK's `system`, OpenAI's `instructions`, Gemini's `config.systemInstruction`. */
function systemMessages(request: object): readonly Message[] {
  const config = objectAt(request, 'config') ?? request;
  const given = at(request, 'system') ?? at(request, 'instructions') ?? at(config, 'systemInstruction');
  if (given === undefined || given === null) return [];
  if (typeof given === 'string') return [{ role: 'system', content: given }];
  const parts = Array.isArray(given) ? (given as unknown[]) : (at(given, 'parts') ?? [given]);
  return readMessage({ role: 'system', content: parts });
}

/** OpenAI's and Anthropic's list, Gemini's and Bedrock's lists inside `config` and `toolConfig`, the AI SDK's object by name. */
function toolsOf(request: object): readonly unknown[] {
  const holder = objectAt(request, 'toolConfig') ?? objectAt(request, 'config') ?? request;
  const tools = at(request, 'tools') ?? at(holder, 'tools');
  if (Array.isArray(tools)) return tools.flatMap((tool) => (isObject(tool) && listAt(tool, 'functionDeclarations').length > 0 ? listAt(tool, 'functionDeclarations') : [tool])).slice(0, MOST_MESSAGES); // prettier-ignore
  return isObject(tools) ? Object.entries(tools).slice(0, MOST_MESSAGES).map(([name, tool]) => ({ name, ...(isObject(tool) && { description: at(tool, 'description') }) })) : []; // prettier-ignore
}

const CONTENT = new Set(['messages', 'input', 'contents', 'prompt', 'system', 'instructions', 'tools', 'toolConfig', 'model', 'modelId']); // prettier-ignore
const CONFIG_CONTENT = new Set(['systemInstruction', 'tools']);

function parametersOf(request: object): Readonly<Record<string, unknown>> | undefined {
  const parameters: Record<string, unknown> = {};
  for (const key of Object.keys(request)) {
    const value = at(request, key);
    if (CONTENT.has(key) || value === undefined || typeof value === 'function') continue;
    if (key === 'config' && isObject(value)) {
      for (const inner of Object.keys(value)) if (!CONFIG_CONTENT.has(inner)) parameters[inner] = at(value, inner);
    } else parameters[key] = value;
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}
