export { testTracing } from './test-tracing.js';
export type { TestTracing, TestTracingOptions } from './test-tracing.js';
