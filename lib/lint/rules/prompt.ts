import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';

/** A prompt’s version and variables stand beside its template. */
export const prompt: Rule = {
  name: 'prompt',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    if (attributes[oi.PROMPT_TEMPLATE] !== undefined) return;
    for (const name of [oi.PROMPT_TEMPLATE_VERSION, oi.PROMPT_TEMPLATE_VARIABLES])
      if (attributes[name] !== undefined) report(`there is no ${oi.PROMPT_TEMPLATE} that it could be about`, name);
  },
};
