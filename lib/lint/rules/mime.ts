import * as oi from '../../conventions/openinference.js';
import { REDACTED } from '../../conventions/redacted.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import { isJson } from './is-json.js';
import { shown } from './shown.js';

/** What says that it is JSON, is. */
export const mime: Rule = {
  name: 'mime',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    for (const side of ['input', 'output']) {
      const { [`${side}.value`]: value, [`${side}.mime_type`]: mime } = attributes;
      if (mime !== undefined && value === undefined)
        report(`there is no ${side}.value that it could be about`, `${side}.mime_type`);
      if (mime === oi.MIME_JSON && typeof value === 'string' && value !== REDACTED && !isJson(value))
        report(`is no JSON, though ${side}.mime_type says so: ${shown(value)}`, `${side}.value`);
    }
  },
};
