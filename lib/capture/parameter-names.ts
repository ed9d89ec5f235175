import { isClass } from '../is-class.js';

/**
 * The names of a function's parameters, read from its source: a name, or undefined where there is none (destructured).
 * `rest` tells that the last one takes all that follow. Undefined as a whole when the source cannot be read with certainty
 * (native, bound, a class …): callers fall back to `arg0…`.
 */
export interface ParameterNames {
  readonly names: readonly (string | undefined)[];
  readonly rest: boolean;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const OPEN = '([{';
const CLOSE = ')]}';
/** After one of these a slash begins a regular expression, not a division. */
const BEFORE_REGEXP = /[=(,:[!&|?{};+\-*%<>~^]$|^$|\breturn$|\btypeof$/;
/** White space and comments. */
const GAP = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*\n)`;
/** An arrow function of one parameter without parentheses. */
const ARROW = new RegExp(String.raw`^(?:async${GAP}+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)${GAP}*=>`, 'u');
const MAX_SOURCE = 100_000;

/** Reads the parameter names of `fn`; runs nothing of it. */
export function parameterNames(fn: (...args: never[]) => unknown): ParameterNames | undefined {
  let source: string;
  try {
    source = Function.prototype.toString.call(fn);
  } catch {
    return undefined;
  }
  if (source.endsWith('{ [native code] }') || isClass(fn)) return undefined;
  const arrow = ARROW.exec(source);
  if (arrow?.[1] !== undefined) return { names: [arrow[1]], rest: false };
  const list = parameterList(source.slice(0, MAX_SOURCE));
  if (list === undefined) return undefined;
  const names = list.map(parameterName);
  const rest = list.at(-1)?.startsWith('...') ?? false;
  return { names, rest };
}

/** The source of each parameter, comments removed: what stands between the first parentheses that are not a computed key's. */
function parameterList(source: string): string[] | undefined {
  const start = firstParenthesis(source);
  if (start === undefined) return undefined;
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let i = start + 1; i < source.length;) {
    const end = skipOpaque(source, i, part);
    if (end !== i) {
      if (!isComment(source, i)) part += source.slice(i, end);
      i = end;
      continue;
    }
    const char = source.charAt(i);
    if (depth === 0 && (char === ')' || char === ',')) {
      if (part.trim() !== '') parts.push(part.trim());
      if (char === ')') return parts;
      part = '';
    } else {
      if (OPEN.includes(char)) depth++;
      else if (CLOSE.includes(char)) depth--;
      part += char;
    }
    i++;
  }
  return undefined;
}

function firstParenthesis(source: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < source.length;) {
    const end = skipOpaque(source, i, source.slice(Math.max(0, i - 16), i).trimEnd());
    if (end !== i) {
      i = end;
      continue;
    }
    const char = source.charAt(i);
    if (char === '[') depth++;
    else if (char === ']') depth--;
    else if (char === '(' && depth === 0) return i;
    else if (char === '{') return undefined;
    i++;
  }
  return undefined;
}

const isComment = (source: string, i: number): boolean =>
  source[i] === '/' && (source[i + 1] === '/' || source[i + 1] === '*');

/** The index behind the string, template, comment or regular expression that begins at `i`; `i` itself where none does. */
function skipOpaque(source: string, i: number, before: string): number {
  const char = source[i];
  if (char === '"' || char === "'") return skipQuoted(source, i, char);
  if (char === '`') return skipTemplate(source, i);
  if (char !== '/') return i;
  if (source[i + 1] === '/') return indexAfter(source, '\n', i);
  if (source[i + 1] === '*') return indexAfter(source, '*/', i + 2);
  return BEFORE_REGEXP.test(before.trimEnd()) ? skipRegExp(source, i) : i;
}

function indexAfter(source: string, text: string, from: number): number {
  const at = source.indexOf(text, from);
  return at < 0 ? source.length : at + text.length;
}

function skipQuoted(source: string, start: number, quote: string): number {
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === quote) return i + 1;
  }
  return source.length;
}

function skipRegExp(source: string, start: number): number {
  let inClass = false;
  for (let i = start + 1; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i + 1;
  }
  return source.length;
}

function skipTemplate(source: string, start: number): number {
  for (let i = start + 1; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (char === '`') return i + 1;
    else if (char === '$' && source[i + 1] === '{') i = skipBraces(source, i + 1) - 1;
  }
  return source.length;
}

function skipBraces(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length;) {
    const end = skipOpaque(source, i, source.slice(Math.max(0, i - 16), i));
    if (end !== i) {
      i = end;
      continue;
    }
    if (source[i] === '{') depth++;
    else if (source[i] === '}' && --depth === 0) return i + 1;
    i++;
  }
  return source.length;
}

/** `x`, `x = 1`, `...x` have a name; `{ a, b }` and `[a]` have none. */
function parameterName(parameter: string): string | undefined {
  const name =
    parameter
      .replace(/^\.\.\.\s*/, '')
      .split('=')[0]
      ?.trim() ?? '';
  return IDENTIFIER.test(name) ? name : undefined;
}
