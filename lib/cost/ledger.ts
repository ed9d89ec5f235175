import type { OpenBudget } from './budget.js';
import type { ModelResponse, UsageReader } from './model-response.js';
import type { PricingLink } from './price-chain.js';
import type { StreamUsage } from './readers/stream-usage.js';
import type { TokenUsage } from './token-usage.js';

/** A place in the tree of open calls; the pipeline's runs are such. */
export interface LedgerNode {
  /** The nearest node above; it may have ended since. */
  readonly parent: LedgerNode | undefined;
  readonly ended: boolean;
  account: unknown;
}

/** What was spent below a call. */
export interface Tally {
  totalUsd: number;
  prompt: number;
  completion: number;
  calls: number;
  /** Model calls below that are still open. */
  open: number;
  /** Model calls that were ever made below, counted or not. */
  made: number;
  /** Model calls below whose price is not known yet. */
  pending: number;
}

/** More responses than one span's descendants give in practice; a span that lives as long as its process must not grow. */
const MOST_RESPONSES = 10_000;

/** Responses, told apart by their id and by the object itself. */
class Responses {
  #ids: Set<string> | undefined;
  #objects: WeakSet<object> | undefined;

  add({ id }: ModelResponse, object: unknown): void {
    if (id !== undefined) {
      const ids = (this.#ids ??= new Set());
      if (ids.size >= MOST_RESPONSES) ids.delete(ids.values().next().value as string);
      ids.add(id);
    }
    if (typeof object === 'object' && object !== null) (this.#objects ??= new WeakSet()).add(object);
  }

  has({ id }: ModelResponse, object: unknown): boolean {
    return (
      (id !== undefined && this.#ids?.has(id) === true) ||
      (typeof object === 'object' && object !== null && this.#objects?.has(object) === true)
    );
  }
}

/** The books of one node: what was counted below it, and what it read itself. */
export class Account {
  readonly below: Tally = { totalUsd: 0, prompt: 0, completion: 0, calls: 0, open: 0, made: 0, pending: 0 };
  /** Spans of instrumented clients in this node's own scope: open ones, and ones that brought a usage. */
  clientsOpen = 0;
  clientsCounted = 0;
  /** Responses counted below. */
  readonly counted = new Responses();
  /** Responses that the node itself read and passed on upwards. */
  readonly read = new Responses();
  /** The last response that the node read while a client's span below was still open: that span owns it. */
  readAhead: ModelResponse | undefined;
  /** Costs recorded on the node by hand, in USD; its price apart. */
  recordedUsd = 0;
  /** The budget that the node is outermost in. */
  budget: OpenBudget | undefined;
  /** What the node gathers about its own model call; absent where nobody asked for its cost. */
  call: ModelCall | undefined;
  /** Who is told of the responses that the node reads, beside the tree. */
  listeners: ReadListener[] | undefined;
}

/** A model call in progress: who prices it, and what is known of its usage so far. */
export interface ModelCall {
  readonly links: readonly PricingLink[];
  readonly readers: readonly UsageReader[];
  /** Usage that the user's code recorded by hand: it wins over what the result says. */
  readonly given: ModelResponse[];
  /** Usage in the chunks of a stream; made at the first one. */
  stream: StreamUsage | undefined;
  /** The user's code has written the cost on the span itself. */
  written: boolean;
  /** What the call counts in. */
  readonly budget: OpenBudget | undefined;
  /** Who serves the model, where neither the response nor the options tell. */
  provider?: string | undefined;
}

/** The books of a node, opened when they are first needed. */
export function accountOf(node: LedgerNode): Account {
  let account = knownAccount(node);
  if (!account) node.account = account = new Account();
  return account;
}

/** The books of a node, if any were opened. */
export function knownAccount(node: LedgerNode | undefined): Account | undefined {
  return node?.account as Account | undefined;
}

/** Adds the cost of a counted call, once it is known; undefined where it has none. */
export type AddCost = (usd: number | undefined) => void;

/** Hears of a response; gives what hears of its cost. */
export type ReadListener = (response: ModelResponse) => AddCost;

/**
 * Counts a response in `from` and in everything above it, once: a node that read it itself has passed it on already, so the
 * count stops there. Tokens are added at once, the cost when it is known. Ended nodes are passed over. Undefined where it was counted already.
 */
export function countFrom(from: LedgerNode | undefined, response: ModelResponse, object: unknown): Counted {
  const tallies: Tally[] = [];
  let already = false;
  for (let at = from; at && !already; at = at.parent) {
    const account = accountOf(at);
    already = account.read.has(response, object);
    if (already) break;
    account.counted.add(response, object);
    if (!at.ended) tallies.push(account.below);
  }
  return { addCost: addTo(tallies, response), already };
}

/** What counting a response gave. */
export interface Counted {
  readonly addCost: AddCost;
  /** Whether something above had read and counted it before: budgets have it, then. */
  readonly already: boolean;
}

/** Adds a cost that was recorded by hand to everything above `node`. */
export function countRecorded(from: LedgerNode | undefined, usd: number): void {
  for (let at = from; at; at = at.parent) if (!at.ended) accountOf(at).below.totalUsd += usd;
}

/** Counts a response that `node` read itself. `inClient`: an instrumented client's span below it owns the call, so it is below the node too. */
export function countRead(node: LedgerNode, response: ModelResponse, object: unknown, inClient: boolean): AddCost {
  const account = accountOf(node);
  account.read.add(response, object);
  const { addCost: above } = countFrom(node.parent, response, object);
  const own = addTo(inClient ? [account.below] : [], response);
  const told = account.listeners?.map((listener) => listener(response)) ?? [];
  return (usd) => {
    above(usd);
    own(usd);
    for (const tell of told) tell(usd);
  };
}

/** Counts a response in the nodes from `from` up to `until`, which has counted it already, as has all above. */
export function countUntil(
  from: LedgerNode | undefined,
  until: LedgerNode | undefined,
  response: ModelResponse,
  usd: number | undefined,
): void {
  const tallies: Tally[] = [];
  for (let at = from; at && at !== until; at = at.parent) {
    const account = accountOf(at);
    account.counted.add(response, undefined);
    if (!at.ended) tallies.push(account.below);
  }
  addTo(tallies, response)(usd);
}

function addTo(tallies: readonly Tally[], { usage: { prompt = 0, completion = 0 } }: ModelResponse): AddCost {
  for (const tally of tallies) {
    tally.calls++;
    tally.prompt += prompt;
    tally.completion += completion;
    tally.pending++;
  }
  return (usd) => {
    for (const tally of tallies) {
      tally.pending--;
      tally.totalUsd += usd ?? 0;
    }
  };
}

/** Says to everything above that a model call is open below; gives the function that takes it back. */
export function openCall(node: LedgerNode): () => void {
  const tallies: Tally[] = [];
  for (let at = node.parent; at; at = at.parent) if (!at.ended) tallies.push(accountOf(at).below);
  for (const tally of tallies) {
    tally.open++;
    tally.made++;
  }
  return () => {
    for (const tally of tallies) tally.open--;
  };
}

/**
 * Whether what a node's call gave was counted below it: the same object, the same response id, a client's own span in its scope,
 * or, where the response cannot be told apart, any model call below; unless the user recorded it `byHand` for this very node.
 */
export function countedBelow(node: LedgerNode, response: ModelResponse, object: unknown, byHand: boolean): boolean {
  const account = knownAccount(node);
  if (!account) return false;
  if (account.clientsOpen > 0 || account.clientsCounted > 0 || account.counted.has(response, object)) return true;
  return !byHand && response.id === undefined && account.below.calls > 0;
}

/** Adds up usages: a field is there when any part had it. */
export function sumUsage(parts: readonly TokenUsage[]): TokenUsage {
  const sum: Record<string, number> = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part) as [string, number | undefined][]) {
      if (value !== undefined) sum[key] = (sum[key] ?? 0) + value;
    }
  }
  return sum;
}
