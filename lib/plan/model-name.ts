import { dataProperty } from '../capture/data-property.js';
import type { ParameterNames } from '../capture/parameter-names.js';
import { reportOnce } from '../safely.js';
import type { Call } from '../span/call.js';
import { select } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** Gives the model that a call names, where one can be told. */
export type ModelSelector = (call: Call) => string | undefined;

/** The selector of the `modelName` or `modelNameAttr` option; undefined where the model is known before any call, or not named. */
export function modelSelector(
  { modelName, modelNameAttr }: TraceSettings,
  parameters: () => ParameterNames | undefined,
): ModelSelector | undefined {
  if (typeof modelName === 'function') return (call) => textOrNone(select('modelName', modelName, call));
  if (modelName !== undefined || modelNameAttr === undefined) return undefined;
  return ({ args }) => {
    const at = parameters()?.names.indexOf(modelNameAttr) ?? -1;
    if (at >= 0) return textOrNone((args as readonly unknown[])[at]);
    for (const argument of args as readonly unknown[]) {
      const found =
        typeof argument === 'object' && argument !== null ? dataProperty(argument, modelNameAttr) : undefined;
      if (found !== undefined) return textOrNone(found);
    }
    if (parameters() !== undefined && args.every((argument) => typeof argument !== 'object'))
      reportOnce(`modelNameAttr: no parameter and no property of an argument is called "${modelNameAttr}"`);
    return undefined;
  };
}

/** A text that says something. */
export const textOrNone = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
