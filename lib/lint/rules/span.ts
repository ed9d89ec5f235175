import { OPENTELEMETRY, type Rule } from '../rule.js';

/** A span is whole. */
export const span: Rule = {
  name: 'span',
  source: OPENTELEMETRY,
  check({ name, ended, isBackwards, traceId, spanId }, report) {
    if (!ended) report('it has not ended');
    if (isBackwards) report('it ended before it started');
    if (name.trim() === '') report('it has no name');
    if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) report('its ids are zero');
  },
};
