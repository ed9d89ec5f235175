import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Finding } from '../../lint/lint-span.js';
import { checkConventions } from '../check-conventions.js';
import type { TestTracing } from '../test-tracing.js';
import { shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan } from './received.js';

/** Whether a span, a list of spans, or all of a tracing, the open ones too, follow the conventions. */
export function toFollowConventions(received: ReadableSpan | readonly ReadableSpan[] | TestTracing): Outcome {
  const isTracing = 'tree' in Object(received);
  const spans = isTracing
    ? [...(received as TestTracing).spans, ...(received as TestTracing).open()]
    : [received as ReadableSpan | readonly ReadableSpan[]].flat();
  for (const span of spans) checkSpan('toFollowConventions', span);
  const findings = checkConventions(spans);
  const who = isTracing ? 'tracing' : spans.length === 1 ? `span ${shown(spans[0]?.name)}` : 'spans';
  return outcome(findings.length === 0, who, 'follow the conventions', () =>
    findings.length === 0
      ? `${spans.length === 1 ? '1 span does' : `${spans.length} spans do`}.`
      : findings.map(line).join('\n'),
  );
}

const line = ({ span, attribute, says, rule, source }: Finding) =>
  `  ${span}: ${attribute === undefined ? '' : `${attribute} `}${says}  [${rule}; ${source}]`;
