import { MIME_JSON } from '../conventions/openinference.js';
import { captureText, captureValue, type Captured } from './capture-value.js';
import { cutEntriesMark, headOf, LOOK_PAST_CUT } from './cut.js';
import type { Limits } from './limits.js';
import type { Redaction } from './redaction.js';

/** Room for `,"text":` and the like round the parts. */
const FRAME = 64;

/**
 * The chunks of a stream as one bounded, redacted value: the text of known chunk shapes joined, so that a secret across chunk
 * borders is seen; other chunks as an array, each written when it comes, so that none is kept alive.
 */
export class ChunkAggregate {
  readonly #limits: Limits;
  readonly #redaction: Redaction;
  #text: string | undefined;
  #textDropped = 0;
  readonly #others: string[] = [];
  #othersRoom: number;
  #othersDropped = 0;
  #bytes = 0;
  #truncated = false;

  constructor(limits: Limits, redaction: Redaction) {
    this.#limits = limits;
    this.#redaction = redaction;
    this.#othersRoom = limits.characters - FRAME;
  }

  add(chunk: unknown): void {
    if (chunk === undefined) return; // some streams tick without data
    const text = chunkText(chunk);
    if (text !== undefined) this.#addText(text);
    else if (chunk instanceof Uint8Array) this.#bytes += chunk.byteLength;
    else this.#addOther(chunk);
  }

  /** What was gathered: text when only text came, else JSON. */
  captured(): Captured {
    const characters = this.#limits.characters;
    const othersSeen = this.#others.length + this.#othersDropped;
    if (this.#text !== undefined && othersSeen === 0 && this.#bytes === 0)
      return captureText(this.#text, characters, this.#redaction, this.#textDropped);
    if (this.#bytes > 0 && othersSeen === 0 && this.#text === undefined)
      return captureText(`[${this.#bytes} bytes]`, characters, this.#redaction);
    const mark = this.#othersDropped > 0 ? [JSON.stringify(cutEntriesMark(this.#othersDropped))] : [];
    const others = `[${[...this.#others, ...mark].join(',')}]`;
    const truncated = this.#truncated || this.#othersDropped > 0;
    if (this.#text === undefined && this.#bytes === 0) return { text: others, mimeType: MIME_JSON, truncated };
    const text =
      this.#text === undefined ? undefined : this.#quotedText(Math.max(FRAME, characters - others.length - FRAME));
    const parts = [
      ...(text ? [`"text":${text.json}`] : []),
      ...(othersSeen > 0 ? [`"chunks":${others}`] : []),
      ...(this.#bytes > 0 ? [`"bytes":${this.#bytes}`] : []),
    ];
    return { text: `{${parts.join(',')}}`, mimeType: MIME_JSON, truncated: truncated || text?.truncated === true };
  }

  /** The text as JSON of at most `room` characters. */
  #quotedText(room: number): { readonly json: string; readonly truncated: boolean } {
    for (let characters = room - 2; ; characters = Math.floor(characters / 2)) {
      const { text, truncated } = captureText(this.#text ?? '', characters, this.#redaction, this.#textDropped);
      const json = JSON.stringify(text);
      // escapes may make it longer than counted
      if (json.length <= room || characters < FRAME / 2) return { json, truncated };
    }
  }

  #addText(text: string): void {
    const kept = this.#text ?? '';
    const room = this.#limits.characters + LOOK_PAST_CUT - kept.length;
    const head = room > 0 ? headOf(text, room) : '';
    this.#text = kept + head;
    this.#textDropped += text.length - head.length;
  }

  #addOther(chunk: unknown): void {
    if (this.#others.length >= this.#limits.entries || this.#othersRoom < 2 * FRAME) {
      this.#othersDropped++;
      return;
    }
    const text = captureValue([chunk], { ...this.#limits, characters: this.#othersRoom }, this.#redaction);
    const json = text.text.slice(1, -1);
    this.#truncated ||= text.truncated;
    this.#othersRoom -= json.length + 1;
    this.#others.push(json);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The text a chunk carries: `''` for a known chunk without text (role, usage, tool call …), undefined for a chunk of unknown shape.
 * Shapes: plain strings; OpenAI chat completions and completions; OpenAI responses events; Anthropic message events; AI SDK parts;
 * LangChain message chunks; Gemini; Ollama.
 */
export function chunkText(chunk: unknown): string | undefined {
  if (typeof chunk === 'string') return chunk;
  const fields = fieldsOf(chunk);
  if (!fields) return undefined;
  if (Array.isArray(fields.choices)) return choicesText(fields.choices);
  if (typeof fields.type === 'string') return typedText(fields.type, fields);
  if (Array.isArray(fields.candidates)) return candidatesText(fields.candidates);
  const message = fieldsOf(fields.message);
  if (message && typeof fields.done === 'boolean') return textOf(message.content) ?? '';
  if (
    typeof fields.content === 'string' &&
    ('usage_metadata' in fields || 'lc_kwargs' in fields || 'response_metadata' in fields)
  )
    return fields.content;
  return undefined;
}

function choicesText(choices: readonly unknown[]): string {
  let text = '';
  for (const choice of choices) {
    const fields = fieldsOf(choice);
    text += textOf(fieldsOf(fields?.delta)?.content) ?? textOf(fields?.text) ?? '';
  }
  return text;
}

function candidatesText(candidates: readonly unknown[]): string {
  let text = '';
  const parts = fieldsOf(fieldsOf(candidates[0])?.content)?.parts;
  if (Array.isArray(parts)) for (const part of parts) text += textOf(fieldsOf(part)?.text) ?? '';
  return text;
}

/** Events that only frame the text: Anthropic's, OpenAI's responses', the AI SDK's. */
const FRAMING =
  /^(?:message_start|message_delta|message_stop|content_block_start|content_block_stop|ping|response\.[\w.]+|start|start-step|finish-step|finish|text-start|text-end)$/;

function typedText(type: string, fields: Fields): string | undefined {
  if (type === 'content_block_delta') return textOf(fieldsOf(fields.delta)?.text) ?? '';
  if (type === 'response.output_text.delta') return textOf(fields.delta) ?? '';
  if (type === 'text-delta') return textOf(fields.text) ?? textOf(fields.textDelta) ?? textOf(fields.delta) ?? '';
  return FRAMING.test(type) ? '' : undefined;
}
