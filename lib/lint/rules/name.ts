import { formOf, KNOWN_NAMES, withoutIndices } from '../attribute-forms.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import { nearest } from '../../options.js';
import { STANDARD_PREFIX } from './standard-prefix.js';

/** No name under a convention’s prefix that the convention does not have, and none that is nearly one. */
export const name: Rule = {
  name: 'name',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    for (const name of Object.keys(attributes)) {
      if (name.startsWith('metadata.')) continue;
      const plain = withoutIndices(name);
      let fault = faults.get(plain);
      if (fault === undefined) {
        if (faults.size >= MAX_FAULTS) faults.clear();
        faults.set(plain, (fault = faultOf(plain)));
      }
      if (fault) report(fault, name);
    }
  },
};

/** What is wrong with names that were met, which are few; '' for nothing. */
const faults = new Map<string, string>();
const MAX_FAULTS = 10_000;

function faultOf(plain: string): string {
  if (formOf(plain) !== undefined) return '';
  const meant = misspelt(plain);
  if (meant !== undefined) return `no convention has this name; ${meant} is near`;
  return STANDARD_PREFIX.test(plain) ? 'no convention has this name, though it stands under the prefix of one' : '';
}

/** The known name that was meant: the same letters, or two edits away. */
function misspelt(plain: string): string | undefined {
  const letters = lettersOf(plain);
  return (
    KNOWN_NAMES.find((known) => lettersOf(known) === letters) ??
    (NEAR_STANDARD.test(plain) ? nearest(plain, KNOWN_NAMES) : undefined)
  );
}

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

const NEAR_STANDARD =
  /^(?:llm|openinference|input|output|tags?|retrieval|embedding|reranker|graph\.node|cost|performance|spandrel|session|user|tool|agent|metadata)\b/;
