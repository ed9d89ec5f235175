import type { HrTime, Span } from '@opentelemetry/api';

/**
 * When a call was over that took so long: the span's start and as much, which the SDK takes as it is. From a reading of the clock it
 * would look up the clock's origin and the clock once more. Undefined for a span that does not show its start.
 */
export function endTime(span: Span, milliseconds: number): HrTime | undefined {
  const { startTime } = span as { readonly startTime?: HrTime };
  if (!Array.isArray(startTime)) return undefined;
  const nanoseconds = startTime[1] + Math.round(milliseconds * 1e6);
  return [startTime[0] + Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
}
