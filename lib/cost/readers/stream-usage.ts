import { reportOnce, safely } from '../../safely.js';
import type { ModelResponse, UsageReader } from '../model-response.js';
import { readByUser, readUsage } from '../read-usage.js';
import { invokedChunk } from './bedrock-invoke.js';
import { added, isAlike } from './combined.js';
import { field, objectAt } from './fields.js';
import { messageFacts } from './langchain.js';

/**
 * Collects usage from the chunks of a streamed response, in constant memory: chunks that carry nothing cost a few property reads.
 * Providers count cumulatively, so the last count wins; where a stream carries several responses of one model, their usages are added.
 */
export class StreamUsage {
  readonly #extraReaders: readonly UsageReader[];
  /** The response that is streaming now. */
  #current: ModelResponse | undefined;
  /** Sum of those that are over. */
  #finished: ModelResponse | undefined;
  /** It carried responses that no single price fits. */
  #mixed = false;
  /** The AI SDK's steps were read, so their sum is not. */
  #steps = false;
  /** Anthropic's usage so far, as it came: `message_start` and the deltas each carry a part. */
  #message: object | undefined;
  /** What LangChain's chunks said of the response that is streaming now. */
  #about: Omit<ModelResponse, 'usage'> = {};

  constructor(extraReaders: readonly UsageReader[] = []) {
    this.#extraReaders = extraReaders;
  }

  add(chunk: unknown): void {
    if (this.#extraReaders.length > 0) {
      const read = readByUser(chunk, this.#extraReaders);
      if (read !== undefined) {
        this.#take(read);
        return;
      }
    }
    if (typeof chunk !== 'object' || chunk === null) return;
    safely('a chunk of a stream could not be read for usage', () => this.#read(chunk));
  }

  /** What the whole stream used, as far as it was reported. */
  result(): ModelResponse | undefined {
    const current = this.#current;
    if (this.#finished === undefined || current === undefined)
      return this.#mixed ? undefined : (current ?? this.#finished);
    return this.#mixed ? undefined : added(this.#finished, current);
  }

  #read(chunk: object): void {
    const type = field(chunk, 'type');
    if (objectAt(chunk, 'response_metadata') !== undefined) this.#readMessage(chunk);
    else if (objectAt(chunk, 'usage_metadata') !== undefined) this.#takeMore(readUsage(chunk));
    else if (typeof type === 'string') this.#readEvent(type, chunk);
    else if (carriesUsage(chunk)) this.#take(readUsage(chunk));
    else if (objectAt(chunk, 'chunk') !== undefined) this.#readBytes(chunk);
  }

  /** Bedrock's InvokeModelWithResponseStream, as the AWS client gives it. */
  #readBytes(event: object): void {
    const chunk = invokedChunk(event);
    if (chunk !== undefined) this.#read(chunk);
  }

  #readEvent(type: string, event: object): void {
    switch (type) {
      case 'message_start': // Anthropic
        this.#message = objectAt(event, 'message');
        this.#take(readUsage(this.#message));
        break;
      case 'message_delta': // its counts are cumulative; a null means "as before"
        this.#message = updated(this.#message, objectAt(event, 'usage'));
        this.#take(readUsage(this.#message));
        break;
      case 'message_stop': // on Bedrock its metrics say less than the message did
        break;
      case 'response.completed': // OpenAI Responses
      case 'response.incomplete':
      case 'response.failed':
      case 'response.done': // OpenAI realtime
        this.#take(readUsage(objectAt(event, 'response')));
        break;
      case 'message-end': // Cohere
        this.#take(readUsage(objectAt(event, 'delta')));
        break;
      case 'finish-step': // the AI SDK: a response each
      case 'step-finish':
        this.#steps = true;
        this.#take(readUsage(event));
        break;
      case 'finish': // the sum of the steps, or a model's own last part
        if (!this.#steps) this.#take(readUsage(event));
        break;
      default:
        if (carriesUsage(event)) this.#take(readUsage(event));
    }
  }

  /** A chunk of LangChain's: the usage, the model and the id may each stand on a chunk of its own. */
  #readMessage(chunk: object): void {
    const told = messageFacts(chunk);
    const another = told.id !== undefined && this.#about.id !== undefined && told.id !== this.#about.id;
    this.#about = another ? told : completed(told, this.#about);
    const read = objectAt(chunk, 'usage_metadata') === undefined ? undefined : readUsage(chunk);
    if (read !== undefined) this.#takeMore(completed(read, this.#about));
    else if (this.#current !== undefined && this.#current.id === this.#about.id)
      this.#current = completed(this.#current, this.#about);
  }

  /** LangChain's chunks count what is new since the chunk before. */
  #takeMore(read: ModelResponse | undefined): void {
    if (read === undefined) return;
    const current = this.#current;
    const sameId = current?.id === undefined || read.id === undefined || current.id === read.id;
    if (current === undefined || !sameId) return this.#take(read);
    const usage = added(current, read).usage;
    // Anthropic's first event counts a token that its last one counts again
    const again =
      current.provider === 'anthropic'
        ? Math.max(current.usage.completion ?? 0, read.usage.completion ?? 0)
        : undefined;
    this.#current = merged(current, { ...read, usage: again === undefined ? usage : { ...usage, completion: again } });
  }

  #take(read: ModelResponse | undefined): void {
    if (read === undefined) return;
    const current = this.#current;
    if (current !== undefined && current.id !== undefined && read.id !== undefined && current.id !== read.id) {
      if (!isAlike(current, read)) {
        this.#mixed = true;
        reportOnce(
          'a stream carries responses of several models, so its usage has no one price; trace each model call by itself',
        );
      }
      this.#finished = this.#finished === undefined ? current : added(this.#finished, current);
      this.#current = read;
    } else {
      this.#current = current === undefined ? read : merged(current, read);
    }
  }
}

const CARRIERS = [
  ...['usage', 'usageMetadata', 'x_groq', 'metadata', 'eval_count'],
  ...['amazon-bedrock-invocationMetrics', 'generation_token_count', 'totalOutputTextTokenCount'], // Bedrock: any model, Llama, Titan
];

function carriesUsage(chunk: object): boolean {
  for (const carrier of CARRIERS) {
    const value = field(chunk, carrier);
    if ((typeof value === 'object' && value !== null) || typeof value === 'number') return true;
  }
  return false;
}

/** Anthropic's message with newer counts in its usage. */
function updated(message: object | undefined, usage: object | undefined): object | undefined {
  if (usage === undefined) return message;
  const counts = Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null && count !== undefined));
  return { type: 'message', ...message, usage: { ...objectAt(message, 'usage'), ...counts } };
}

/** The same response later in its stream: what is newly said wins, what is not said again stays. */
function merged(before: ModelResponse, now: ModelResponse): ModelResponse {
  // Llama on Bedrock counts the prompt on its first chunk alone
  const goesOn = now.provider === 'aws.bedrock' && now.usage.prompt === undefined;
  return { ...completed(now, before), usage: goesOn ? { ...before.usage, ...now.usage } : now.usage };
}

/** With what was said before of what is not said now. */
function completed<T extends Omit<ModelResponse, 'usage'>>(now: T, before: Omit<ModelResponse, 'usage'>): T {
  return {
    ...now,
    model: now.model ?? before.model,
    id: now.id ?? before.id,
    provider: now.provider ?? before.provider,
    serviceTier: now.serviceTier ?? before.serviceTier,
    costUsd: now.costUsd ?? before.costUsd,
  };
}
