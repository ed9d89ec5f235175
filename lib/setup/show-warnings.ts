import { diag, DiagLogLevel } from '@opentelemetry/api';
import { say } from './say.js';

const PREFIX = 'spandrel: ';
const API = Symbol.for('opentelemetry.js.api.1');

/**
 * Lets our own warnings be seen on stderr: they go to OpenTelemetry's `diag`, which is silent until somebody gives it a logger.
 * A logger that is there stays, and says them itself; one that comes later takes over.
 */
export function showWarnings(): void {
  // the API has no way to ask whether there is a logger; its registry is read, never written
  if ((globalThis as { [API]?: { diag?: unknown } })[API]?.diag !== undefined) return;
  const print = (message: string): void => {
    if (message.startsWith(PREFIX)) say(message.slice(PREFIX.length));
  };
  const silent = (): void => {};
  diag.setLogger(
    { error: print, warn: print, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
