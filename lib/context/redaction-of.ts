import type { Context } from '@opentelemetry/api';
import { type Redaction, type Redactor } from '../capture/redaction.js';
import { reportOnce } from '../safely.js';
import { settings } from '../settings.js';
import { REDACTOR, resolveFirst } from './resolver.js';

let withRedactor = new WeakMap<Redactor, Redaction>();
let madeFrom: Redaction | undefined;

/** The redaction in force in a context: the configured one, and the redactor registered in the resolver, if any. */
export function redactionOf(active: Context): Redaction {
  const redactor = resolveFirst(REDACTOR, active);
  if (redactor === undefined) return settings.redaction;
  if (typeof redactor !== 'function') {
    reportOnce(
      `REDACTOR: expected a function (text) => text in the container, got ${typeof redactor}; every text is withheld`,
    );
    return settings.redaction.with(() => undefined as never);
  }
  if (madeFrom !== settings.redaction) {
    withRedactor = new WeakMap();
    madeFrom = settings.redaction;
  }
  let redaction = withRedactor.get(redactor as Redactor);
  if (!redaction) withRedactor.set(redactor as Redactor, (redaction = settings.redaction.with(redactor as Redactor)));
  return redaction;
}
