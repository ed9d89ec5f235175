import { reportOnce } from '../safely.js';

/** A prompt template as it is recorded on every span in its scope. */
export interface PromptTemplateValue {
  readonly template: string;
  readonly version: string;
  readonly name?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** What no variable's name holds: `{ "json": 1 }`, `{user.name}`, `{…}` and other prose in braces is text. The compiler and the template read this one list. */
const NOT_IN_NAMES = ' \t\r\n!"#%&\'()*+,-./:;<=>?@[\\]^`{|}~…–—“”‘’';
type NotInNames = CharactersOf<typeof NOT_IN_NAMES>;
type Digit = CharactersOf<'0123456789'>;

/** The names in a template's `{placeholders}` and `{{mustache}}` tags; any name where the template is not a literal. */
export type TemplateVariables<T extends string> = string extends T ? string : VariablesIn<T>;

type VariablesIn<T extends string, Found extends string = never> = T extends `${string}{${infer Rest}`
  ? Rest extends `{${infer Name}}}${infer After}`
    ? IsName<Trim<Name>> extends true
      ? VariablesIn<After, Found | Trim<Name>>
      : VariablesIn<Rest, Found>
    : Rest extends `${infer Name}}${infer After}`
      ? IsName<Trim<Name>> extends true
        ? VariablesIn<After, Found | Trim<Name>>
        : VariablesIn<Rest, Found>
      : Found
  : Found;

type IsName<S extends string> = S extends `${Digit}${string}` | '' ? false : IsAllNameCharacters<S>;
type IsAllNameCharacters<S extends string> = S extends `${infer C}${infer Rest}`
  ? C extends NotInNames
    ? false
    : IsAllNameCharacters<Rest>
  : true;
type Trim<S extends string> = S extends ` ${infer R}` | `${infer R} ` ? Trim<R> : S;
type CharactersOf<S extends string, Found extends string = never> = S extends `${infer C}${infer Rest}`
  ? CharactersOf<Rest, Found | C>
  : Found;

/** Values for the variables of a template. */
export type VariablesOf<T extends string> = { readonly [K in TemplateVariables<T>]: unknown };

const NAME = NOT_IN_NAMES.replace(/[\\\]^-]/g, '\\$&').replace(/.+/s, '([^$&0-9][^$&]*)');
const PLACEHOLDER = new RegExp(`\\{\\{ *${NAME} *\\}\\}|\\{ *${NAME} *\\}`, 'g');

/** The names in a template's `{placeholders}` and `{{mustache}}` tags, in order, each once. */
export function templateVariables(template: string): readonly string[] {
  const names = new Set<string>();
  for (const match of template.matchAll(PLACEHOLDER)) names.add(match[1] ?? match[2] ?? '');
  return [...names];
}

/** The template with its placeholders filled in. Throws a TypeError that names what is missing. */
export function renderTemplate(
  template: string,
  name: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): string {
  const missing = templateVariables(template).filter((variable) => variables[variable] === undefined);
  if (missing.length > 0)
    throw new TypeError(
      `The prompt ${name === undefined ? JSON.stringify(template.slice(0, 40)) : `"${name}"`} is missing ${missing.map((one) => `"${one}"`).join(', ')}: pass ${missing.length > 1 ? 'them' : 'it'} to render().`,
    );
  return template.replace(PLACEHOLDER, (_, mustache: string | undefined, braces: string | undefined) =>
    textOf(variables[mustache ?? braces ?? '']),
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** A version for a template that has none: 16 hexadecimal digits of its content (FNV-1a, two seeds). */
export function contentVersion(template: string): string {
  return fnv1a(template, 0x811c9dc5) + fnv1a(template, 0x01000193);
}

function fnv1a(text: string, seed: number): string {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

const MAX_WATCHED = 1_000;
const watched = new Map<string, string>();

/** Warns once when a name and version come with another text than before: the version no longer says which prompt it was. */
export function watchDrift(value: Pick<PromptTemplateValue, 'name' | 'version' | 'template'>): void {
  if (value.name === undefined) return;
  const key = `${value.name}@${value.version}`;
  const before = watched.get(key);
  if (before === undefined && watched.size < MAX_WATCHED) watched.set(key, value.template);
  else if (before !== undefined && before !== value.template)
    reportOnce(
      `the prompt "${value.name}" version "${value.version}" is used with two different texts: give the changed text a new version`,
    );
}
