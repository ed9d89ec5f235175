import { readFileSync } from 'node:fs';

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
