import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import { numbers } from './numbers.js';

/** Tokens add up, and a part is no more than its whole. */
export const tokens: Rule = {
  name: 'tokens',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    const [prompt, completion, total] = numbers(attributes, oi.TOKENS_PROMPT, oi.TOKENS_COMPLETION, oi.TOKENS_TOTAL);
    if (prompt !== undefined && completion !== undefined && total !== undefined && prompt + completion !== total)
      report(`is ${total}, but prompt and completion make ${prompt + completion}`, oi.TOKENS_TOTAL);
    const [read = 0, write = 0, promptAudio = 0] = numbers(attributes, oi.TOKENS_CACHE_READ, oi.TOKENS_CACHE_WRITE, oi.TOKENS_PROMPT_AUDIO); // prettier-ignore
    if (prompt !== undefined && read + write > prompt)
      report(
        `is ${prompt}, but ${read + write} of them are cached: prompt tokens include the cached ones`,
        oi.TOKENS_PROMPT,
      );
    if (prompt !== undefined && promptAudio > prompt)
      report(`is more than all prompt tokens, ${prompt}`, oi.TOKENS_PROMPT_AUDIO);
    for (const name of [oi.TOKENS_REASONING, oi.TOKENS_COMPLETION_AUDIO]) {
      const [part] = numbers(attributes, name);
      if (part !== undefined && completion !== undefined && part > completion)
        report(`is ${part}, more than all completion tokens, ${completion}`, name);
    }
  },
};
