import { chunkText } from '../capture/chunk-aggregate.js';
import { at, isObject, listAt, objectAt, textAt } from './fields.js';
import type { Message, ToolCall } from './message.js';

interface Gathered {
  id: string | undefined;
  name: string | undefined;
  args: string;
}

const MOST_CALLS = 100;

/** The one message that a stream's chunks make: its text, and the tool calls of OpenAI and Anthropic, whose arguments come in pieces. */
export class StreamedMessage {
  readonly #characters: number;
  readonly #calls = new Map<string, Gathered>();
  #text = '';
  #dropped = 0;

  /** `characters`: how much of the text, and of each call's arguments, is kept. */
  constructor(characters: number) {
    this.#characters = characters;
  }

  /** Takes a chunk of any shape. May throw on hostile values: the caller guards. */
  add(chunk: unknown): void {
    const text = chunkText(chunk) ?? '';
    const head = text.slice(0, Math.max(0, this.#characters - this.#text.length));
    this.#text += head;
    this.#dropped += text.length - head.length;
    if (isObject(chunk)) this.#addCalls(chunk);
  }

  /** Undefined where nothing came that a model says. */
  message(): Message | undefined {
    const toolCalls: ToolCall[] = [...this.#calls.values()];
    if (this.#text === '' && toolCalls.length === 0) return undefined;
    return {
      role: 'assistant',
      content: this.#text === '' ? undefined : this.#text,
      dropped: this.#dropped,
      toolCalls,
    };
  }

  #addCalls(chunk: object): void {
    for (const choice of listAt(chunk, 'choices')) {
      const delta = isObject(choice) ? objectAt(choice, 'delta') : undefined;
      for (const call of delta ? listAt(delta, 'tool_calls') : []) {
        if (!isObject(call)) continue;
        const fn = objectAt(call, 'function');
        const key = `${String(at(choice as object, 'index'))}.${String(at(call, 'index'))}`;
        this.#gather(key, textAt(call, 'id'), fn && textAt(fn, 'name'), fn && textAt(fn, 'arguments'));
      }
    }
    const index = String(at(chunk, 'index'));
    const block = objectAt(chunk, 'content_block');
    if (block && textAt(block, 'type') === 'tool_use')
      this.#gather(index, textAt(block, 'id'), textAt(block, 'name'), '');
    const delta = objectAt(chunk, 'delta');
    if (delta && this.#calls.has(index)) this.#gather(index, undefined, undefined, textAt(delta, 'partial_json'));
    const item = textAt(chunk, 'type') === 'response.output_item.done' ? objectAt(chunk, 'item') : undefined;
    if (item && textAt(item, 'type') === 'function_call')
      this.#gather(String(at(chunk, 'output_index')), textAt(item, 'call_id'), textAt(item, 'name'), textAt(item, 'arguments')); // prettier-ignore
  }

  #gather(key: string, id: string | undefined, name: string | undefined, args: string | undefined): void {
    let call = this.#calls.get(key);
    if (!call) {
      if (this.#calls.size >= MOST_CALLS) return;
      this.#calls.set(key, (call = { id: undefined, name: undefined, args: '' }));
    }
    call.id ??= id;
    call.name ??= name;
    call.args += (args ?? '').slice(0, Math.max(0, this.#characters - call.args.length));
  }
}
