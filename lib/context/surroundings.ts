import type { Attributes, Context } from '@opentelemetry/api';
import { detailAttributes, identityAttributes } from '../attributes/ambient-attributes.js';
import { settings } from '../settings.js';
import { ambientOf, type Ambient } from './ambient.js';
import { redactionOf } from './redaction-of.js';

/** What a scope puts on the spans in it. */
export class Surroundings {
  readonly version = settings.version;
  /** Session, user and tags, for a sampler to see. */
  readonly identity: Attributes;
  readonly #ambient: Ambient;
  #detail: Attributes | undefined;

  constructor(ambient: Ambient, active: Context) {
    this.identity = identityAttributes(ambient, redactionOf(active));
    this.#ambient = ambient;
  }

  /** Metadata and prompt template, for recording spans in a context. */
  detail(active: Context): Attributes {
    return (this.#detail ??= detailAttributes(
      this.#ambient,
      settings.limits,
      redactionOf(active),
      settings.metadata,
      settings.hidden,
    ));
  }
}

/** A scope is immutable and has many spans: its attributes are made once, and again when the settings change. */
const made = new WeakMap<Ambient, Surroundings>();

/** What the scope that is open in a context puts on spans; undefined where none is. */
export function surroundingsOf(active: Context): Surroundings | undefined {
  const ambient = ambientOf(active);
  if (!ambient) return undefined;
  let surroundings = made.get(ambient);
  if (surroundings?.version !== settings.version) made.set(ambient, (surroundings = new Surroundings(ambient, active)));
  return surroundings;
}
