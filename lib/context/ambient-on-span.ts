import type { Attributes, Context } from '@opentelemetry/api';
import { ambientOf, type Ambient } from './ambient.js';
import { redactionOf } from './redaction-of.js';
import { settings } from '../settings.js';
import { detailAttributes, identityAttributes } from '../attributes/ambient-attributes.js';

interface Made {
  readonly version: number;
  readonly identity: Attributes;
  detail: Attributes | undefined;
}

/** A scope is immutable and has many spans: its attributes are made once, and again when the settings change. */
const made = new WeakMap<Ambient, Made>();

function madeFor(ambient: Ambient, active: Context): Made {
  let attributes = made.get(ambient);
  if (attributes?.version !== settings.version) {
    attributes = {
      version: settings.version,
      identity: identityAttributes(ambient, redactionOf(active)),
      detail: undefined,
    };
    made.set(ambient, attributes);
  }
  return attributes;
}

/** Session, user and tags of the scope that is open in a context, for a sampler to see; undefined where none is. */
export function identityOf(active: Context): Attributes | undefined {
  const ambient = ambientOf(active);
  return ambient && madeFor(ambient, active).identity;
}

/** Metadata and prompt template of the scope that is open in a context, for recording spans; undefined where none is. */
export function detailOf(active: Context): Attributes | undefined {
  const ambient = ambientOf(active);
  if (!ambient) return undefined;
  const attributes = madeFor(ambient, active);
  return (attributes.detail ??= detailAttributes(
    ambient,
    settings.limits,
    redactionOf(active),
    settings.metadata,
    settings.hidden,
  ));
}
