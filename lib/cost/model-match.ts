import type { MatchLogic } from '@pydantic/genai-prices';

/**
 * Whether an id is the model that a catalogue entry means, or only begins like it. The catalogue finds `claude-sonnet-5` in `claude-sonnet-5-5`
 * and `gemini-3.6-flash` in `gemini-3.6-flash-lite`; both are other models at other prices. What surrounds the entry's own text
 * may be a vendor or region in front and a date or revision behind, nothing else.
 */
export function isSameModel(match: MatchLogic, id: string): boolean {
  if ('or' in match) return match.or.some((part) => isSameModel(part, id));
  if ('and' in match) return match.and.every((part) => isSameModel(part, id));
  if ('equals' in match) return match.equals.toLowerCase() === id;
  if ('regex' in match) return new RegExp(match.regex).test(id);
  if ('starts_with' in match) return spans(id, 0, match.starts_with.toLowerCase());
  if ('ends_with' in match) return spans(id, id.length - match.ends_with.length, match.ends_with.toLowerCase());
  if ('contains' in match) return spans(id, id.indexOf(match.contains.toLowerCase()), match.contains.toLowerCase());
  return false;
}

const VENDOR = /^(?:[a-z0-9-]+[./])*$/;
/** Dates, three- and four-digit revisions (`-001`, `-0125`), Bedrock's (`-v2:0`), and words that name the same weights. */
const REVISION =
  /^(?:[-@:._]?(?:20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|\d{2}-20\d{2}|\d{2}-\d{2}|\d{3,4}|v\d+:\d+|v1|latest|preview|exp|default))*$/;

function spans(id: string, start: number, text: string): boolean {
  if (start < 0 || !id.startsWith(text, start) || !VENDOR.test(id.slice(0, start))) return false;
  const model = id.startsWith('ft:') ? id.slice(0, (id.indexOf(':', 3) + id.length + 1) % (id.length + 1)) : id; // ft:base:org:name:job
  let end = start + text.length;
  if (end > model.length) return false;
  // an entry may end inside a date (`claude-sonnet-4-2025`): look at the date as a whole
  while (
    end > start &&
    end < model.length &&
    !/[-@:._]/.test(model.charAt(end)) &&
    !/[-@:._]/.test(model.charAt(end - 1))
  )
    end--;
  return REVISION.test(model.slice(end));
}
