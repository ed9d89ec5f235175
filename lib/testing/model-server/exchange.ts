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

/** A part of the prompt, in the order in which providers cache them. */
export interface PromptSegment {
  readonly text: string;
  /** Tokens that the wire format adds around it. */
  readonly overhead: number;
  /** The client asked to cache everything up to the end of this segment, for this long. */
  readonly cacheFor?: '5m' | '1h' | undefined;
}

/** What a client asks a model, the same for both wire formats. */
export interface ModelRequest {
  readonly wire: WireName;
  /** As the client names it: an alias or a dated id. */
  readonly model: string;
  /** The system prompt; empty where there is none. */
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Names of the tools that the model may ask for. */
  readonly tools: readonly string[];
  readonly stream: boolean;
  /** How many tokens the answer may have. */
  readonly maxTokens: number | undefined;
  /** All of the prompt, for whoever counts its tokens. */
  readonly segments: readonly PromptSegment[];
  /** The body as it was sent. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a call is billed for, in tokens, as OpenInference counts: the details are subsets of `prompt` and `completion`. */
export interface BilledUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly cacheRead: number;
  /** For any time to live; `cacheWrite1h` is a subset. OpenAI has none. */
  readonly cacheWrite: number;
  readonly cacheWrite1h: number;
  /** Thinking that is billed and not shown; of Anthropic's, part of the completion without a figure of its own. */
  readonly reasoning: number;
}

/** What a model says. */
export interface ModelAnswer {
  readonly text?: string | undefined;
  readonly toolCalls?: readonly Omit<ToolCall, 'id'>[] | undefined;
  /** In tokens. Default: a token for four characters begun, of prompt and answer. null: the response reports none. */
  readonly usage?: Partial<BilledUsage> | null | undefined;
  /** Which model says that it answered. Default: the one that was asked for. */
  readonly model?: string | undefined;
  /** The response's id. Default: a random one in the provider's form. */
  readonly id?: string | undefined;
  /** Why it stopped. Default: `tool calls` where there are some, else `end`. */
  readonly stopped?: 'end' | 'tool calls' | 'length' | undefined;
  /** How long the model thinks first, in milliseconds. Default: the server's. */
  readonly latencyMs?: number | undefined;
  /** The pause after each event of a stream, in milliseconds. Default: the server's. */
  readonly eventPauseMs?: number | undefined;
  /** The connection breaks after so many events of the stream; without a stream, before the response. Default: it holds. */
  readonly breakAfter?: number | undefined;
}

/** An error that the server answers with, in the wire format's own body. */
export class ModelError extends Error {
  readonly status: number;
  /** OpenAI's `error.code`; Anthropic tells errors apart by the status alone. */
  readonly code: string | null;
  /** How long the client is to wait before it tries again, in milliseconds: `retry-after` and `retry-after-ms`. */
  readonly retryAfterMs: number | undefined;

  /** @param status 400 to 599, as the provider's: 429 for too many requests, 529 for Anthropic's overload */
  constructor(
    status: number,
    message: string,
    details: { readonly code?: string | undefined; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    if (!Number.isInteger(status) || status < 400 || status > 599)
      throw new RangeError(`ModelError: expected a status of 400 to 599, got ${String(status)}.`);
    this.name = 'ModelError';
    this.status = status;
    this.code = details.code ?? null;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** An answer: its text alone, all of it, or an error. */
export type Reply = string | ModelAnswer | ModelError;

/** Decides what a model answers; what it throws is an answer too, a {@link ModelError} as itself and anything else with status 500. */
export type Script = (request: ModelRequest) => Reply | Promise<Reply>;

/** One request that reached the server, and how it was answered. */
export interface ModelExchange {
  /** The id in the response's header: `x-request-id`, or Anthropic's `request-id`. */
  readonly requestId: string;
  readonly wire: WireName;
  /** Undefined where it could not be read. */
  readonly request: ModelRequest | undefined;
  readonly status: number;
  /** How often the client had tried before, as its SDK says. */
  readonly retryCount: number;
  /** Absent where nothing was billed: a refused call costs nothing. `usage` is what was billed, reported or not. */
  readonly bill?: { readonly responseId: string; readonly model: string; readonly usage: BilledUsage } | undefined;
}

/** A model's response before it is put in a wire format. */
export interface OutgoingReply {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly stopped: 'end' | 'tool calls' | 'length';
  /** undefined: it reports none. */
  readonly usage: BilledUsage | undefined;
}
