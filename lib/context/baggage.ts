import { propagation, type Baggage, type Context } from '@opentelemetry/api';
import { SESSION_ID, USER_ID } from '../conventions/openinference.js';
import { reportOnce } from '../safely.js';
import { settings } from '../settings.js';
import type { Ambient } from './ambient.js';

/** Longer ids are not sent: baggage travels with every request. */
const MOST_CHARACTERS = 256;

/** Session and user on their way to other services; under the same names as on spans. */
const ENTRIES = [
  [SESSION_ID, 'sessionId'],
  [USER_ID, 'userId'],
] as const;

/** A context whose baggage holds the session and the user of a scope, where `configure({ baggage })` says so. Metadata and tags never travel. */
export function sendBaggage(active: Context, ambient: Ambient): Context {
  if (settings.baggage !== 'send' && settings.baggage !== 'both') return active;
  let baggage = propagation.getBaggage(active) ?? propagation.createBaggage();
  for (const [name, key] of ENTRIES) {
    const value = ambient[key];
    if (value === undefined || baggage.getEntry(name)?.value === value) continue;
    if (value.length <= MOST_CHARACTERS) baggage = baggage.setEntry(name, { value: settings.redaction.text(value) });
    else {
      // nor is the outer scope's sent in its place
      baggage = baggage.removeEntry(name);
      reportOnce(`${name} is longer than ${MOST_CHARACTERS} characters, so it is not sent to other services`);
    }
  }
  return propagation.setBaggage(active, baggage);
}

const received = new WeakMap<Baggage, Ambient>();

/** Session and user that another service has sent, where `configure({ baggage })` says that it is believed. */
export function receivedAmbient(active: Context): Ambient | undefined {
  if (settings.baggage !== 'receive' && settings.baggage !== 'both') return undefined;
  const baggage = propagation.getBaggage(active);
  if (!baggage) return undefined;
  let ambient = received.get(baggage);
  if (!ambient) {
    const [sessionId, userId] = ENTRIES.map(([name]) => idOf(baggage, name));
    received.set(baggage, (ambient = { sessionId, userId }));
  }
  return ambient.sessionId === undefined && ambient.userId === undefined ? undefined : ambient;
}

function idOf(baggage: Baggage, name: string): string | undefined {
  const value = baggage.getEntry(name)?.value.trim() ?? '';
  return value === '' || value.length > MOST_CHARACTERS ? undefined : value;
}
