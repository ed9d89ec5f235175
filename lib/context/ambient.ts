import type { Context } from '@opentelemetry/api';
import { receivedAmbient, sendBaggage } from './baggage.js';
import { mergeMetadata, uniteTags } from './merge.js';
import { openInferenceAmbient } from './openinference-context.js';
import type { PromptTemplateValue } from './prompt-template.js';
import type { Resolver } from './resolver.js';
import { contextWithScope, scopeOf, wrappedBy } from './scope-context.js';

/** What surrounds a span: one immutable object in the OpenTelemetry context, so that entering a scope sets one key. */
export interface Ambient {
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly promptTemplate?: PromptTemplateValue | undefined;
  readonly resolver?: Resolver | undefined;
}

/** The ambient of a context: of the scope that is open in it, else what OpenInference's own functions set, else what another service sent. */
export function ambientOf(active: Context): Ambient | undefined {
  return scopeOf(active) ?? openInferenceAmbient(wrappedBy(active)) ?? receivedAmbient(active);
}

/** A context with `inner` merged into its ambient: ids overridden, metadata deep-merged, tags united, a prompt template replaced whole. */
export function extendAmbient(active: Context, inner: Ambient): Context {
  const outer = ambientOf(active);
  const ambient = outer === undefined ? inner : mergeAmbient(outer, inner);
  return contextWithScope(sendBaggage(active, ambient), ambient);
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
