import { readFileSync } from 'node:fs';

/** The spans of a local trace file, by id: what was made, to compare with what arrived. */
export function readTraceFile(path) {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const spans = lines.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: all }) => all)),
  );
  return new Map(spans.map((span) => [span.spanId, { ...span, attributes: attributesOf(span.attributes) }]));
}

function attributesOf(list = []) {
  return Object.fromEntries(list.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf({ stringValue, intValue, doubleValue, boolValue, arrayValue }) {
  if (stringValue !== undefined) return stringValue;
  if (intValue !== undefined) return Number(intValue);
  if (doubleValue !== undefined) return Number(doubleValue);
  if (boolValue !== undefined) return boolValue;
  return arrayValue.values.map(valueOf);
}

/** The value under a dotted name in a tree of attributes, as Phoenix holds them. */
export const at = (tree, name) => name.split('.').reduce((node, part) => node?.[part], tree);
