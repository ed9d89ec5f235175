import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';

/** A model call that counts tokens names its model. */
export const model: Rule = {
  name: 'model',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    const hasTokens = attributes[oi.TOKENS_PROMPT] !== undefined || attributes[oi.TOKENS_COMPLETION] !== undefined;
    if (attributes[oi.SPAN_KIND] === 'LLM' && hasTokens && attributes[oi.LLM_MODEL_NAME] === undefined)
      report('there are tokens and no model, so no backend knows their price', oi.LLM_MODEL_NAME);
    const provider = attributes[oi.LLM_PROVIDER];
    if (typeof provider === 'string' && provider !== provider.toLowerCase())
      report(`"${provider}": providers are in lower case`, oi.LLM_PROVIDER);
  },
};
