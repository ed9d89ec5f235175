import type { AttributeValue } from '@opentelemetry/api';
import { REDACTED } from '../conventions/redacted.js';
import { isHidden, type Hidden } from './hidden.js';
import type { Redaction } from './redaction.js';

/**
 * What may be recorded of an attribute that somebody else wrote: the value itself where nothing has to go. The last part of the name
 * is the key (`http.request.header.authorization`); numbers and booleans are no secrets.
 */
export function redactAttribute(
  name: string,
  value: AttributeValue,
  redaction: Redaction,
  hidden: Hidden,
): AttributeValue {
  if (isHidden(name, hidden)) return REDACTED;
  if (typeof value === 'string') return isSecret(name, redaction) ? REDACTED : redaction.text(value);
  if (!Array.isArray(value) || typeof value.find((item) => item !== null && item !== undefined) !== 'string')
    return value;
  const texts = value as (string | null | undefined)[];
  if (isSecret(name, redaction)) return texts.map(() => REDACTED);
  const redacted = texts.map((text) => (typeof text === 'string' ? redaction.text(text) : text));
  return redacted.some((text, i) => text !== texts[i]) ? redacted : value;
}

function isSecret(name: string, redaction: Redaction): boolean {
  return redaction.key(name.slice(name.lastIndexOf('.') + 1)).secret;
}
