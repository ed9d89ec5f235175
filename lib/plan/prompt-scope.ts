import { parameterNames } from '../capture/parameter-names.js';
import type { PromptDefinition } from '../context/define-prompt.js';
import { contentVersion, templateVariables, watchDrift, type PromptTemplateValue } from '../context/prompt-template.js';
import { checkOptions } from '../options.js';
import { reportOnce } from '../safely.js';
import type { AnyFn, Call } from '../span/call.js';
import type { Scope } from '../span/plan.js';
import { extendScope } from './extend-scope.js';
import { ask } from './select.js';

/** A prompt template as the forms take it: its text, its text with name and version, or a definition. */
export type PromptInput<T extends string = string> =
  | T
  | { readonly template: T; readonly version?: string | undefined; readonly name?: string | undefined }
  | PromptDefinition<T>;

/** A prompt without its variables' values. */
export type Prompt = Omit<PromptTemplateValue, 'variables'>;

/** Checks a prompt once. Throws a TypeError that names what does not fit. */
export function readPrompt(where: string, input: PromptInput): Prompt {
  const given: unknown = typeof input === 'string' ? { template: input } : input;
  if (typeof given !== 'object' || given === null)
    throw new TypeError(
      `${where}: expected a template, as text or { template }, got ${given === null ? 'null' : typeof given}.`,
    );
  if (!('render' in given)) checkOptions(where, given, ['template', 'version', 'name']);
  const { template, version, name } = given as { template?: unknown; version?: unknown; name?: unknown };
  if (typeof template !== 'string')
    throw new TypeError(
      `${where}: expected a template, as text or { template }, got an object whose template is ${typeof template}.`,
    );
  for (const [key, value] of [
    ['version', version],
    ['name', name],
  ] as const)
    // prettier-ignore
    if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) throw new TypeError(`${where}: expected ${key} to be a text that is not empty.`);
  const prompt = {
    template,
    version: (version as string | undefined) ?? contentVersion(template),
    name: name as string | undefined,
  };
  watchDrift(prompt);
  return prompt;
}

/** Opens a prompt's scope; a variable without a value is recorded as missing, with one warning. */
export function promptScope(where: string, prompt: Prompt, variablesOf: (call: Call) => unknown): Scope {
  const names = templateVariables(prompt.template);
  return (active, call) => {
    const given = ask(`the variables of ${where}`, variablesOf, call);
    return extendScope(active, { promptTemplate: { ...prompt, variables: complete(where, prompt, names, given) } });
  };
}

function complete(
  where: string,
  prompt: Prompt,
  names: readonly string[],
  given: unknown,
): PromptTemplateValue['variables'] {
  const values = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const missing = names.filter(
    (name) => !(name in values) || Object.getOwnPropertyDescriptor(values, name)?.value === undefined,
  );
  if (missing.length === 0) return values;
  const of = prompt.name === undefined ? '' : ` of the prompt "${prompt.name}"`;
  reportOnce(
    `${where}: the variable${missing.length > 1 ? 's' : ''} ${missing.map((name) => `"${name}"`).join(', ')}${of} got no value`,
  );
  return { ...values, ...Object.fromEntries(missing.map((name) => [name, MISSING])) };
}

/** What is recorded for a template variable that got no value. */
const MISSING = '[missing]';

/** The variables by the names of the method's parameters, or of the properties of its first argument. */
export function variablesByName(prompt: Prompt, original: () => AnyFn): (call: Call) => Record<string, unknown> {
  const names = templateVariables(prompt.template);
  let parameters: readonly (string | undefined)[] | undefined;
  return ({ args }) => {
    parameters ??= parameterNames(original())?.names ?? [];
    const first: unknown = args[0];
    const values: Record<string, unknown> = {};
    for (const name of names) {
      const at = parameters.indexOf(name);
      if (at >= 0) values[name] = args[at];
      else if (typeof first === 'object' && first !== null)
        values[name] = Object.getOwnPropertyDescriptor(first, name)?.value;
    }
    return values;
  };
}
