import { nearest } from '../options.js';
import type { TreeSpan } from '../tree/tree-span.js';
import { OWN_FIELDS, type Field } from '../where/field.js';
import { parseWhere } from '../where/parse-where.js';
import { WhereError } from '../where/where-error.js';
import { CliError } from './command.js';
import { sinceNs } from './since.js';
import type { Terminal } from './terminal.js';

/** The options of every command that can look at a part of the spans. */
export const SELECTION_OPTIONS = { where: { type: 'string' }, since: { type: 'string' } } as const;

/** Their lines in a command's help; `spandrel help where` says more. */
export const SELECTION_HELP = `  --where <expr>   only where it holds, e.g. 'cost.total_usd > 0.01'; spandrel help where says more
  --since <when>   only what started since then: 30m, 1h, 2d, or a date (UTC)`;

/** `spandrel help where` */
export const WHERE_HELP = `An expression of --where is asked of each span:

  cost.total_usd > 0.01
  kind = LLM and duration > 2s and not model = gpt-5-mini
  tag.tags contains production or metadata.customer = "Acme Corp"
  session.id in (call-17, call-18) and error contains timeout

A name with a dot is an attribute; so is any name in \`backticks\`. metadata.x looks into the JSON of metadata.
Names without a dot:
${Object.entries(OWN_FIELDS)
  .map(([name, { what }]) => `  ${name.padEnd(13)}${what}`)
  .join('\n')}

  = != < <= > >=     a number, a text, true or false; quotes only where there are spaces, quotes, brackets, commas, = < > !
  contains           part of a text, upper or lower case; or an element of a list
  in (a, b)          one of them
  a name alone       the span has it, and it is not false or empty
  and or not ( )     "not" binds closest, then "and", then "or"

Numbers may have a unit where time is counted: 500ms, 2s, 1.5m, 1h, 2d. "start" takes a date, in UTC: 2026-11-22T09:30.
On a list (tag.tags) a comparison holds when it holds for one of its elements. What a span lacks equals nothing: there
every comparison is false, and != true.
tree and report show whole traces: those with a span for which it holds. costs and slow count just the spans.`;

/** Which spans a command looks at: `--where` and `--since`, read once and asked for each span. */
export class Selection {
  /** The attributes it reads. */
  readonly attributes: readonly string[];
  /** Without it every span is accepted. */
  readonly isGiven: boolean;
  readonly #test: (span: TreeSpan) => boolean;
  readonly #since: bigint | undefined;
  readonly #unseen: Set<Field>;

  /** Throws a {@link CliError} that shows what cannot be read. */
  constructor({ where, since }: Readonly<Record<string, unknown>>, now = Date.now()) {
    const condition = typeof where === 'string' ? conditionOf(where) : undefined;
    this.#since = typeof since === 'string' ? sinceNs(since, now) : undefined;
    this.#test = condition ? (span) => condition.test(span) : () => true;
    this.attributes = condition ? condition.fields.flatMap(({ attributes }) => attributes) : [];
    this.isGiven = condition !== undefined || this.#since !== undefined;
    this.#unseen = new Set(condition?.fields.filter(({ name, attributes }) => attributes.includes(name)));
  }

  accepts(span: TreeSpan): boolean {
    for (const field of this.#unseen) if (field.read(span) !== undefined) this.#unseen.delete(field);
    if (this.#since !== undefined && span.startNs < this.#since) return false;
    return this.#test(span);
  }

  /** Says which attributes of `--where` no span had: most often they are misspelt. Call it when all spans were asked. */
  noteUnseen(terminal: Terminal): void {
    for (const { name } of this.#unseen) {
      const near = name.includes('.') ? undefined : nearest(name, Object.keys(OWN_FIELDS));
      terminal.note(`spandrel: no span has the attribute "${name}".${near ? ` Did you mean "${near}"?` : ''}`);
    }
    this.#unseen.clear();
  }
}

function conditionOf(where: string) {
  try {
    return parseWhere(where);
  } catch (error) {
    if (!(error instanceof WhereError)) throw error;
    throw new CliError(`--where: ${error.message}`, 2);
  }
}
