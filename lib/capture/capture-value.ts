import { MIME_JSON, MIME_TEXT } from '../conventions/openinference.js';
import { copyOf, cutMark, headOf, LOOK_PAST_CUT } from './cut.js';
import { JsonWriter } from './json-writer.js';
import type { Limits } from './limits.js';
import type { Redaction } from './redaction.js';

/** A value as it is recorded. */
export interface Captured {
  readonly text: string;
  readonly mimeType: typeof MIME_TEXT | typeof MIME_JSON;
  readonly truncated: boolean;
}

/** Strings as text, everything else as JSON; bounded and redacted. Never throws. */
export function captureValue(value: unknown, limits: Limits, redaction: Redaction): Captured {
  if (typeof value === 'string') return captureText(value, limits.characters, redaction);
  const writer = new JsonWriter(limits.characters, limits, redaction);
  return { text: writer.write(value), mimeType: MIME_JSON, truncated: writer.truncated };
}

/** An object given as names and values, as JSON; bounded and redacted. `more`: how many entries were left out. Never throws. */
export function captureEntries(
  names: readonly string[],
  values: readonly unknown[],
  limits: Limits,
  redaction: Redaction,
  more = 0,
): Captured {
  const writer = new JsonWriter(limits.characters, limits, redaction);
  return { text: writer.writeEntries(names, values, more), mimeType: MIME_JSON, truncated: writer.truncated };
}

/** A text of at most `characters`, redacted; a secret is seen across the cut. `dropped`: how much the caller has cut already. */
export function captureText(text: string, characters: number, redaction: Redaction, dropped = 0): Captured {
  const seen = headOf(text, characters + LOOK_PAST_CUT);
  const redacted = redaction.text(seen);
  const unseen = text.length - seen.length + dropped;
  if (redacted.length <= characters && unseen === 0) return { text: redacted, mimeType: MIME_TEXT, truncated: false };
  const head = headOf(redacted, characters - cutMark(text.length + dropped).length);
  return {
    text: copyOf(head + cutMark(unseen + redacted.length - head.length)),
    mimeType: MIME_TEXT,
    truncated: true,
  };
}
