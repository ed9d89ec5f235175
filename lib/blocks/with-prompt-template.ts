import type { PromptDefinition } from '../context/define-prompt.js';
import type { VariablesOf } from '../context/prompt-template.js';
import { checkOptions } from '../options.js';
import { promptScope, readPrompt } from '../plan/prompt-scope.js';
import { blockSite, checkFunction, runBlock } from './run-block.js';

const SITE = blockSite('withPromptTemplate');

/** What `withPromptTemplate` takes: a template's text or a definition, and the values of its variables (any values). */
export type PromptTemplateOptions<T extends string = string> =
  | {
      readonly template: string;
      readonly version?: string | undefined;
      readonly name?: string | undefined;
      readonly variables?: Readonly<Record<string, unknown>> | undefined;
    }
  | { readonly prompt: PromptDefinition<T>; readonly variables?: VariablesOf<T> | undefined };

/**
 * Puts a prompt template, its version and its variables on every span started inside `fn`, of other libraries too, and gives what `fn` gives.
 * Makes no span. An inner template replaces the outer one whole.
 *
 * ```ts
 * await withPromptTemplate({ template: 'Analyze this call: {transcript}', version: '2.0', variables: { transcript } }, () => agent.execute(task));
 * ```
 *
 * Without a version, a hash of the text is the version. A variable without a value is recorded as missing, with one warning.
 */
export function withPromptTemplate<R, T extends string = string>(options: PromptTemplateOptions<T>, fn: () => R): R {
  checkFunction('withPromptTemplate', fn);
  checkOptions(
    'withPromptTemplate',
    options,
    isOfPrompt(options) ? ['prompt', 'variables'] : ['template', 'version', 'name', 'variables'],
  );
  const { variables = {}, ...template } = options;
  const prompt = readPrompt('withPromptTemplate', 'prompt' in template ? template.prompt : template);
  return runBlock(SITE, [promptScope('withPromptTemplate', prompt, () => variables)], undefined, fn);
}

const isOfPrompt = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'prompt' in options;
