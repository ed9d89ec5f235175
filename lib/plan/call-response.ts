import { accountOf, sumUsage, type ModelCall } from '../cost/ledger.js';
import type { ModelResponse } from '../cost/model-response.js';
import { readGivenUsage, readUsage } from '../cost/read-usage.js';
import { reportOnce, safely } from '../safely.js';
import type { Outcome } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import type { TraceSettings } from './trace-settings.js';

/** A response, and where it was found. */
export interface FoundResponse {
  readonly found: ModelResponse;
  readonly object: unknown;
  /** The user's code recorded it, on this very span. */
  readonly byHand?: boolean;
}

/** What the call used: recorded by hand, by the `usage` option, read from the result, or gathered from the chunks. */
export function responseOf(
  call: ModelCall,
  run: SpanRun,
  outcome: Outcome,
  trace: TraceSettings,
): FoundResponse | undefined {
  if (call.given.length > 0) {
    const { counted } = accountOf(run);
    const given = call.given.filter((response) => !counted.has(response, undefined));
    if (given.length === 0) return undefined;
    return {
      found: { ...given.at(-1), usage: sumUsage(given.map(({ usage }) => usage)) },
      object: undefined,
      byHand: true,
    };
  }
  const value = outcome.kind === 'returned' ? outcome.value : undefined;
  if (outcome.kind === 'returned' && trace.usage) {
    const given: unknown = safely('the usage option failed', trace.usage, value as never, run.call as never);
    const found = given === undefined ? undefined : readGivenUsage(given, call.readers);
    if (found) return { found, object: value };
  }
  const found = (value === undefined ? undefined : readUsage(value, call.readers)) ?? call.stream?.result();
  if (found) return { found, object: value };
  if (outcome.kind === 'returned') reportMissing(run);
  return undefined;
}

function reportMissing(run: SpanRun): void {
  const account = accountOf(run);
  if (account.below.calls > 0 || account.below.open > 0 || account.clientsOpen > 0 || account.clientsCounted > 0)
    return;
  if (!run.span.isRecording()) return;
  const { name = 'a model call' } = run.span as { readonly name?: string };
  reportOnce(
    `${name} carries no cost, because no token usage was found in its result: return the provider's response, ask for usage on streams ` +
      '(OpenAI: stream_options.include_usage), or give it by the usage option or recordUsage()',
  );
}
