import { reportOnce, safely } from '../safely.js';
import type { GenaiPrices } from './catalogue-entry.js';
import { cataloguePrice } from './catalogue-price.js';
import type { Price, PriceRequest, PricingService } from './pricing-service.js';

/** The catalogue of published prices, `@pydantic/genai-prices`, loaded when it is first needed. Downloads nothing. */
export interface Catalogue extends PricingService {
  /** Undefined for what it does not know, and for everything until it is loaded. */
  price(request: PriceRequest): Price | undefined;
  readonly ready: boolean;
  /** Whether something waits for it: spans whose end is held, as a rule. */
  readonly awaited: boolean;
  /** It could not be loaded; this was reported. */
  readonly failed: boolean;
  /** Loads it without blocking anybody, once. Never rejects. */
  load(): Promise<void>;
  /** Loads it now: for flush, shutdown and exit. Never throws. */
  loadSync(): void;
  /** Calls back once it is loaded or has failed: at once when that is settled, else after {@link load}. */
  whenReady(callback: () => void): void;
}

let genaiPrices: GenaiPrices | undefined;
let failed = false;
let loading: Promise<void> | undefined;
let waiting: (() => void)[] = [];

export const catalogue: Catalogue = {
  get ready() {
    return genaiPrices !== undefined;
  },
  get awaited() {
    return waiting.length > 0;
  },
  get failed() {
    return failed;
  },
  load() {
    return (loading ??=
      genaiPrices === undefined ? import('@pydantic/genai-prices').then(settle, fail) : Promise.resolve());
  },
  loadSync() {
    if (genaiPrices !== undefined || failed) return;
    try {
      if (typeof require !== 'function') throw new Error('this build has no require()');
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the one way to load it without waiting
      settle(require('@pydantic/genai-prices') as GenaiPrices);
    } catch {
      // some bundles and runtimes know import() alone: what waits is let go of, and what comes later is priced
      giveUp();
      void catalogue.load();
    }
  },
  whenReady(callback) {
    if (genaiPrices !== undefined || failed) {
      safely('a callback of the price catalogue threw', callback);
      return;
    }
    waiting.push(callback);
    void catalogue.load();
  },
  price(request) {
    if (genaiPrices === undefined) return undefined;
    try {
      return cataloguePrice(genaiPrices, request);
    } catch (error) {
      reportOnce(`the price catalogue failed for the model "${request.model}"`, error);
      return undefined;
    }
  },
};

function settle(loaded: GenaiPrices): void {
  genaiPrices ??= loaded;
  failed = false;
  wake();
}

function fail(error: unknown): void {
  if (genaiPrices !== undefined) return;
  reportOnce(
    '@pydantic/genai-prices cannot be loaded, so only models in your modelCosts have a price; install it, or name it external in your bundler',
    error,
  );
  giveUp();
}

function giveUp(): void {
  failed = true;
  wake();
}

function wake(): void {
  const callbacks = waiting;
  waiting = [];
  for (const callback of callbacks) safely('a callback of the price catalogue threw', callback);
}
