import type { AttributeValue, Attributes } from '@opentelemetry/api';
import { COST_AGENT_NAME, COST_TOTAL_USD, COST_UNPRICED_MODEL } from '../conventions/cost.js';
import { ERROR_TYPE } from '../conventions/error.js';
import {
  AGENT_NAME,
  LLM_MODEL_NAME,
  METADATA,
  SESSION_ID,
  SPAN_KIND,
  TAGS,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  USER_ID,
} from '../conventions/openinference.js';
import { TIME_TO_FIRST_CHUNK_MS } from '../conventions/performance.js';
import { CANCELLED } from '../conventions/spandrel.js';
import { spanFacts } from '../tree/span-facts.js';
import type { TreeSpan } from '../tree/tree-span.js';

type Value = AttributeValue | undefined;

/** What the left side of a comparison reads of a span. */
export interface Field {
  readonly name: string;
  /** The attributes it looks at. */
  readonly attributes: readonly string[];
  /** What its numbers count: a literal with a unit fits `ms` and `s`, a date fits `time` (milliseconds since the epoch). */
  readonly unit?: 'ms' | 's' | 'time';
  /** A word of a fixed list: upper and lower case are one. */
  readonly anyCase?: boolean;
  /** undefined: the span has none. */
  read(span: TreeSpan): Value;
}

type Own = Omit<Field, 'name'> & { readonly what: string };

const ofAttribute = (attribute: string, what: string): Own => ({
  ...{ what, attributes: [attribute] },
  read: ({ attributes }) => attributes[attribute] ?? undefined,
});

const STATUS = ['unset', 'ok', 'error'];

/** The span's own facts, and short names of attributes: what a name without a dot may mean. */
export const OWN_FIELDS: Readonly<Record<string, Own>> = {
  name: { what: "the span's name", attributes: [], read: ({ name }) => name },
  kind: { ...ofAttribute(SPAN_KIND, 'LLM, AGENT, TOOL, CHAIN …'), anyCase: true },
  duration: { what: 'how long it took', unit: 'ms', attributes: [], read: (span) => spanFacts(span).durationMs },
  first_chunk: { ...ofAttribute(TIME_TO_FIRST_CHUNK_MS, 'time to the first chunk of a stream'), unit: 'ms' },
  status: { what: 'ok, error or unset', attributes: [], anyCase: true, read: ({ status }) => STATUS[status.code] },
  error: { what: 'type and message of a failure', attributes: [ERROR_TYPE], read: (span) => spanFacts(span).error },
  start: {
    ...{ what: 'when it started: a date', attributes: [], unit: 'time' },
    read: ({ startNs }) => Number(startNs) / 1e6,
  },
  root: { what: 'it has no parent', attributes: [], read: ({ parentSpanId }) => parentSpanId === undefined },
  trace: { what: "the trace's id", attributes: [], anyCase: true, read: ({ traceId }) => traceId },
  span: { what: 'its own id', attributes: [], anyCase: true, read: ({ spanId }) => spanId },
  cost: ofAttribute(COST_TOTAL_USD, 'dollars of its own model call'),
  tokens: {
    ...{ what: 'tokens in and out', attributes: [TOKENS_PROMPT, TOKENS_COMPLETION] },
    read: (span) => {
      const { promptTokens, completionTokens } = spanFacts(span);
      if (promptTokens === undefined && completionTokens === undefined) return undefined;
      return (promptTokens ?? 0) + (completionTokens ?? 0);
    },
  },
  model: ofAttribute(LLM_MODEL_NAME, 'llm.model_name'),
  unpriced: ofAttribute(COST_UNPRICED_MODEL, 'the model that has no price'),
  agent: {
    ...{ what: 'the agent, or the agent a model call is made for', attributes: [AGENT_NAME, COST_AGENT_NAME] },
    read: ({ attributes }) => attributes[AGENT_NAME] ?? attributes[COST_AGENT_NAME] ?? undefined,
  },
  session: ofAttribute(SESSION_ID, 'session.id'),
  user: ofAttribute(USER_ID, 'user.id'),
  tags: ofAttribute(TAGS, 'tag.tags'),
  cancelled: ofAttribute(CANCELLED, 'it was broken off'),
};

/** The field of that name: the span's own, else the attribute. `quoted` means the attribute, whatever the name. */
export function fieldOf(name: string, quoted: boolean): Field {
  const own = !quoted && Object.hasOwn(OWN_FIELDS, name) ? OWN_FIELDS[name] : undefined;
  if (own) return { ...own, name };
  return {
    name,
    attributes: name.startsWith(`${METADATA}.`) ? [name, METADATA] : [name],
    ...(/_ms$/.test(name) && { unit: 'ms' as const }),
    ...(/_seconds$/.test(name) && { unit: 's' as const }),
    read: ({ attributes }) => attributes[name] ?? metadataValue(name, attributes),
  };
}

/** `metadata.customer.id`: `metadata` is one JSON string. */
function metadataValue(name: string, { [METADATA]: json }: Attributes): Value {
  if (typeof json !== 'string' || !name.startsWith(`${METADATA}.`)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined; // not ours, and no JSON
  }
  const path = name.slice(METADATA.length + 1);
  if (isRecord(value) && Object.hasOwn(value, path)) return scalar(value[path]);
  for (const key of path.split('.')) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return scalar(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function scalar(value: unknown): Value {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
