import { OPENTELEMETRY, type Rule } from '../rule.js';

const ERROR = 2; // SpanStatusCode.ERROR, on the wire too

/** What says that it failed, failed. */
export const status: Rule = {
  name: 'status',
  source: `${OPENTELEMETRY}, recording errors`,
  check({ attributes, events, status }, report) {
    if (attributes['error.type'] !== undefined && status.code !== ERROR)
      report('is for spans that failed, and the status is no error', 'error.type');
    for (const event of events) {
      if (event.name !== 'exception') continue;
      if (event.attributes?.['exception.type'] === undefined && event.attributes?.['exception.message'] === undefined)
        report('an exception event has neither exception.type nor exception.message');
    }
  },
};
