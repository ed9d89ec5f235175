import { shared } from '../shared-state.js';
import type { LedgerNode } from './ledger.js';
import type { ModelResponse } from './model-response.js';

/**
 * A model call as one of two saw it that do not know of each other: the span of an instrumented client, and a framework's callback, which
 * cannot make its span active for the code that calls the model. Their spans stand side by side, so the tree does not tell that it is one call.
 */
export interface Sighting {
  readonly response: ModelResponse;
  /** The nearest run around the call: both see the same one. */
  readonly home: LedgerNode | undefined;
  /** By `performance.now()`. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly usd?: number | undefined;
}

interface Kept extends Omit<Sighting, 'home'> {
  readonly home: WeakRef<LedgerNode> | undefined;
}

/** More calls than end between a client's end and its callback's. */
const MOST = 500;

const seen = shared('seen-twice', () => ({ expected: false, clients: [] as Kept[], callbacks: [] as Kept[] }));

/** Callbacks will report calls: from now on clients' are kept in mind. */
export function expectCallbacks(): void {
  seen.expected = true;
}

/** A client's span has ended and is counted. */
export function clientSaw(call: Sighting): void {
  if (seen.expected) keep(seen.clients, call);
}

/** A callback has ended and is counted. */
export function callbackSaw(call: Sighting): void {
  keep(seen.callbacks, call);
}

/** The client's span of a call that a callback reports: it is counted already. Claimed once. */
export function claimClient(callback: Sighting): Sighting | undefined {
  return claim(seen.clients, callback, (client) => startedDuring(client, callback));
}

/** The callback of a call that a client's span reports after it: it is counted already. Claimed once. */
export function claimCallback(client: Sighting): Sighting | undefined {
  return claim(seen.callbacks, client, (callback) => startedDuring(client, callback));
}

const startedDuring = (client: { readonly startedAt: number }, callback: Omit<Sighting, 'home'>): boolean =>
  callback.startedAt <= client.startedAt && client.startedAt <= callback.endedAt;

function keep(list: Kept[], { home, ...call }: Sighting): void {
  list.push({ ...call, home: home && new WeakRef(home) });
  if (list.length > MOST) list.shift();
}

/** By the response's id; where one of them does not tell it, by the place, the time and the tokens. */
function claim(list: Kept[], { response, home }: Sighting, inTime: (kept: Kept) => boolean): Sighting | undefined {
  const { id, usage } = response;
  const fits = list.filter((kept) => (kept.home === undefined) === (home === undefined) && kept.home?.deref() === home && inTime(kept)); // prettier-ignore
  const found =
    (id === undefined ? undefined : fits.find((kept) => kept.response.id === id)) ??
    fits.find(
      ({ response: other }) =>
        (id === undefined || other.id === undefined) &&
        other.usage.prompt === usage.prompt &&
        other.usage.completion === usage.completion,
    );
  if (!found) return undefined;
  list.splice(list.indexOf(found), 1);
  return { ...found, home };
}
