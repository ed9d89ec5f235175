export {
  Refusal,
  type BilledUsage,
  type ModelAnswer,
  type ModelMessage,
  type ModelRequest,
  type Script,
  type ToolCall,
  type WireName,
} from './exchange.js';
export type { LedgerEntry } from './ledger.js';
export type { ModelCard } from './model-card.js';
export { startModelServer, type ModelServer, type ModelServerOptions } from './server.js';
export { countTokens } from './tokens.js';
