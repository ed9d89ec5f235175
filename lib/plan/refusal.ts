import type { Context } from '@opentelemetry/api';
import { budgetAttributes } from '../attributes/budget-attributes.js';
import { budgetOf } from '../cost/budget.js';
import type { AnyFn } from '../span/call.js';
import type { SpanRun } from '../span/span-run.js';

/** What runs in the place of a call that would spend what a budget has not got: it fails as a function of its kind fails. */
export function refusal(run: SpanRun, active: Context, original: AnyFn): AnyFn | undefined {
  const error = budgetOf(active)?.refusal();
  if (!error) return undefined;
  if (run.span.isRecording()) run.span.setAttributes(budgetAttributes(error));
  switch (Object.prototype.toString.call(original)) {
    case '[object AsyncFunction]':
      return () => Promise.reject(error);
    case '[object GeneratorFunction]':
      // eslint-disable-next-line require-yield -- fails at the first next(), as a body would
      return function* () {
        throw error;
      };
    case '[object AsyncGeneratorFunction]':
      // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- the same
      return async function* () {
        throw error;
      };
    default:
      return () => {
        throw error;
      };
  }
}
