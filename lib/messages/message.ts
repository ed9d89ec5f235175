/** One message of a chat, in the form that every provider's is brought to. */
export interface Message {
  /** `system`, `user`, `assistant`, `tool`. */
  readonly role: string;
  /** The content, where it is one: text, or what a tool gave. */
  readonly content?: unknown;
  /** How many characters of the content were not kept. */
  readonly dropped?: number | undefined;
  /** The content in parts, where not all of it is text. */
  readonly parts?: readonly Part[] | undefined;
  readonly name?: string | undefined;
  /** Which tool call the message answers. */
  readonly toolCallId?: string | undefined;
  readonly toolCalls?: readonly ToolCall[] | undefined;
}

/** A part of a message's content; an image is an address or a data URL. */
export interface Part {
  readonly type: 'text' | 'reasoning' | 'image';
  readonly value: string;
}

/** A tool that the model asks for. */
export interface ToolCall {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** As the provider gave them: JSON text, or an object. */
  readonly args?: unknown;
}
