import { checkOptions } from '../options.js';
import {
  contentVersion,
  renderTemplate,
  templateVariables,
  watchDrift,
  type TemplateVariables,
  type VariablesOf,
} from './prompt-template.js';

/** A prompt with a name and a version, whose variables the compiler knows. Made by {@link definePrompt}. */
export interface PromptDefinition<T extends string = string> {
  readonly name: string;
  readonly version: string;
  readonly template: T;
  /** The names in the template's placeholders, in order. */
  readonly variableNames: readonly TemplateVariables<T>[];
  /** The template with its placeholders filled in. Throws a TypeError that names what is missing. */
  render(
    ...variables: [TemplateVariables<T>] extends [never] ? [variables?: VariablesOf<T>] : [variables: VariablesOf<T>]
  ): string;
}

/**
 * Defines a prompt once, to be rendered and recorded under one name and version.
 *
 * ```ts
 * const classify = definePrompt({ name: 'classify', version: '2.0', template: 'Analyze this call: {transcript}' });
 * classify.render({ transcript: 'Hello.' }); // 'Analyze this call: Hello.'
 * ```
 *
 * Placeholders are `{name}` or `{{name}}`. Without a version, a hash of the template is the version.
 */
export function definePrompt<const T extends string>(prompt: {
  readonly name: string;
  readonly version?: string | undefined;
  readonly template: T;
}): PromptDefinition<T> {
  checkOptions('definePrompt', prompt, ['name', 'version', 'template']);
  const { name, template } = prompt;
  if (typeof name !== 'string' || name.trim() === '')
    throw new TypeError('definePrompt: expected a name that is not empty.');
  if (typeof template !== 'string')
    throw new TypeError(`definePrompt("${name}"): expected the template as a string, got ${typeof template}.`);
  if (prompt.version !== undefined && (typeof prompt.version !== 'string' || prompt.version.trim() === ''))
    throw new TypeError(`definePrompt("${name}"): expected version to be a text that is not empty.`);
  const version = prompt.version ?? contentVersion(template);
  watchDrift({ name, version, template });
  return Object.freeze({
    name,
    version,
    template,
    variableNames: templateVariables(template) as readonly TemplateVariables<T>[],
    render: (variables: Readonly<Record<string, unknown>> = {}) => renderTemplate(template, name, variables),
  });
}
