export { TokenTrackingCallback, type TokenTrackingOptions } from './token-tracking-callback.js';
