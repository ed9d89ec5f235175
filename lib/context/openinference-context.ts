import { createContextKey, type Context } from '@opentelemetry/api';
import { safely } from '../safely.js';
import type { Ambient } from './ambient.js';
import { contentVersion } from './prompt-template.js';

/**
 * The context of `@arizeai/openinference-core` (`setSession`, `setUser` …), whose keys are registered by their description: its scopes and
 * ours see each other's values. Its values are strings; metadata, tags and variables are JSON.
 */
interface Entry {
  /** What its functions read of a scope of ours. */
  readonly read: (ambient: Ambient) => string | undefined;
  /** A scope of ours with what its functions set; undefined takes it away. */
  readonly write: (ambient: Ambient, value: string | undefined) => Ambient;
}

const key = (name: string): symbol => createContextKey(`OpenInference SDK Context Key ${name}`);

const ENTRIES: ReadonlyMap<symbol, Entry> = new Map<symbol, Entry>([
  [
    key('session.id'),
    { read: ({ sessionId }) => sessionId, write: (ambient, sessionId) => ({ ...ambient, sessionId }) },
  ],
  [key('user.id'), { read: ({ userId }) => userId, write: (ambient, userId) => ({ ...ambient, userId }) }],
  [
    key('metadata'),
    {
      read: ({ metadata }) => metadata && jsonOf(metadata),
      write: (ambient, value) => ({ ...ambient, metadata: recordOf(value) }),
    },
  ],
  [
    key('tag.tags'),
    {
      read: ({ tags }) => tags && jsonOf(tags),
      write: (ambient, value) => ({ ...ambient, tags: listOf(value) }),
    },
  ],
  // set one after the other, the text first
  [
    key('llm.prompt_template.template'),
    {
      read: ({ promptTemplate }) => promptTemplate?.template,
      write: (ambient, template) => ({
        ...ambient,
        promptTemplate: template === undefined ? undefined : { template, version: contentVersion(template) },
      }),
    },
  ],
  [
    key('llm.prompt_template.variables'),
    {
      read: ({ promptTemplate }) => promptTemplate?.variables && jsonOf(promptTemplate.variables),
      write: (ambient, value) => ({
        ...ambient,
        promptTemplate: ambient.promptTemplate && { ...ambient.promptTemplate, variables: recordOf(value) },
      }),
    },
  ],
  [
    key('llm.prompt_template.version'),
    {
      read: ({ promptTemplate }) => promptTemplate?.version,
      write: (ambient, version) => ({
        ...ambient,
        promptTemplate:
          ambient.promptTemplate && version !== undefined
            ? { ...ambient.promptTemplate, version }
            : ambient.promptTemplate,
      }),
    },
  ],
]);

/** What OpenInference's functions are to be given for one of their keys inside a scope of ours; undefined for other keys. */
export function openInferenceEntry(name: symbol): Entry | undefined {
  return ENTRIES.get(name);
}

/** What OpenInference's functions set outside of any scope of ours: looked up once for each context, which never changes. */
export function openInferenceAmbient(active: Context): Ambient | undefined {
  let ambient = found.get(active);
  if (ambient === undefined) {
    ambient = NONE;
    for (const [name, { write }] of ENTRIES) {
      const value = active.getValue(name);
      if (typeof value === 'string' && value !== '') ambient = write(ambient, value);
    }
    found.set(active, ambient);
  }
  return ambient === NONE ? undefined : ambient;
}

const NONE: Ambient = {};
const found = new WeakMap<Context, Ambient>();

const jsonOf = (value: unknown): string | undefined =>
  safely('a scope could not be shown to OpenInference', () => JSON.stringify(value));

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function recordOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function listOf(text: string | undefined): readonly string[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) ? value.filter((tag): tag is string => typeof tag === 'string') : undefined;
}
