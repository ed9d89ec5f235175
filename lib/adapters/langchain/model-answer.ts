import type { LLMResult } from '@langchain/core/outputs';
import {
  accountOf,
  countUntil,
  knownAccount,
  type LedgerNode,
  type ModelCall,
  type ReadListener,
} from '../../cost/ledger.js';
import type { ModelResponse } from '../../cost/model-response.js';
import { readUsage } from '../../cost/read-usage.js';
import { callbackSaw, claimClient, type Sighting } from '../../cost/seen-twice.js';
import type { OpenRun } from './open-runs.js';

/** The answer of a chat model, whose id says that it is the same one further up; of other models the whole result. */
export function answerOf(output: LLMResult): unknown {
  const { message } = (output.generations[0]?.[0] ?? {}) as { readonly message?: unknown };
  return message !== undefined && (readUsage(message) || !readUsage(output)) ? message : output;
}

/** Settles whose tokens the answer's are, before its run ends. `cached`: LangChain's cache gave the answer, so nothing was spent. */
export function settleAnswer(open: OpenRun, answer: unknown, cached: boolean): void {
  const { call } = accountOf(open.run);
  if (!call) return;
  const response = responseOf(call, answer);
  if (cached) call.written = true;
  else if (response) settleResponse(open, call, response);
}

/** LangChain adds up what a stream's chunks count, Anthropic's first count too, which its last one counts again: there the chunks know better. */
function responseOf(call: ModelCall, answer: unknown): ModelResponse | undefined {
  const read = readUsage(answer, call.readers);
  const streamed = call.stream?.result();
  if (!streamed || (read && streamed.provider !== 'anthropic')) return read;
  const response = { ...streamed, id: read?.id ?? streamed.id };
  call.given.push(response);
  return response;
}

/**
 * The span of an instrumented client stands beside ours and not below. Where it, or a traced call inside the model's own code, has counted
 * the answer, ours leaves the tokens to it, and hands them to the runs between that only LangChain knows of.
 */
function settleResponse({ run, home, startedAt }: OpenRun, call: ModelCall, response: ModelResponse): void {
  const sighting: Sighting = { response, home, startedAt, endedAt: performance.now() };
  const client = claimClient(sighting);
  const counted = client === undefined && isCountedAbove(run.parent, response);
  if (client) countUntil(run.parent, home, response, client.usd);
  if (!client && !counted) return callbackSaw(sighting);
  call.written = true;
  for (const listener of accountOf(run).listeners ?? []) listener(response)(client?.usd);
}

function isCountedAbove(node: LedgerNode | undefined, response: ModelResponse): boolean {
  for (let at = node; at; at = at.parent) if (knownAccount(at)?.counted.has(response, undefined)) return true;
  return false;
}

/** Tells a listener of the tokens and the cost of a model call; each hears of it once. */
export function listen({ run }: OpenRun, listener: ReadListener): void {
  const account = accountOf(run);
  if (!account.listeners?.includes(listener)) (account.listeners ??= []).push(listener);
}
