export { billed, type Said } from './billed.js';
export type { ModelCard } from './model-card.js';
