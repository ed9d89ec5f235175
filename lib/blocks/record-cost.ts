import { trace } from '@opentelemetry/api';
import { captureText } from '../capture/capture-value.js';
import { activeContext } from '../context/active.js';
import { redactionOf } from '../context/redaction-of.js';
import { RECORDED_EVENT, RECORDED_REASON, RECORDED_USD } from '../conventions/cost.js';
import { isAmount } from '../cost/amount.js';
import { budgetOf } from '../cost/budget.js';
import { accountOf, countRecorded } from '../cost/ledger.js';
import { addRecorded } from '../plan/recorded-cost.js';
import { spendIn } from '../plan/spend.js';
import { reportOnce, safely } from '../safely.js';
import { settings } from '../settings.js';
import { runOf } from '../span/span-context.js';
import { openRun } from '../span/span-run.js';

/**
 * Records what something other than a model call cost: a tool, an OCR page, GPU seconds. In USD, on the active span:
 * `cost.other_cost_usd` and `cost.total_usd`, and an event that says why; it counts in roll-ups above and in budgets. Several recordings add up.
 *
 * ```ts
 * recordCost(0.0015, 'OCR, one page');
 * ```
 *
 * Never throws; an amount that is none (negative, NaN, no number) is reported and not recorded.
 */
export function recordCost(usd: number, why: string): void {
  safely('recordCost failed', record, usd, why);
}

function record(usd: unknown, why: unknown): void {
  if (!isAmount(usd))
    return reportOnce(`recordCost: expected an amount in USD, 0 or more, got ${String(usd)}; it is not recorded`);
  const active = activeContext();
  const span = trace.getSpan(active);
  spendIn(budgetOf(active), usd, span);
  // a call that is over has written its cost: what comes later counts in the nearest one above that is open
  const run = openRun(runOf(active));
  if (run && run.span === span) {
    accountOf(run).recordedUsd += usd;
    countRecorded(run.parent, usd);
  } else {
    if (span?.isRecording()) addRecorded(span, usd);
    countRecorded(run, usd);
  }
  if (!span?.isRecording()) return;
  const reason =
    typeof why === 'string' ? captureText(why, settings.limits.characters, redactionOf(active)).text : undefined;
  span.addEvent(RECORDED_EVENT, { [RECORDED_USD]: usd, ...(reason !== undefined && { [RECORDED_REASON]: reason }) });
}
