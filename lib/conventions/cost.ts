/** Names of the Python guide for money, and ours beside them. USD and tokens; one line a name. */
export const COST_MODEL_NAME = 'cost.model_name'; // text; guide
export const COST_PROMPT_TOKENS = 'cost.prompt_tokens'; // tokens; guide
export const COST_COMPLETION_TOKENS = 'cost.completion_tokens'; // tokens; guide
export const COST_TOTAL_TOKENS = 'cost.total_tokens'; // tokens; guide
export const COST_TOTAL_USD = 'cost.total_usd'; // USD, input + output + other; guide
export const COST_INPUT_USD = 'cost.input_cost_usd'; // USD; guide
export const COST_OUTPUT_USD = 'cost.output_cost_usd'; // USD; guide
export const COST_OTHER_USD = 'cost.other_cost_usd'; // USD, written when not 0: fees a request, searches
export const COST_SOURCE = 'cost.source'; // provider | service | override | catalog | recorded
export const COST_PRICE_DATE = 'cost.price_date'; // ISO date on which the price was checked
export const COST_UNPRICED_MODEL = 'cost.unpriced_model'; // model name; instead of a cost, never beside one
export const COST_AGENT_NAME = 'cost.agent_name'; // name of the nearest agent above a model span

export const BUDGET_LIMIT_USD = 'cost.budget.limit_usd'; // USD; on the outermost spans inside a budget, on refused calls and on the event
export const BUDGET_SPENT_USD = 'cost.budget.spent_usd'; // USD spent inside the budget so far
export const BUDGET_EXCEEDED_EVENT = 'cost.budget.exceeded'; // event on the span whose cost went beyond the limit
export const RECORDED_EVENT = 'cost.recorded'; // event: a cost that recordCost() added
export const RECORDED_USD = 'cost.recorded.usd'; // USD
export const RECORDED_REASON = 'cost.recorded.reason'; // text

export const ROLLUP_TOTAL_USD = 'cost.rollup.total_usd'; // USD spent below this span when it ended
export const ROLLUP_PROMPT_TOKENS = 'cost.rollup.prompt_tokens'; // tokens below this span when it ended
export const ROLLUP_COMPLETION_TOKENS = 'cost.rollup.completion_tokens'; // tokens below this span when it ended
export const ROLLUP_LLM_CALLS = 'cost.rollup.llm_calls'; // model calls below this span when it ended
export const ROLLUP_INCOMPLETE = 'cost.rollup.incomplete'; // true when calls below were still open
