import { Redaction } from '../../capture/redaction.js';
import { SPANDREL, type Rule } from '../rule.js';

/** No attribute holds what looks like a secret. */
export const secret: Rule = {
  name: 'secret',
  source: SPANDREL,
  check({ attributes }, report) {
    for (const [name, value] of Object.entries(attributes)) {
      const texts =
        typeof value === 'string'
          ? [value]
          : Array.isArray(value)
            ? value.filter((one) => typeof one === 'string')
            : [];
      if (texts.some((text) => Redaction.standard.text(text) !== text)) report('holds what looks like a secret', name);
    }
  },
};
