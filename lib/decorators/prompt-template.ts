import type { VariablesOf } from '../context/prompt-template.js';
import { promptScope, readPrompt, variablesByName, type PromptInput } from '../plan/prompt-scope.js';
import type { AnyFn, Call, Selected } from '../span/call.js';
import { amending, scoping } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { PromptDecorator, SpandrelDecorator } from './decorator-types.js';

/** Values of a template's variables; a function, which has a `name` and a `length` too, is none. */
export type VariableValues<T extends string> = VariablesOf<T> & { readonly [Symbol.hasInstance]?: never };

/**
 * Puts a prompt template, its version and its variables on every span started inside each call, of other libraries too. Makes no span.
 * Where our decorators also trace the method, the method's own span has them too.
 *
 * ```ts
 * @PromptTemplate(classifyPrompt, ({ args: [transcript] }) => ({ transcript }))
 * classify(transcript: string) { … }
 *
 * @PromptTemplate('Analyze this call: {transcript}') // the first argument has the variables as properties
 * analyze(input: { transcript: string }) { … }
 * ```
 *
 * The template is a text, `{ template, version?, name? }`, or what `definePrompt` gave. Without a version, a hash of the text is the version.
 */
export function PromptTemplate<const T extends string>(template: PromptInput<T>): PromptDecorator<T>;
export function PromptTemplate<const T extends string, F extends AnyFn = AnyFn>(
  template: PromptInput<T>,
  variables: Selected<VariableValues<T>, F>,
): SpandrelDecorator<F>;
export function PromptTemplate(template: PromptInput, variables?: Selected<object>): never {
  checkParentheses('PromptTemplate', arguments);
  const prompt = readPrompt('@PromptTemplate', template);
  if (
    variables !== undefined &&
    (variables === null || (typeof variables !== 'object' && typeof variables !== 'function'))
  )
    throw new TypeError(
      `@PromptTemplate: expected the variables as an object or a function of the call, got ${variables === null ? 'null' : typeof variables}.`,
    );
  const given =
    typeof variables === 'function' ? (variables as (call: Call) => unknown) : variables && (() => variables);
  return amending(
    'PromptTemplate',
    scoping((original) => promptScope('@PromptTemplate', prompt, given ?? variablesByName(prompt, original))),
  );
}
