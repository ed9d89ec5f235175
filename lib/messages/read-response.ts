import { at, isObject, listAt, objectAt } from './fields.js';
import type { Message } from './message.js';
import { readMessage } from './read-message.js';

/**
 * The messages in what a model's call gave: text, a provider's response, or a message. Empty for anything else. May throw on hostile
 * values: the caller guards.
 */
export function readResponse(response: unknown): readonly Message[] {
  if (typeof response === 'string') return [{ role: 'assistant', content: response }];
  if (!isObject(response)) return [];
  return READERS.map((read) => read(response)).find((messages) => messages.length > 0) ?? [];
}

const assistant = (message: unknown): readonly Message[] => readMessage(message, 'assistant');

/** By provider; each knows its own shape. */
const READERS: readonly ((response: object) => readonly Message[])[] = [
  // OpenAI chat completions
  (response) => listAt(response, 'choices').flatMap((choice) => (isObject(choice) ? assistant(at(choice, 'message')) : [])),
  // OpenAI responses: messages, function calls and reasoning become one message
  (response) => merged(listAt(response, 'output').flatMap((item) => readMessage(item))),
  // Gemini
  (response) =>
    listAt(response, 'candidates').flatMap((candidate) => (isObject(candidate) ? assistant(at(candidate, 'content')) : [])),
  // Bedrock Converse
  (response) => assistant(at(objectAt(response, 'output') ?? response, 'message')),
  // the AI SDK
  (response) => listAt(objectAt(response, 'response') ?? response, 'messages').flatMap((message) => readMessage(message)),
  // Anthropic, Ollama, LangChain
  (response) => readMessage(response),
  // a client's .withResponse()
  (response) => readResponse(at(response, 'response') === undefined ? undefined : at(response, 'data')),
]; // prettier-ignore

function merged(messages: readonly Message[]): readonly Message[] {
  if (messages.length < 2 || messages.some(({ role }) => role !== 'assistant')) return messages;
  const texts = messages.flatMap(({ content }) => (typeof content === 'string' ? [content] : []));
  return [
    {
      role: 'assistant',
      content: texts.length > 0 ? texts.join('') : undefined,
      parts: messages.find(({ parts }) => parts)?.parts,
      toolCalls: messages.flatMap(({ toolCalls }) => toolCalls ?? []),
    },
  ];
}
