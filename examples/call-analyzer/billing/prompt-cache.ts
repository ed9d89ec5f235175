import { createHash } from 'node:crypto';
import type { PromptSegment } from 'spandrel/testing';
import { countTokens, tokensOf } from './tokens.js';

/** How much of a prompt came from the provider's cache and how much was put into it, in tokens. */
export interface CacheUse {
  readonly read: number;
  readonly write: number;
  /** Subset of `write`. */
  readonly write1h: number;
}

/** A provider's prompt cache; it lives as long as the server. */
export interface PromptCache {
  /** Looks a prompt up and remembers it. `minimum`: fewer tokens are not cached. */
  use(model: string, segments: readonly PromptSegment[], minimum: number): CacheUse;
}

const NOTHING: CacheUse = { read: 0, write: 0, write1h: 0 };

/**
 * OpenAI's: automatic, nothing is asked for and writing is free. What a prompt shares with an earlier one of the same model,
 * from its beginning, in steps of 128 tokens.
 */
export function automaticCache(): PromptCache {
  const STEP = 128;
  const seen = new Map<string, (readonly number[])[]>();
  return {
    use(model, segments, minimum) {
      const prompt = segments.flatMap(({ text }) => tokensOf(text));
      const earlier = seen.get(model) ?? [];
      seen.set(model, [...earlier, prompt]);
      const shared = Math.max(0, ...earlier.map((other) => sharedPrefix(prompt, other)));
      return shared < minimum ? NOTHING : { ...NOTHING, read: Math.floor(shared / STEP) * STEP };
    },
  };
}

function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/**
 * Anthropic's: everything up to a segment that carries a mark is written, for five minutes or an hour, and read again by a later
 * prompt that begins with exactly the same segments.
 */
export function markedCache(): PromptCache {
  const written = new Set<string>();
  return {
    use(model, segments, minimum) {
      const last = segments.findLastIndex(({ cacheFor }) => cacheFor !== undefined);
      let [read, write, write1h, upTo] = [0, 0, 0, 0];
      const prefix = createHash('sha256').update(model);
      for (const { text, overhead, cacheFor } of segments.slice(0, last + 1)) {
        prefix.update('\0').update(text);
        upTo += countTokens(text) + overhead;
        const key = prefix.copy().digest('hex');
        if (written.has(key)) [read, write, write1h] = [upTo, 0, 0];
        else if (cacheFor !== undefined && upTo >= minimum) {
          const added = upTo - read - write;
          write += added;
          if (cacheFor === '1h') write1h += added;
          written.add(key);
        }
      }
      return { read, write, write1h };
    },
  };
}
