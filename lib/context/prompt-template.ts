import { reportOnce } from '../safely.js';

/** A prompt template as it is recorded on every span in its scope. */
export interface PromptTemplateValue {
  readonly template: string;
  readonly version: string;
  readonly name?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

type Letter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z';
type NameCharacter = Letter | Uppercase<Letter> | '_' | '$' | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type IsName<S extends string> = S extends `${infer C}${infer Rest}`
  ? C extends NameCharacter
    ? Rest extends ''
      ? true
      : IsName<Rest>
    : false
  : false;
type Trim<S extends string> = S extends ` ${infer R}` | `${infer R} ` ? Trim<R> : S;
type NameIn<S extends string> = IsName<Trim<S>> extends true ? Trim<S> : never;

/** The names in a template's `{placeholders}` and `{{mustache}}` tags; any name where the template is not a literal. */
export type TemplateVariables<T extends string> = string extends T ? string : PlaceholdersOf<T>;

type PlaceholdersOf<T extends string> = T extends `${string}{${infer Rest}`
  ? Rest extends `{${infer Name}}}${infer After}`
    ? NameIn<Name> | PlaceholdersOf<After>
    : Rest extends `${infer Name}}${infer After}`
      ? NameIn<Name> extends never
        ? PlaceholdersOf<Rest>
        : NameIn<Name> | PlaceholdersOf<After>
      : never
  : never;

/** Values for the variables of a template. */
export type VariablesOf<T extends string> = { readonly [K in TemplateVariables<T>]: unknown };

/** Not a name: an index (`{0}`), JSON, a format string. The name may be padded inside mustache tags and braces. */
const PLACEHOLDER = /\{\{\s*([A-Za-z_$][\w$]*)\s*\}\}|\{ *([A-Za-z_$][\w$]*) *\}/g;

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
