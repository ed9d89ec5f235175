import type { Rule } from './rule.js';
import { kind } from './rules/kind.js';
import { type } from './rules/type.js';
import { name } from './rules/name.js';
import { id } from './rules/id.js';
import { mime } from './rules/mime.js';
import { tokens } from './rules/tokens.js';
import { cost } from './rules/cost.js';
import { owner } from './rules/owner.js';
import { model } from './rules/model.js';
import { messages } from './rules/messages.js';
import { prompt } from './rules/prompt.js';
import { graph } from './rules/graph.js';
import { status } from './rules/status.js';
import { span } from './rules/span.js';
import { secret } from './rules/secret.js';

/** Rules that look at one span at a time. */
export const RULES: readonly Rule[] = [
  kind,
  type,
  name,
  id,
  mime,
  tokens,
  cost,
  owner,
  model,
  messages,
  prompt,
  graph,
  status,
  span,
  secret,
];

/** Names of all rules; those of the linter that look at several spans share theirs with these, but for `session`. */
export const RULE_NAMES: readonly string[] = [...RULES.map(({ name }) => name), 'session'];
