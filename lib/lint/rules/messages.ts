import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import type { LintSpan } from '../lint-span.js';
import { isCut } from './is-cut.js';

/** Lists of messages, documents and tools are whole. */
export const messages: Rule = {
  name: 'messages',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    for (const list of [oi.LLM_INPUT_MESSAGES, oi.LLM_OUTPUT_MESSAGES, oi.RETRIEVAL_DOCUMENTS, oi.LLM_TOOLS]) {
      const indices = indicesOf(attributes, list);
      const last = Math.max(...indices, -1);
      if (last + 1 !== indices.size && !isCut(attributes, list))
        report(`the indices are not 0 to ${indices.size - 1}`, list);
      if (list !== oi.LLM_INPUT_MESSAGES && list !== oi.LLM_OUTPUT_MESSAGES) continue;
      for (const index of indices)
        if (attributes[`${list}.${index}.${oi.MESSAGE_ROLE}`] === undefined)
          report('a message has no role', `${list}.${index}`);
    }
  },
};

function indicesOf(attributes: LintSpan['attributes'], list: string): ReadonlySet<number> {
  const indices = new Set<number>();
  for (const name of Object.keys(attributes)) {
    const index = name.startsWith(`${list}.`) ? /^\d+/.exec(name.slice(list.length + 1))?.[0] : undefined;
    if (index !== undefined) indices.add(Number(index));
  }
  return indices;
}
