/** How much of a value is recorded. `false` in {@link LimitOptions} means no limit. */
export interface Limits {
  /** Characters of one attribute's value. */
  readonly characters: number;
  /** Levels of nesting. */
  readonly depth: number;
  /** Entries of one container. */
  readonly entries: number;
  /** Characters of `metadata` and of the template variables. */
  readonly contextCharacters: number;
  /** Characters of one message of a chat. */
  readonly messageCharacters: number;
  /** Characters of all messages of one call. */
  readonly messagesCharacters: number;
}

/** The limits as `configure({ limits })` takes them. */
export interface LimitOptions {
  /** Characters of one attribute's value; at least 256. Default 16,384. */
  readonly characters?: number | false | undefined;
  /** Levels of nesting, 1 or more. Default 12. */
  readonly depth?: number | false | undefined;
  /** Entries of one container, 1 or more. Default 200. */
  readonly entries?: number | false | undefined;
  /** Characters of `metadata` and of `llm.prompt_template.variables`; at least 256. Default 8,192. */
  readonly contextCharacters?: number | false | undefined;
  /** Characters of one message that `@TraceLLM` records; at least 256. Default 32,768. */
  readonly messageCharacters?: number | false | undefined;
  /** Characters of all messages of one call together; at least 256. Default 262,144. */
  readonly messagesCharacters?: number | false | undefined;
}

export const DEFAULT_LIMITS: Limits = {
  characters: 16_384,
  depth: 12,
  entries: 200,
  contextCharacters: 8_192,
  messageCharacters: 32_768,
  messagesCharacters: 262_144,
};

const SMALLEST: Limits = {
  characters: 256,
  depth: 1,
  entries: 1,
  contextCharacters: 256,
  messageCharacters: 256,
  messagesCharacters: 256,
};
/** V8 refuses strings beyond about 2^29 characters and stacks beyond some ten thousand frames: "no limit" stops short of both. */
const UNLIMITED: Limits = {
  characters: 2 ** 28,
  depth: 1_000,
  entries: Number.MAX_SAFE_INTEGER,
  contextCharacters: 2 ** 28,
  messageCharacters: 2 ** 28,
  messagesCharacters: 2 ** 28,
};

/** Lays the options over the defaults. Throws a RangeError that names the limit which is no whole number in its range. */
export function resolveLimits(options: LimitOptions | false = {}): Limits {
  if (options === false) return UNLIMITED;
  const limits = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(options) as [keyof Limits, number | false | undefined][]) {
    if (!(name in DEFAULT_LIMITS))
      throw new TypeError(
        `configure({ limits }): unknown limit "${name}". Known: ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      );
    if (value === undefined) continue;
    if (value !== false && !(Number.isInteger(value) && value >= SMALLEST[name]))
      throw new RangeError(
        `configure({ limits: { ${name} } }): expected a whole number of at least ${SMALLEST[name]}, or false for none, got ${String(value)}.`,
      );
    limits[name] = value === false ? UNLIMITED[name] : Math.min(value, UNLIMITED[name]);
  }
  return limits;
}
