import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TestTracing } from '../test-tracing.js';
import { shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

/** Whether a span has not failed; of a tracing, whether none of its spans has. */
export function toHaveNoErrors(received: ReadableSpan | TestTracing): Outcome {
  const isTracing = 'tree' in Object(received);
  if (!isTracing) checkSpan('toHaveNoErrors', received);
  const spans = isTracing ? (received as TestTracing).spans : [received as ReadableSpan];
  const failed = spans.filter(({ status }) => status.code === SpanStatusCode.ERROR);
  const what = isTracing ? 'tracing' : `span ${shown((received as ReadableSpan).name)}`;
  return outcome(failed.length === 0, what, 'have no errors', () => {
    const errors = failed.map(({ name, status }) => `  ${name}: ${status.message ?? 'no message'}`).join('\n');
    const around = isTracing
      ? `The spans:\n${(received as TestTracing).tree()}`
      : whereabouts(received as ReadableSpan);
    return `${failed.length === 0 ? 'It has none.' : `Failed:\n${errors}`}\n\n${around}`;
  });
}
