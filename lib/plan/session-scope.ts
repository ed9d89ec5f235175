import { ambientOf, type Ambient } from '../context/ambient.js';
import { resolveFirst, SESSION_PROVIDER } from '../context/resolver.js';
import { checkOptions } from '../options.js';
import { reportOnce } from '../safely.js';
import type { AnyFn, Selected } from '../span/call.js';
import type { Scope } from '../span/plan.js';
import { extendScope } from './extend-scope.js';
import { ask, select } from './select.js';

/** Asks for a session id of its own for each instance; made by {@link perInstance}. */
export interface PerInstance {
  readonly perInstance: true;
}

const PER_INSTANCE: PerInstance = Object.freeze({ perInstance: true });

/** A `sessionId` that is made once for each instance (for a static method: each class): `@SessionScoped({ sessionId: perInstance() })`. */
export function perInstance(): PerInstance {
  return PER_INSTANCE;
}

/** Options of `@SessionScoped`. Each may be a value or a function of the call; one that is `undefined` is inherited from the enclosing scope. */
export interface SessionOptions<F extends AnyFn = AnyFn> {
  /** `session.id`; not empty. Without it: the enclosing scope's, else the session provider's in the container. */
  readonly sessionId?: Selected<string | undefined, F> | PerInstance | undefined;
  /** `user.id`; not empty. */
  readonly userId?: Selected<string | undefined, F> | undefined;
  /** `tag.tags`; united with the enclosing scope's, outer ones first. */
  readonly tags?: Selected<readonly string[] | undefined, F> | undefined;
  /** `metadata`; merged into the enclosing scope's, key by key at every level. */
  readonly metadata?: Selected<Readonly<Record<string, unknown>> | undefined, F> | undefined;
}

/** Values of a metadata scope, as `withMetadata` takes them. */
export interface MetadataOptions {
  /** `session.id`; not empty. */
  readonly sessionId?: string | undefined;
  /** `user.id`; not empty. */
  readonly userId?: string | undefined;
  /** `tag.tags`; united with the enclosing scope's, outer ones first. */
  readonly tags?: readonly string[] | undefined;
  /** `metadata`; merged into the enclosing scope's, key by key at every level. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

const OPTIONS = ['sessionId', 'userId', 'tags', 'metadata'] as const;

/** The scope of `@SessionScoped`. Throws a TypeError for an unknown option. */
export function sessionScope(where: string, options: SessionOptions): Scope {
  checkOptions(where, options, OPTIONS);
  return (active, call) => {
    const given: Ambient = {
      sessionId: validId(
        'sessionId',
        isPerInstance(options.sessionId) ? idOfInstance(call.self) : select('sessionId', options.sessionId, call),
      ),
      userId: validId('userId', select('userId', options.userId, call)),
      tags: validTags(select('tags', options.tags, call)),
      metadata: validMetadata(select('metadata', options.metadata, call)),
    };
    if (given.sessionId !== undefined || ambientOf(active)?.sessionId !== undefined) return extendScope(active, given);
    const provided = providedSession(active);
    if (provided?.sessionId === undefined)
      reportOnce(
        `${where} (${call.className ?? ''}.${call.methodName}) has no session: give sessionId, open a session around the call, or register a SESSION_PROVIDER`,
      );
    return extendScope(provided ? extendScope(active, provided) : active, given);
  };
}

/** A metadata scope from values. Throws a TypeError for an unknown option; a value that cannot be used is left out, with a warning. */
export function metadataScope(where: string, options: MetadataOptions): Scope {
  checkOptions(where, options, OPTIONS);
  return (active) => extendScope(active, validAmbient(options));
}

function validAmbient({ sessionId, userId, tags, metadata }: MetadataOptions): Ambient {
  return {
    sessionId: validId('sessionId', sessionId),
    userId: validId('userId', userId),
    tags: validTags(tags),
    metadata: validMetadata(metadata),
  };
}

function providedSession(active: Parameters<Scope>[0]): Ambient | undefined {
  const provider = resolveFirst(SESSION_PROVIDER, active);
  if (provider === undefined) return undefined;
  if (typeof provider !== 'function') {
    reportOnce(`SESSION_PROVIDER: expected a function in the container, got ${typeof provider}`);
    return undefined;
  }
  const session = ask('the session provider', provider as () => unknown);
  return typeof session === 'object' && session !== null ? validAmbient(session) : undefined;
}

const isPerInstance = (value: unknown): value is PerInstance =>
  typeof value === 'object' && value !== null && (value as Partial<PerInstance>).perInstance === true;

const instanceIds = new WeakMap<object, string>();

function idOfInstance(self: unknown): string | undefined {
  if ((typeof self !== 'object' && typeof self !== 'function') || self === null) return undefined;
  let id = instanceIds.get(self);
  if (id === undefined) instanceIds.set(self, (id = globalThis.crypto.randomUUID()));
  return id;
}

/** Phoenix trims ids and drops empty ones; so do we, aloud. Numbers, which databases give as ids, become text. */
function validId(name: string, id: unknown): string | undefined {
  if (id === undefined || id === null) return undefined;
  const text = typeof id === 'number' || typeof id === 'bigint' ? String(id) : id;
  if (typeof text !== 'string') {
    reportOnce(`${name}: expected a string, got ${typeof id}; it is left out`);
    return undefined;
  }
  const trimmed = text.trim();
  if (trimmed !== '') return trimmed;
  reportOnce(`${name} is empty; it is left out`);
  return undefined;
}

/** More tags than anybody reads. */
const MOST_TAGS = 200;

function validTags(tags: unknown): readonly string[] | undefined {
  if (tags === undefined || tags === null) return undefined;
  if (!Array.isArray(tags)) {
    reportOnce(`tags: expected a list of strings, got ${typeof tags}; they are left out`);
    return undefined;
  }
  if (tags.length > MOST_TAGS) reportOnce(`tags: more than ${MOST_TAGS}; the others are left out`);
  const texts = (tags.slice(0, MOST_TAGS) as unknown[]).filter(
    (tag): tag is string => typeof tag === 'string' && tag !== '',
  );
  if (texts.length < Math.min(tags.length, MOST_TAGS))
    reportOnce('tags: expected strings that are not empty; the others are left out');
  return [...new Set(texts)];
}

function validMetadata(metadata: unknown): Ambient['metadata'] {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata === 'object' && !Array.isArray(metadata)) return metadata as Ambient['metadata'];
  reportOnce(
    `metadata: expected an object, got ${Array.isArray(metadata) ? 'an array' : typeof metadata}; it is left out`,
  );
  return undefined;
}
