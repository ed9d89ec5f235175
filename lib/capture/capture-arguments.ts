import { captureEntries, captureText, type Captured } from './capture-value.js';
import type { Limits } from './limits.js';
import type { ParameterNames } from './parameter-names.js';
import type { Redaction } from './redaction.js';

/** Which arguments are recorded: all, none, or those of these parameter names. */
export type CaptureArgs = boolean | readonly string[];

/**
 * A call's arguments as a JSON object by parameter name, `arg0…` where a name is not known; as text when the function declares
 * one parameter and gets a string. A rest parameter takes all that follow.
 */
export function captureArguments(
  args: readonly unknown[],
  parameters: ParameterNames | undefined,
  capture: CaptureArgs,
  limits: Limits,
  redaction: Redaction,
): Captured | undefined {
  if (capture === false) return undefined;
  const declared = parameters?.names ?? [];
  const only = args[0];
  if (
    args.length === 1 &&
    typeof only === 'string' &&
    declared.length === 1 &&
    !parameters?.rest &&
    (capture === true || capture.includes(declared[0] ?? ''))
  ) {
    const { secret, card } = redaction.key(declared[0] ?? '');
    if (!secret && !card) return captureText(only, limits.characters, redaction);
  }
  const entries = argumentEntries(args, parameters, capture, limits);
  return captureEntries(entries.names, entries.values, limits, redaction, entries.more);
}

/** The arguments that are recorded, by their names. */
export function argumentEntries(
  args: readonly unknown[],
  parameters: ParameterNames | undefined,
  capture: CaptureArgs,
  limits: Limits,
): { readonly names: readonly string[]; readonly values: readonly unknown[]; readonly more: number } {
  const declared = parameters?.names ?? [];
  if (capture === true && isGivenInFull(args, parameters, limits))
    return { names: declared as string[], values: args, more: 0 };
  const names: string[] = [];
  const values: unknown[] = [];
  let more = 0;
  const restAt = parameters?.rest ? declared.length - 1 : Infinity;
  for (let i = 0; i < args.length && i <= restAt; i++) {
    const name = declared[i] ?? `arg${i}`;
    if (typeof capture !== 'boolean' && !capture.includes(name)) continue;
    if (names.length >= limits.entries) {
      more++;
      continue;
    }
    names.push(name);
    values.push(i === restAt ? args.slice(i) : args[i]);
  }
  return { names, values, more };
}

/** Whether each argument has a name of its own: then the lists are as they are. */
function isGivenInFull(args: readonly unknown[], parameters: ParameterNames | undefined, limits: Limits): boolean {
  return (
    parameters !== undefined &&
    !parameters.rest &&
    args.length === parameters.names.length &&
    args.length <= limits.entries &&
    !parameters.names.includes(undefined)
  );
}
