import { REDACTED } from '../conventions/redacted.js';
import { reportOnce } from '../safely.js';
import { isCardKey } from './card-numbers.js';
import { redactKeyed } from './keyed-secrets.js';
import { gap, type Gap } from './json-text.js';
import { isPlainWords } from './plain-words.js';
import { isSecretKey, normalizeKey } from './secret-keys.js';
import { redactSecrets } from './secret-patterns.js';

/** Gives the text that may be recorded. When it throws or gives no string, the text is withheld. */
export type Redactor = (text: string) => string;

/** What to withhold beside the default: values under keys, matches of patterns, or what a function of yours removes. */
export interface RedactionRules {
  /** Whole key names; case and separators do not matter. */
  readonly keys?: readonly string[] | undefined;
  /** Each match is replaced by `__REDACTED__`. */
  readonly patterns?: readonly RegExp[] | undefined;
  /** Called with each text, at most 512 characters longer than its limit, after the other rules. */
  readonly redactor?: Redactor | undefined;
}

/** The `redact` option: rules, or a function alone. */
export type Redact = RedactionRules | Redactor;

/** What is recorded of a key: what stands before its value, and whether the value is withheld. */
export interface KeyRule {
  /** `"key":`, for the first of an object. */
  readonly first: Gap;
  /** `,"key":` */
  readonly next: Gap;
  readonly secret: boolean;
  readonly card: boolean;
}

const KEY_MEMO_ENTRIES = 4_096;
const KEY_MEMO_CHARACTERS = 64;
const KEY_CHARACTERS = 256;

/** The redaction in force for a value: the default rules, then the user's. Immutable; {@link with} adds rules. */
export class Redaction {
  readonly #keys: ReadonlySet<string>;
  readonly #steps: readonly Redactor[];
  readonly #memo = new Map<string, KeyRule>();

  private constructor(keys: ReadonlySet<string>, steps: readonly Redactor[]) {
    this.#keys = keys;
    this.#steps = steps;
  }

  /** Whether a text goes through as it is, since the default rules find nothing in plain words. */
  passes(text: string): boolean {
    return this.#steps.length === 0 && isPlainWords(text);
  }

  /** The default rules alone. */
  static readonly standard = new Redaction(new Set(), []);

  /** These rules and more. Throws a TypeError that names the rule which is none. */
  with(rules: Redact | undefined): Redaction {
    if (rules === undefined) return this;
    const { keys = [], patterns = [], redactor } = typeof rules === 'function' ? { redactor: rules } : checked(rules);
    const steps = patterns.map((pattern) => replacing(pattern));
    return new Redaction(new Set([...this.#keys, ...keys.map(normalizeKey)]), [
      ...this.#steps,
      ...steps,
      ...(redactor ? [redactor] : []),
    ]);
  }

  /** The text without its secrets. Never throws: what cannot be redacted is withheld whole. */
  text(text: string): string {
    return this.passes(text) ? text : this.searched(text);
  }

  /** {@link text} for one that is known not to pass. */
  searched(text: string): string {
    let redacted = redactSecrets(redactKeyed(text, this.#isSecretKey));
    for (const step of this.#steps) {
      try {
        redacted = step(redacted);
      } catch (error) {
        reportOnce('a redactor failed, so the value is withheld', error);
        return REDACTED;
      }
      if (typeof redacted !== 'string') {
        reportOnce('a redactor gave no string, so the value is withheld');
        return REDACTED;
      }
    }
    return redacted;
  }

  readonly #isSecretKey = (key: string): boolean => this.key(key).secret;

  /** How a key is written, and whether its value (a string or a container) is withheld. */
  key(key: string): KeyRule {
    const known = this.#memo.get(key);
    if (known) return known;
    const shown = this.text(key.length > KEY_CHARACTERS ? `${key.slice(0, KEY_CHARACTERS)}…` : key);
    const normalized = key.length > KEY_CHARACTERS ? '' : normalizeKey(key);
    const named = `${JSON.stringify(shown)}:`;
    const rule = {
      first: gap(named),
      next: gap(`,${named}`),
      secret: isSecretKey(normalized) || this.#keys.has(normalized),
      card: isCardKey(key.slice(0, KEY_CHARACTERS)),
    };
    if (key.length <= KEY_MEMO_CHARACTERS && this.#memo.size < KEY_MEMO_ENTRIES) this.#memo.set(key, rule);
    return rule;
  }
}

function replacing(pattern: RegExp): Redactor {
  const every = pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
  return (text) => text.replace(every, REDACTED);
}

function checked(rules: RedactionRules): RedactionRules {
  for (const name of Object.keys(rules))
    if (name !== 'keys' && name !== 'patterns' && name !== 'redactor')
      throw new TypeError(`redact: unknown rule "${name}". Known: keys, patterns, redactor.`);
  for (const pattern of rules.patterns ?? [])
    if (Object.prototype.toString.call(pattern) !== '[object RegExp]')
      throw new TypeError(`redact.patterns: expected regular expressions, got ${typeof pattern}.`);
  for (const key of rules.keys ?? [])
    if (typeof key !== 'string') throw new TypeError(`redact.keys: expected strings, got ${typeof key}.`);
  if (rules.redactor !== undefined && typeof rules.redactor !== 'function')
    throw new TypeError(`redact.redactor: expected a function, got ${typeof rules.redactor}.`);
  return rules;
}
