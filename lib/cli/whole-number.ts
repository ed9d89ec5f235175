import { CliError } from './command.js';

/** The value of an option that counts something; undefined where it is not given. */
export function wholeNumber(option: string, value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new CliError(`--${option} takes a whole number, not "${value}".`, 2);
}
