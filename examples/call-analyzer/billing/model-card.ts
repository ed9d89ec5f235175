/** A model that the server serves. */
export interface ModelCard {
  /** What responses call it; an alias is answered by its dated snapshot. */
  readonly id: string;
  /** Other names that clients may use for it. */
  readonly aliases?: readonly string[] | undefined;
  /** Prompt and answer together, in tokens. */
  readonly contextWindow: number;
  /** Prompts with fewer tokens are not cached. Default: none are. */
  readonly cacheMinimum?: number | undefined;
}

/** Finds a card by id or alias. */
export function findCard(cards: readonly ModelCard[], name: string): ModelCard | undefined {
  return cards.find(({ id, aliases = [] }) => id === name || aliases.includes(name));
}
