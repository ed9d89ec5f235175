import type { Attributes } from '@opentelemetry/api';
import { captureText, captureValue } from '../capture/capture-value.js';
import type { Hidden } from '../capture/hidden.js';
import type { Limits } from '../capture/limits.js';
import type { Redaction } from '../capture/redaction.js';
import type { Ambient } from '../context/ambient.js';
import {
  METADATA,
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VARIABLES,
  PROMPT_TEMPLATE_VERSION,
  SESSION_ID,
  TAGS,
  USER_ID,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';

const ID_CHARACTERS = 1_024;

/** What a sampler may see of a scope: session, user and tags. */
export function identityAttributes(ambient: Ambient, redaction: Redaction): Attributes {
  const attributes: Attributes = {};
  if (ambient.sessionId !== undefined)
    attributes[SESSION_ID] = captureText(ambient.sessionId, ID_CHARACTERS, redaction).text;
  if (ambient.userId !== undefined) attributes[USER_ID] = captureText(ambient.userId, ID_CHARACTERS, redaction).text;
  if (ambient.tags !== undefined && ambient.tags.length > 0)
    attributes[TAGS] = ambient.tags.map((tag) => captureText(tag, ID_CHARACTERS, redaction).text);
  return attributes;
}

/** The rest of a scope: metadata and prompt template. */
export function detailAttributes(
  ambient: Ambient,
  limits: Limits,
  redaction: Redaction,
  form: 'json' | 'flat' | 'both',
  hidden: Hidden,
): Attributes {
  const attributes: Attributes = {};
  const bounds = { ...limits, characters: limits.contextCharacters };
  const { metadata, promptTemplate } = ambient;
  if (metadata !== undefined && Object.keys(metadata).length > 0) {
    if (hidden.metadata) attributes[METADATA] = REDACTED;
    else if (form !== 'flat') attributes[METADATA] = captureValue(metadata, bounds, redaction).text;
    if (form !== 'json' && !hidden.metadata) Object.assign(attributes, flatMetadata(metadata, bounds, redaction));
  }
  if (promptTemplate !== undefined) {
    attributes[PROMPT_TEMPLATE] = hidden.prompts
      ? REDACTED
      : captureText(promptTemplate.template, limits.characters, redaction).text;
    attributes[PROMPT_TEMPLATE_VERSION] = promptTemplate.version;
    if (promptTemplate.variables !== undefined)
      attributes[PROMPT_TEMPLATE_VARIABLES] =
        hidden.inputs || hidden.prompts ? REDACTED : captureValue(promptTemplate.variables, bounds, redaction).text;
  }
  return attributes;
}

/** The Python guide's `metadata.*`: numbers and booleans as they are, everything else as text. */
function flatMetadata(metadata: Readonly<Record<string, unknown>>, bounds: Limits, redaction: Redaction): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(metadata).slice(0, bounds.entries)) {
    const name = `${METADATA}.${key}`;
    if (typeof value === 'number' || typeof value === 'boolean') attributes[name] = value;
    else attributes[name] = redaction.key(key).secret ? REDACTED : captureValue(value, bounds, redaction).text;
  }
  return attributes;
}
