import { reportOnce } from './safely.js';

/** A variable of the environment; undefined too where the runtime has no environment, or refuses to show it (Deno without `--allow-env`). */
export function environmentVariable(name: string): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  } catch (error) {
    reportOnce('the environment cannot be read, so its switches (OPENINFERENCE_HIDE_…) are taken for not set', error);
    return undefined;
  }
}
