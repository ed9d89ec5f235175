type Metadata = Readonly<Record<string, unknown>>;

/** Outer tags first, no duplicates. */
export function uniteTags(
  outer: readonly string[] | undefined,
  inner: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!outer || !inner) return inner ?? outer;
  return [...new Set([...outer, ...inner])];
}

/** Plain objects merge key by key, at every level; any other inner value replaces the outer one. An inner `undefined` leaves the outer value. */
export function mergeMetadata(outer: Metadata | undefined, inner: Metadata | undefined): Metadata | undefined {
  if (!outer || !inner) return inner ?? outer;
  return mergeObjects(outer, inner, 0);
}

/** Metadata that nests deeper than this is replaced, not merged: circular objects end here. */
const MAX_DEPTH = 32;

function mergeObjects(outer: Metadata, inner: Metadata, depth: number): Metadata {
  const merged: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of ownData(outer)) merged[key] = value;
  for (const [key, value] of ownData(inner)) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] =
      isPlain(before) && isPlain(value) && depth < MAX_DEPTH ? mergeObjects(before, value, depth + 1) : value;
  }
  return merged;
}

/** Own data properties; an accessor is not run, its descriptor stays what the writer shows. */
function* ownData(object: Metadata): Generator<[string, unknown]> {
  for (const key of Object.keys(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor) yield [key, 'value' in descriptor ? descriptor.value : '[Getter]'];
  }
}

function isPlain(value: unknown): value is Metadata {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
