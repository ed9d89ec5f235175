import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';

/** Sessions and users have ids that are some. */
export const id: Rule = {
  name: 'id',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    for (const name of [oi.SESSION_ID, oi.USER_ID]) {
      const id = attributes[name];
      if (typeof id !== 'string') continue;
      if (id.trim() === '') report('is empty, so a backend ignores it', name);
      else if (/^(?:undefined|null|NaN|\[object .*\])$/.test(id.trim()))
        report(`"${id}" is what a missing value was turned into`, name);
    }
  },
};
