import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { isGroupedCardNumber } from '../capture/card-numbers.js';
import { captureText, captureValue } from '../capture/capture-value.js';
import { isHidden, type Hidden } from '../capture/hidden.js';
import type { Limits } from '../capture/limits.js';
import type { Redaction } from '../capture/redaction.js';
import { REDACTED } from '../conventions/redacted.js';

/** Attributes that a user gave, made fit to be recorded: bounded, redacted, hidden where they must be, and objects as JSON instead of lost. */
export function userAttributes(given: unknown, limits: Limits, redaction: Redaction, hidden: Hidden): Attributes {
  if (typeof given !== 'object' || given === null) return {};
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(given)) {
    const fit = isHidden(key, hidden) ? REDACTED : fitValue(key, value, limits, redaction);
    if (fit !== undefined) attributes[key] = fit;
  }
  return attributes;
}

function fitValue(key: string, value: unknown, limits: Limits, redaction: Redaction): AttributeValue | undefined {
  if (value === undefined || value === null) return undefined;
  const { secret, card } = redaction.key(key.slice(key.lastIndexOf('.') + 1));
  if (card && (typeof value === 'number' || typeof value === 'string')) return cardless(value, limits, redaction);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (secret) return REDACTED;
  if (typeof value === 'string') return captureText(value, limits.characters, redaction).text;
  if (Array.isArray(value) && value.length <= limits.entries && isUniform(value))
    return value.map((item) =>
      typeof item === 'string' ? captureText(item, limits.characters, redaction).text : item,
    ) as AttributeValue;
  return captureValue(value, limits, redaction).text;
}

/** A value whose key speaks of a card. */
function cardless(value: number | string, limits: Limits, redaction: Redaction): AttributeValue {
  if (isGroupedCardNumber(String(value).slice(0, 32))) return REDACTED;
  return typeof value === 'number' ? value : captureText(value, limits.characters, redaction).text;
}

const isUniform = (list: readonly unknown[]): boolean => {
  const type = typeof list[0];
  return (type === 'string' || type === 'number' || type === 'boolean') && list.every((item) => typeof item === type);
};
