import type { Context } from '@opentelemetry/api';
import { extendAmbient, type Ambient } from '../context/ambient.js';
import { checkScopeSupport } from '../context/scope-support.js';
import { activeTracer } from '../span/tracer.js';

/** Opens a scope in a context; says once when the registered SDK lacks what makes scopes reach their spans. */
export function extendScope(active: Context, inner: Ambient): Context {
  if (activeTracer()) checkScopeSupport();
  return extendAmbient(active, inner);
}
