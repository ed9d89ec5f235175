import { diag, DiagLogLevel } from '@opentelemetry/api';
import { forgetReports } from '../../lib/safely.js';

/** Collects what is reported to OpenTelemetry's `diag` from now on; what was reported before may be reported again. */
export function diagLog(): { readonly warnings: string[]; stop(): void } {
  const warnings: string[] = [];
  forgetReports();
  const note = (message: string): void => void warnings.push(message);
  diag.setLogger(
    { error: note, warn: note, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return { warnings, stop: () => diag.disable() };
}
