import type { Contents } from './read-data.js';
import type { Spans } from './spans.js';
import type { Filter, State } from './state.js';

/** What every part of the page is given: the data, what of it is looked at, and how to change that. */
export interface Report {
  readonly spans: Spans;
  readonly contents: Contents;
  readonly state: State;
  /** The rows for which the filter holds. */
  readonly rows: readonly number[];
  /** Changes what is shown, and the address with it. */
  show(change: { readonly [K in keyof State]?: State[K] | undefined }): void;
  /** Sets or (undefined) clears parts of the filter. */
  filter(change: { readonly [K in keyof Filter]?: Filter[K] | undefined }): void;
}
