import { COST_AGENT_NAME, COST_MODEL_NAME, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import {
  AGENT_NAME,
  LLM_MODEL_NAME,
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VERSION,
  SESSION_ID,
  SPAN_KIND,
  TAGS,
  USER_ID,
} from '../conventions/openinference.js';
import { promptLabel } from '../tree/prompt-label.js';
import type { TreeSpan } from '../tree/tree-span.js';
import { CliError } from './command.js';
import type { Terminal } from './terminal.js';

/** What spans can be put together by: the keys of one span; null is the group of those that have none. */
export interface Grouping {
  /** The attributes it reads. */
  readonly attributes: readonly string[];
  keys(span: TreeSpan): readonly (string | null)[];
}

const MAX_GROUPS = 20_000; // what a report of groups holds is bounded, whatever the file holds
const OTHERS = '(others)';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const byAttribute = (...names: readonly string[]): Grouping => ({
  attributes: names,
  keys: ({ attributes }) => [names.map((name) => textOf(attributes[name])).find((value) => value !== null) ?? null],
});

export const BY_NAME: Grouping = { attributes: [], keys: ({ name }) => [name] };
export const BY_KIND = byAttribute(SPAN_KIND);
export const BY_MODEL = byAttribute(COST_MODEL_NAME, LLM_MODEL_NAME, COST_UNPRICED_MODEL);
/** The agent itself. */
export const BY_AGENT = byAttribute(AGENT_NAME);
/** The agent that a model call is made for. */
export const BY_CALLING_AGENT = byAttribute(COST_AGENT_NAME);
export const BY_SESSION = byAttribute(SESSION_ID);
export const BY_USER = byAttribute(USER_ID);
export const BY_PROMPT: Grouping = {
  attributes: [PROMPT_TEMPLATE, PROMPT_TEMPLATE_VERSION],
  keys: ({ attributes }) => [promptLabel(attributes) ?? null],
};
/** A span with several tags is in several groups. */
export const BY_TAG: Grouping = {
  attributes: [TAGS],
  keys: ({ attributes: { [TAGS]: tags } }) => {
    const texts = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
    return texts.length > 0 ? [...new Set(texts)] : [null];
  },
};

/** The grouping that `--by` names. */
export function groupingOf(by: string, groupings: Readonly<Record<string, Grouping>>): Grouping {
  if (Object.hasOwn(groupings, by)) return groupings[by] as Grouping;
  throw new CliError(`--by takes one of ${Object.keys(groupings).join(', ')}, not "${by}".`, 2);
}

/** One row for each key, at most {@link MAX_GROUPS}: later keys share the row `(others)`. */
export class Groups<Row> {
  readonly #rows = new Map<string | null, Row>();
  readonly #make: (key: string | null) => Row;
  #isFull = false;

  constructor(make: (key: string | null) => Row) {
    this.#make = make;
  }

  row(key: string | null): Row {
    const found = this.#rows.get(key);
    if (found !== undefined) return found;
    if (key !== null && key !== OTHERS && this.#rows.size >= MAX_GROUPS) {
      this.#isFull = true;
      return this.row(OTHERS);
    }
    const made = this.#make(key);
    this.#rows.set(key, made);
    return made;
  }

  rows(): Row[] {
    return [...this.#rows.values()];
  }

  /** Says that some rows are put together. */
  note(terminal: Terminal): void {
    if (this.#isFull)
      terminal.note(`spandrel: more than ${MAX_GROUPS} groups; the later ones are together in ${OTHERS}`);
  }
}
