import type { Attributes, Span } from '@opentelemetry/api';
import { captureArguments } from '../capture/capture-arguments.js';
import { captureValue, type Captured } from '../capture/capture-value.js';
import { ChunkAggregate } from '../capture/chunk-aggregate.js';
import type { Limits } from '../capture/limits.js';
import type { ParameterNames } from '../capture/parameter-names.js';
import type { Redaction } from '../capture/redaction.js';
import {
  INPUT_MIME_TYPE,
  INPUT_VALUE,
  OUTPUT_MIME_TYPE,
  OUTPUT_VALUE,
  SPAN_KIND,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { TRUNCATED } from '../conventions/spandrel.js';
import { settings } from '../settings.js';
import type { Call, SiteCall } from '../span/call.js';
import type { Aggregate } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import { attributeOf } from '../span/untouched.js';
import type { TraceSettings } from './trace-settings.js';

/** `input.value`: the arguments, or the `input` that is recorded in their place. */
export function inputAttributes(
  input: ((call: Call) => unknown) | undefined,
  trace: TraceSettings,
  parameters: () => ParameterNames | undefined,
  call: SiteCall,
  run: SpanRun,
  redaction: Redaction,
): Attributes {
  const capture = trace.captureArgs ?? settings.captureArgs;
  if (capture === false) return {};
  const { hidden, limits } = settings;
  if (hidden.inputs || (hidden.embeddingText && isEmbedding(run))) return { [INPUT_VALUE]: REDACTED };
  const captured = input
    ? captureGiven(input(call), limits, redaction)
    : captureArguments(call.given, parameters(), capture, limits, redaction);
  if (captured === undefined) return {};
  if (captured.truncated) markTruncated(run.span, INPUT_VALUE);
  return { [INPUT_VALUE]: captured.text, [INPUT_MIME_TYPE]: captured.mimeType };
}

/** `output.value`: the result. */
export function outputAttributes(trace: TraceSettings, value: unknown, run: SpanRun, redaction: Redaction): Attributes {
  if (value === undefined || !capturesResult(trace)) return {};
  if (hidesOutput(run)) return { [OUTPUT_VALUE]: REDACTED };
  return outputOf(captureValue(value, settings.limits, redaction), run.span);
}

/** `output.value` of a stream; undefined where it is not recorded. */
export function outputAggregate(trace: TraceSettings, run: SpanRun, redaction: Redaction): Aggregate | undefined {
  if (!capturesResult(trace)) return undefined;
  if (hidesOutput(run)) return { add: () => {}, attributes: () => ({ [OUTPUT_VALUE]: REDACTED }) };
  const chunks = new ChunkAggregate(settings.limits, redaction);
  return { add: (chunk) => chunks.add(chunk), attributes: () => outputOf(chunks.captured(), run.span) };
}

/** Adds an attribute's name to the list of those that were cut. */
export function markTruncated(span: Span, name: string): void {
  const before = attributeOf(span, TRUNCATED);
  span.setAttribute(TRUNCATED, Array.isArray(before) ? [...(before as string[]), name] : [name]);
}

const captureGiven = (value: unknown, limits: Limits, redaction: Redaction): Captured | undefined =>
  value === undefined ? undefined : captureValue(value, limits, redaction);

const capturesResult = (trace: TraceSettings): boolean => trace.captureResult ?? settings.captureResult;
const isEmbedding = (run: SpanRun): boolean => run.start[SPAN_KIND] === 'EMBEDDING';
const hidesOutput = (run: SpanRun): boolean =>
  settings.hidden.outputs || (settings.hidden.embeddingVectors && isEmbedding(run));

function outputOf(captured: Captured, span: Span): Attributes {
  // an output that the user set by hand stands, and its mime type is theirs to say
  if (attributeOf(span, OUTPUT_VALUE) !== undefined) return {};
  if (captured.truncated) markTruncated(span, OUTPUT_VALUE);
  return { [OUTPUT_VALUE]: captured.text, [OUTPUT_MIME_TYPE]: captured.mimeType };
}
