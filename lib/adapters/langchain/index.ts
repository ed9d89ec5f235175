export { TokenTrackingCallback, type TokenTrackingOptions } from './token-tracking-callback.js';
export type { TokenTotals } from './token-totals.js';
