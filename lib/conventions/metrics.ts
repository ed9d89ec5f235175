/** Histograms of OpenTelemetry's GenAI conventions (docs/gen-ai/gen-ai-metrics.md, Development), and one of ours for money. */
export const TOKEN_USAGE = 'gen_ai.client.token.usage'; // {token}, one record a call and token type
export const OPERATION_DURATION = 'gen_ai.client.operation.duration'; // seconds, failed calls too
export const TIME_TO_FIRST_CHUNK = 'gen_ai.client.operation.time_to_first_chunk'; // seconds, streams only
export const OPERATION_COST = 'spandrel.client.operation.cost'; // USD; the conventions name none; spandrel
export const TOKEN_TYPE = 'gen_ai.token.type'; // attribute: input | output
