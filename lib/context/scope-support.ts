import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { reportOnce } from '../safely.js';
import { processorsMade } from './processors-active.js';

let checked = false;

/** Says once what a scope needs and has not got, where an SDK is registered: without it the scope would stay silent. */
export function checkScopeSupport(): void {
  if (checked) return;
  checked = true;
  const probe = ROOT_CONTEXT.setValue(PROBE, true);
  if (context.with(probe, () => context.active()) !== probe)
    reportOnce(
      'no context manager is registered, so scopes (session, user, prompt) do not reach the spans inside them: start the SDK with one (NodeSDK and startTracing do), ' +
        'or call context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())',
    );
  else if (!processorsMade())
    reportOnce(
      'no SpandrelSpanProcessor is in place, so session, user and prompt are on the spans of this package only: put new SpandrelSpanProcessor() first in the list of span processors (startTracing does)',
    );
}

const PROBE = Symbol('spandrel.probe');

/** Looks again at the next scope: for tests. */
export function forgetScopeSupport(): void {
  checked = false;
}
