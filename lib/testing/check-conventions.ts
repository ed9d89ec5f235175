import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { Linter } from '../lint/linter.js';
import type { Finding } from '../lint/lint-span.js';

/**
 * Holds spans against the conventions: types, names, tokens and dollars that do not add up or stand on the wrong span, JSON that is
 * none, spans that have not ended, secrets. Spans of any library; `spandrel lint` does the same for trace files.
 *
 * @example
 * expect(checkConventions(tracing.spans)).toEqual([]);
 */
export function checkConventions(spans: readonly ReadableSpan[]): Finding[] {
  if (!Array.isArray(spans))
    throw new TypeError(
      'checkConventions takes a list of spans, such as tracing.spans; toFollowConventions takes a tracing too.',
    );
  const findings: Finding[] = [];
  const linter = new Linter((finding) => findings.push(finding));
  for (const span of spans) {
    const { name, status, attributes, events, ended } = span;
    const { traceId, spanId } = span.spanContext();
    const isBackwards = ended && nanoseconds(span.endTime) < nanoseconds(span.startTime);
    linter.add({ traceId, spanId, parentSpanId: span.parentSpanContext?.spanId, name, ended, isBackwards, status, attributes, events }); // prettier-ignore
  }
  linter.end();
  return findings;
}

const nanoseconds = ([seconds, nanos]: HrTime) => BigInt(seconds) * 1_000_000_000n + BigInt(Math.trunc(nanos));
