import type { AttributeValue } from '@opentelemetry/api';
import { REDACTED } from '../conventions/redacted.js';
import { isCardNumber, isGroupedCardNumber } from './card-numbers.js';
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
  const { secret, card } = redaction.key(name.slice(name.lastIndexOf('.') + 1));
  if (card && isCardValue(value)) return REDACTED;
  if (typeof value === 'string') return secret ? REDACTED : redaction.text(value);
  if (!Array.isArray(value) || typeof value.find((item) => item !== null && item !== undefined) !== 'string')
    return value;
  const texts = value as (string | null | undefined)[];
  if (secret) return texts.map(() => REDACTED);
  const redacted = texts.map((text) =>
    typeof text !== 'string' ? text : card && isCardValue(text) ? REDACTED : redaction.text(text),
  );
  return redacted.some((text, i) => text !== texts[i]) ? redacted : value;
}

const isCardValue = (value: AttributeValue): boolean =>
  (typeof value === 'string' && value.length < 32 && isGroupedCardNumber(value)) ||
  (typeof value === 'number' && isCardNumber(String(value)));
