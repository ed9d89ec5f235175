import type { Attributes, AttributeValue } from '@opentelemetry/api';
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
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (redaction.key(key).secret) return REDACTED;
  if (typeof value === 'string') return captureText(value, limits.characters, redaction).text;
  if (Array.isArray(value) && value.length <= limits.entries && isUniform(value))
    return value.map((item) =>
      typeof item === 'string' ? captureText(item, limits.characters, redaction).text : item,
    ) as AttributeValue;
  return captureValue(value, limits, redaction).text;
}

const isUniform = (list: readonly unknown[]): boolean => {
  const type = typeof list[0];
  return (type === 'string' || type === 'number' || type === 'boolean') && list.every((item) => typeof item === type);
};
