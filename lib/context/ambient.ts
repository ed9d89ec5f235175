import { createContextKey, type Context } from '@opentelemetry/api';
import { mergeMetadata, uniteTags } from './merge.js';
import type { PromptTemplateValue } from './prompt-template.js';
import type { Resolver } from './resolver.js';

/** What surrounds a span: one immutable object in the OpenTelemetry context, so that entering a scope sets one key. */
export interface Ambient {
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly promptTemplate?: PromptTemplateValue | undefined;
  readonly resolver?: Resolver | undefined;
}

// createContextKey registers the key globally, so that copies of this package see each other's scopes
const AMBIENT = createContextKey('spandrel.ambient.v1');

/** The ambient of a context, if a scope is open in it. */
export function ambientOf(active: Context): Ambient | undefined {
  return active.getValue(AMBIENT) as Ambient | undefined;
}

/** A context with `inner` merged into its ambient: ids overridden, metadata deep-merged, tags united, a prompt template replaced whole. */
export function extendAmbient(active: Context, inner: Ambient): Context {
  const outer = ambientOf(active);
  return active.setValue(AMBIENT, outer === undefined ? inner : mergeAmbient(outer, inner));
}

function mergeAmbient(outer: Ambient, inner: Ambient): Ambient {
  return {
    sessionId: inner.sessionId ?? outer.sessionId,
    userId: inner.userId ?? outer.userId,
    tags: uniteTags(outer.tags, inner.tags),
    metadata: mergeMetadata(outer.metadata, inner.metadata),
    promptTemplate: inner.promptTemplate ?? outer.promptTemplate,
    resolver: inner.resolver ?? outer.resolver,
  };
}
