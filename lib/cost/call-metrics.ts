import { createNoopMeter, metrics, type Attributes, type Histogram, type MeterProvider } from '@opentelemetry/api';
import { carryContexts } from '../context/active.js';
import { ERROR_TYPE } from '../conventions/error.js';
import {
  GEN_AI_OPERATION_NAME,
  GEN_AI_PROVIDER_NAME,
  GEN_AI_REQUEST_MODEL,
  GEN_AI_RESPONSE_MODEL,
} from '../conventions/gen-ai.js';
import {
  OPERATION_COST,
  OPERATION_DURATION,
  TIME_TO_FIRST_CHUNK,
  TOKEN_TYPE,
  TOKEN_USAGE,
} from '../conventions/metrics.js';
import { safely } from '../safely.js';
import { VERSION } from '../version.js';
import type { ModelResponse } from './model-response.js';

/** One model call, as it is measured. */
export interface MeasuredCall {
  readonly kind: string;
  readonly requestedModel: string | undefined;
  /** What it gave, where that is known: the dimensions of its measures. */
  readonly response?: ModelResponse | undefined;
}

interface Instruments {
  readonly tokens: Histogram;
  readonly duration: Histogram;
  readonly firstChunk: Histogram;
  readonly cost: Histogram;
}

const powers = (base: number, factor: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => base * factor ** i);
// the conventions' own: 1 … 67,108,864 tokens; 0.01 … 81.92 s
const TOKEN_BUCKETS = powers(1, 4, 14);
const SECOND_BUCKETS = powers(0.01, 2, 14);
const FIRST_CHUNK_BUCKETS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const USD_BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100];

const NOOP_METER = createNoopMeter();
let provider: MeterProvider | undefined;
let instruments: Instruments | undefined;

/** Whether a meter provider is registered. */
export const metersActive = (): boolean => activeInstruments() !== undefined;

/** Measures the tokens and the cost of a response; call it once for each. */
export function measureUsage(call: MeasuredCall, usd: number | undefined): void {
  safely('a call could not be measured', recordUsage, call, usd);
}

function recordUsage(call: MeasuredCall, usd: number | undefined): void {
  const active = activeInstruments();
  if (!active) return;
  const dimensions = dimensionsOf(call);
  const { prompt, completion } = call.response?.usage ?? {};
  if (prompt !== undefined) active.tokens.record(prompt, { ...dimensions, [TOKEN_TYPE]: 'input' });
  if (completion !== undefined) active.tokens.record(completion, { ...dimensions, [TOKEN_TYPE]: 'output' });
  if (usd !== undefined) active.cost.record(usd, dimensions);
}

/** Measures how long a call took, in seconds, and how long until its first chunk. `errorType`: the `error.type` of a call that failed. */
export function measureDuration(
  call: MeasuredCall,
  seconds: { readonly total: number; readonly firstChunk: number | undefined },
  errorType: string | undefined,
): void {
  safely('a call could not be measured', recordDuration, call, seconds, errorType);
}

function recordDuration(
  call: MeasuredCall,
  seconds: { readonly total: number; readonly firstChunk: number | undefined },
  errorType: string | undefined,
): void {
  const active = activeInstruments();
  if (!active) return;
  const dimensions = dimensionsOf(call);
  active.duration.record(seconds.total, errorType === undefined ? dimensions : { ...dimensions, [ERROR_TYPE]: errorType }); // prettier-ignore
  if (seconds.firstChunk !== undefined) active.firstChunk.record(seconds.firstChunk, dimensions);
}

/** The instruments of the registered meter provider, made once for each; undefined where none is registered. */
function activeInstruments(): Instruments | undefined {
  const registered = metrics.getMeterProvider();
  if (registered === provider) return instruments;
  provider = registered;
  instruments = safely('the meter provider failed', makeInstruments, registered);
  // a call within a call must be seen to be so, or its tokens would be measured twice
  if (instruments) carryContexts();
  return instruments;
}

function makeInstruments(registered: MeterProvider): Instruments | undefined {
  const meter = registered.getMeter('spandrel', VERSION);
  const histogram = (name: string, unit: string, description: string, buckets: number[]): Histogram =>
    meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: buckets } });
  return meter === NOOP_METER
    ? undefined
    : {
        tokens: histogram(TOKEN_USAGE, '{token}', 'Tokens used by model calls.', TOKEN_BUCKETS),
        duration: histogram(OPERATION_DURATION, 's', 'Duration of model calls.', SECOND_BUCKETS),
        firstChunk: histogram(TIME_TO_FIRST_CHUNK, 's', 'Time to the first chunk of a stream.', FIRST_CHUNK_BUCKETS),
        cost: histogram(OPERATION_COST, '{USD}', 'Cost of model calls.', USD_BUCKETS),
      };
}

function dimensionsOf({ kind, requestedModel, response }: MeasuredCall): Attributes {
  const provider = response?.provider;
  const request = requestedModel ?? response?.model;
  return {
    [GEN_AI_OPERATION_NAME]: kind === 'EMBEDDING' ? 'embeddings' : 'chat',
    ...(provider !== undefined && { [GEN_AI_PROVIDER_NAME]: provider }),
    ...(request !== undefined && { [GEN_AI_REQUEST_MODEL]: request }),
    ...(response?.model !== undefined && { [GEN_AI_RESPONSE_MODEL]: response.model }),
  };
}
