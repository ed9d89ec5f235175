export { definePrompt, type PromptDefinition } from './context/define-prompt.js';
export type { TemplateVariables, VariablesOf } from './context/prompt-template.js';
export type {
  ClassDecoratorOf,
  FieldDecoratorOf,
  MethodDecoratorOf,
  SpandrelDecorator,
  Misplaced,
  PromptDecorator,
  TakesVariables,
} from './decorators/decorator-types.js';
export { CostBudget } from './decorators/cost-budget.js';
export { PromptTemplate, type VariableValues } from './decorators/prompt-template.js';
export { SessionScoped } from './decorators/session-scoped.js';
export { TraceAgent } from './decorators/trace-agent.js';
export { TraceFunction } from './decorators/trace-function.js';
export { TraceLLM } from './decorators/trace-llm.js';
export { TraceRetriever } from './decorators/trace-retriever.js';
export { TraceTool } from './decorators/trace-tool.js';
export { Untraced, type UntracedDecorator } from './decorators/untraced.js';
export type { Budget, OnExceeded } from './cost/budget.js';
export type { CostBudgetOptions } from './plan/budget-scope.js';
export { previousTurn, type PreviousTurn } from './plan/previous-turn.js';
export type { PromptInput } from './plan/prompt-scope.js';
export { perInstance, type PerInstance, type SessionOptions } from './plan/session-scope.js';
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
