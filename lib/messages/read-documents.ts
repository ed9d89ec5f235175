import { at, isObject, objectAt } from './fields.js';

/** A document that a retriever found. */
export interface RetrievedDocument {
  readonly id?: string | undefined;
  readonly content?: unknown;
  readonly score?: number | undefined;
  readonly metadata?: object | undefined;
}

const LISTS = ['documents', 'matches', 'results', 'hits', 'data'];
const CONTENTS = ['pageContent', 'page_content', 'content', 'text', 'document', 'body', 'snippet'];
const SCORES = ['score', '_score', 'similarity', 'relevance_score', 'relevanceScore'];

/** The documents in a retriever's result: the result itself, or the list inside it. May throw on hostile values: the caller guards. */
export function readDocuments(result: unknown): readonly unknown[] | undefined {
  if (Array.isArray(result)) return result as readonly unknown[];
  if (!isObject(result)) return undefined;
  return LISTS.map((key) => at(result, key)).find((list): list is unknown[] => Array.isArray(list));
}

/** One document, as text, as an object, or as LangChain's pair of document and score. */
export function readDocument(given: unknown): RetrievedDocument {
  if (Array.isArray(given) && given.length === 2 && typeof given[1] === 'number')
    return { ...readDocument(given[0]), score: given[1] };
  if (!isObject(given)) return { content: given };
  const inner = objectAt(given, 'document') ?? given;
  const metadata = objectAt(inner, 'metadata') ?? objectAt(given, 'metadata');
  const id = at(given, 'id') ?? at(inner, 'id');
  const content = first(inner, CONTENTS) ?? (metadata && first(metadata, CONTENTS));
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
    content: content ?? (metadata ? undefined : given),
    score: SCORES.map((key) => at(given, key)).find((score): score is number => typeof score === 'number'),
    metadata,
  };
}

const first = (from: object, keys: readonly string[]): unknown =>
  keys.map((key) => at(from, key)).find((value) => value !== undefined && value !== null);
