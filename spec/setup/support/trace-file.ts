import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The spans of an OTLP/JSON lines file, as they are on the wire. */
export function spansOf(file: string): any[] {
  return linesOf(file).flatMap((line) =>
    line.resourceSpans.flatMap((r: any) => r.scopeSpans.flatMap((s: any) => s.spans)),
  );
}

export function linesOf(file: string): any[] {
  const text = readFileSync(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** The attributes of the first line's resource. */
export function resourceOf(file: string): Record<string, unknown> {
  return attributesOf(linesOf(file)[0].resourceSpans[0].resource);
}

export function attributesOf({ attributes }: { attributes: any[] }): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** The unsent files in the folder of a program. */
export function unsentFiles(directory: string): string[] {
  const folder = join(directory, '.spandrel');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith('unsent-'));
  return names.map((name) => join(folder, name));
}

/** The names of the spans in them. */
export const unsentNames = (directory: string): string[] =>
  unsentFiles(directory).flatMap((file) => spansOf(file).map(({ name }) => name));
