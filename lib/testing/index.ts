export { assertTraced } from './assert-traced.js';
export type { AssertTracedOptions } from './assert-traced.js';
export { checkConventions } from './check-conventions.js';
export type { Finding } from '../lint/lint-span.js';
export { fakePricing } from './fake-pricing.js';
export type { FakePricing } from './fake-pricing.js';
export { ModelError } from './model-server/exchange.js';
export type {
  BilledUsage,
  ModelAnswer,
  ModelExchange,
  ModelMessage,
  ModelRequest,
  PromptSegment,
  Reply,
  Script,
  ToolCall,
  WireName,
} from './model-server/exchange.js';
export { fakeModelServer } from './model-server/fake-model-server.js';
export type { FakeModelServer, FakeModelServerOptions } from './model-server/fake-model-server.js';
export { spanAssert } from './span-assert.js';
export type { SpanAssertions } from './span-assert.js';
export type { SpanMatchers } from './span-matchers.js';
export type { SpanExpectation } from './matchers/span-expectation.js';
export type { CostRange } from './matchers/to-have-cost.js';
export type { PromptTemplateExpectation } from './matchers/to-have-prompt-template.js';
export type { TokenExpectation } from './matchers/to-have-tokens.js';
export { testTracing } from './test-tracing.js';
export type { TestTracing, TestTracingOptions } from './test-tracing.js';
