import * as oi from '../../conventions/openinference.js';
import { nearest } from '../../options.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import { STANDARD_PREFIX } from './standard-prefix.js';

/** What scopes write on spans of other libraries too, which have no kind. */
const OF_SCOPES = /^(?:session\.id|user\.id|metadata|metadata\..*|tag\.tags|llm\.prompt_template\..*)$/;

/** A span that speaks of a model, a tool or an agent says what it is. */
export const kind: Rule = {
  name: 'kind',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    const kind = attributes[oi.SPAN_KIND];
    if (kind === undefined) {
      const speaks = Object.keys(attributes).find((name) => STANDARD_PREFIX.test(name) && !OF_SCOPES.test(name));
      if (speaks !== undefined)
        report(
          `there is no ${oi.SPAN_KIND}, though there is ${speaks}: no backend shows it as more than a span`,
          oi.SPAN_KIND,
        );
    } else if (!oi.SPAN_KINDS.includes(kind as never)) {
      const known =
        oi.SPAN_KINDS.find((one) => one === String(kind).toUpperCase()) ?? nearest(String(kind), oi.SPAN_KINDS);
      report(
        `"${String(kind)}" is no kind${known ? `: ${known}` : `; kinds are ${oi.SPAN_KINDS.join(', ')}`}`,
        oi.SPAN_KIND,
      );
    }
  },
};
