/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable's text; a blank one counts as unset, as OpenTelemetry's specification has it. */
export function envText(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** Whether the variable says `true`, in any case. */
export function envTrue(env: Environment, name: string): boolean {
  return envText(env, name)?.toLowerCase() === 'true';
}

/** The parts of a comma-separated variable. */
export function envList(env: Environment, name: string): readonly string[] {
  return (envText(env, name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A count; undefined when the variable is unset or no whole number of 0 or more. */
export function envCount(env: Environment, name: string): number | undefined {
  const text = envText(env, name);
  const count = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
