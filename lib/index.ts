// decorators
export { PromptTemplate, type VariableValues } from './decorators/prompt-template.js';
export { CostBudget } from './decorators/cost-budget.js';
export { SessionScoped } from './decorators/session-scoped.js';
export { TraceAgent } from './decorators/trace-agent.js';
export { TraceFunction } from './decorators/trace-function.js';
export { TraceLLM } from './decorators/trace-llm.js';
export { TraceRetriever } from './decorators/trace-retriever.js';
export { TraceTool } from './decorators/trace-tool.js';
export { Untraced, type UntracedDecorator } from './decorators/untraced.js';
export type {
  ClassDecoratorOf,
  FieldDecoratorOf,
  MethodDecoratorOf,
  SpandrelDecorator,
  Misplaced,
  PromptDecorator,
  TakesVariables,
} from './decorators/decorator-types.js';

// function and block forms
export { traced } from './blocks/traced.js';
export { traceAgentExecution, type AgentExecutionOptions } from './blocks/trace-agent-execution.js';
export { currentBudget, withCostBudget, type BudgetOptions } from './blocks/with-cost-budget.js';
export { captureScope, runInScope, type CapturedScope } from './blocks/run-in-scope.js';
export { withMetadata } from './blocks/with-metadata.js';
export { withPromptTemplate, type PromptTemplateOptions } from './blocks/with-prompt-template.js';
export { withoutTracing } from './blocks/without-tracing.js';

// recording
export { addCostAttributes, calculateCost, type CalculatedCost } from './blocks/calculate-cost.js';
export { captureSpanContext } from './blocks/capture-span-context.js';
export { createSpanLink } from './blocks/create-span-link.js';
export { recordCost } from './blocks/record-cost.js';
export { recordUsage } from './blocks/record-usage.js';

// prompts
export { definePrompt, type PromptDefinition } from './context/define-prompt.js';
export type { TemplateVariables, VariablesOf } from './context/prompt-template.js';

// options
export { previousTurn, type PreviousTurn } from './plan/previous-turn.js';
export type { PromptInput } from './plan/prompt-scope.js';
export { perInstance, type MetadataOptions, type PerInstance, type SessionOptions } from './plan/session-scope.js';
export type {
  Linkable,
  ResultOf,
  SpanKindName,
  TraceAgentOptions,
  TraceFunctionOptions,
  TraceLLMOptions,
  TraceRetrieverOptions,
  TraceToolOptions,
} from './plan/trace-options.js';
export type { AnyFn, Call, Selected } from './span/call.js';

// budgets
export { CostBudgetExceededError, type Budget, type OnExceeded } from './cost/budget.js';
export type { CostBudgetOptions } from './plan/budget-scope.js';

// pricing
export { DefaultPricingService } from './cost/default-pricing.js';
export type { ModelCost, ModelCosts } from './cost/model-costs.js';
export type { ModelResponse, UsageReader } from './cost/model-response.js';
export type { CostSource, Price, PriceRequest, PricingService } from './cost/pricing-service.js';
export type { TokenUsage } from './cost/token-usage.js';

// configuration and services
export type { Hidden, Hide } from './capture/hidden.js';
export type { LimitOptions } from './capture/limits.js';
export type { Redact, RedactionRules, Redactor } from './capture/redaction.js';
export { configure, type Configuration } from './configuration.js';
export {
  PRICING_SERVICE,
  REDACTOR,
  SESSION_PROVIDER,
  setResolver,
  USAGE_READERS,
  withResolver,
  type Resolver,
} from './context/resolver.js';
export { SpandrelSpanProcessor } from './processor/span-processor.js';
