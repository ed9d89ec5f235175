import type { Attributes } from '@opentelemetry/api';
import { COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { ERROR_TYPE } from '../conventions/error.js';
import { LLM_MODEL_NAME, SPAN_KIND, TOKENS_COMPLETION, TOKENS_PROMPT } from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { CANCELLED } from '../conventions/spandrel.js';
import type { TreeSpan } from './tree-span.js';

const STATUS_ERROR = 2; // SpanStatusCode.ERROR, on the wire too

/** What a reader of a tree wants to know of a span. A missing field is not reported by the span; it is never guessed. */
export interface SpanFacts {
  /** The OpenInference kind. */
  readonly kind?: string;
  readonly model?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** USD of this span's own model call, never of the calls below it. */
  readonly totalUsd?: number;
  readonly unpricedModel?: string;
  readonly timeToFirstChunkMs?: number;
  /** Milliseconds, never below 0; undefined while the span is open. */
  readonly durationMs?: number;
  /** The clock was set back while it ran: its duration is not known, and stands as 0. */
  readonly endsBeforeStart?: true;
  readonly cancelled: boolean;
  /** `error.type` and the status message of a failed span. */
  readonly error?: string;
}

/** Reads the facts from a span's attributes, times and status. */
export function spanFacts({ attributes, startNs, endNs, status }: TreeSpan): SpanFacts {
  const facts: Record<string, unknown> = {
    kind: text(attributes, SPAN_KIND),
    model: text(attributes, LLM_MODEL_NAME),
    promptTokens: number(attributes, TOKENS_PROMPT),
    completionTokens: number(attributes, TOKENS_COMPLETION),
    totalUsd: number(attributes, COST_TOTAL_USD),
    unpricedModel: text(attributes, COST_UNPRICED_MODEL),
    timeToFirstChunkMs: number(attributes, TIME_TO_FIRST_CHUNK_MS),
    durationMs: endNs === undefined ? undefined : Math.max(0, Number(endNs - startNs) / 1e6),
    endsBeforeStart: endNs !== undefined && endNs < startNs ? true : undefined,
    cancelled: attributes[CANCELLED] === true,
    error: status.code === STATUS_ERROR ? errorText(text(attributes, ERROR_TYPE), status.message) : undefined,
  };
  for (const key of Object.keys(facts)) if (facts[key] === undefined) delete facts[key];
  return facts as unknown as SpanFacts;
}

function errorText(type: string | undefined, message: string | undefined): string {
  if (!message) return type ?? 'error';
  return type === undefined || message.startsWith(type) ? message : `${type}: ${message}`;
}

function text(attributes: Attributes, key: string): string | undefined {
  const value = attributes[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(attributes: Attributes, key: string): number | undefined {
  const value = attributes[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
