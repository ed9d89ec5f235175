import { diag } from '@opentelemetry/api';

const reported = new Set<string>();
const MAX_REPORTED = 1_000;

/** Reports a fault of ours or of a plugin to OpenTelemetry's `diag`, once per cause (`what` plus the error's message). */
export function reportOnce(what: string, error?: unknown): void {
  const text = error === undefined ? what : `${what}: ${describe(error)}`;
  if (reported.has(text) || reported.size >= MAX_REPORTED) return;
  reported.add(text);
  warn(text);
}

/** Warns on OpenTelemetry's `diag`, each time. */
export function warn(text: string): void {
  try {
    diag.warn(`spandrel: ${text}`);
  } catch {
    // a logger of the user's that throws must not reach the user's call
  }
}

/** Calls a hook that may throw; its fault is reported and `undefined` given. The user's call never sees it. */
export function safely<A extends readonly unknown[], R>(
  what: string,
  hook: (...args: A) => R,
  ...args: A
): R | undefined {
  try {
    return hook(...args);
  } catch (error) {
    reportOnce(what, error);
    return undefined;
  }
}

/** Forgets what was reported: for tests that look at the warnings. */
export function forgetReports(): void {
  reported.clear();
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}
