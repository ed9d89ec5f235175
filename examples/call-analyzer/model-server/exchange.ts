/** The two wire formats, named after the providers that invented them. */
export type WireName = 'openai' | 'anthropic';

/** A tool that the model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One message of a conversation, the same for both wire formats. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly text: string;
  /** Of an assistant's message. */
  readonly toolCalls: readonly ToolCall[];
  /** Of a tool's message: which call it answers. */
  readonly toolCallId?: string | undefined;
}

/** What a client asks a model, the same for both wire formats. */
export interface ModelRequest {
  readonly wire: WireName;
  /** As the client names it: an alias or a dated id. */
  readonly model: string;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Names of the tools that the model may ask for. */
  readonly tools: readonly string[];
}

/** What a script lets the model say. */
export interface ModelAnswer {
  readonly text?: string | undefined;
  readonly toolCalls?: readonly Omit<ToolCall, 'id'>[] | undefined;
  /** Thinking that is billed and not shown. */
  readonly reasoning?: string | undefined;
}

/** Decides what a model answers. It may throw a {@link Refusal}. */
export type Script = (request: ModelRequest) => ModelAnswer;

/** An error that the server answers with, in the wire format's own body. */
export class Refusal extends Error {
  readonly status: number;
  /** OpenAI's `error.code`; Anthropic tells errors apart by the status alone. */
  readonly code: string | null;
  /** How long the client is to wait before it tries again. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, details: { code?: string; retryAfterMs?: number } = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = details.code ?? null;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** A part of the prompt, in the order in which providers cache them. */
export interface PromptSegment {
  readonly text: string;
  /** Tokens that the wire format adds around it. */
  readonly overhead: number;
  /** The client asked to cache everything up to the end of this segment, for this long. */
  readonly cacheFor?: '5m' | '1h' | undefined;
}

/** A request as a wire format reads it. */
export interface IncomingCall {
  readonly request: ModelRequest;
  readonly segments: readonly PromptSegment[];
  readonly maxTokens: number | undefined;
  readonly stream: boolean;
  /** OpenAI's `stream_options.include_usage`; Anthropic's streams always carry it. */
  readonly usageInStream: boolean;
}

/** What a call is billed for, in tokens: the details are subsets of `prompt` and `completion`. */
export interface BilledUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly cacheRead: number;
  /** For any time to live; `cacheWrite1h` is a subset. */
  readonly cacheWrite: number;
  readonly cacheWrite1h: number;
  readonly reasoning: number;
}

/** A model's response before it is put in a wire format. */
export interface OutgoingReply {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly stopped: 'end' | 'tool calls' | 'length';
  readonly usage: BilledUsage;
}
