import { toBeChildOf } from './to-be-child-of.js';
import { toCostLessThan, toHaveCost } from './to-have-cost.js';
import { toFollowConventions } from './to-follow-conventions.js';
import { toHaveAttribute } from './to-have-attribute.js';
import { toHaveNoErrors } from './to-have-no-errors.js';
import { toHaveNoOpenSpans } from './to-have-no-open-spans.js';
import { toHavePromptTemplate } from './to-have-prompt-template.js';
import { toHaveSession } from './to-have-session.js';
import { toHaveSpan } from './to-have-span.js';
import { toHaveTokens } from './to-have-tokens.js';
import { toMatchSpanTree } from './to-match-span-tree.js';

/** Every matcher by its name. */
export const MATCHERS = {
  toHaveSpan,
  toHaveAttribute,
  toHaveCost,
  toCostLessThan,
  toHaveTokens,
  toHaveSession,
  toHavePromptTemplate,
  toBeChildOf,
  toHaveNoOpenSpans,
  toHaveNoErrors,
  toFollowConventions,
  toMatchSpanTree,
};
