import { createContextKey, type Context } from '@opentelemetry/api';
import type { Ambient } from './ambient.js';
import { openInferenceEntry } from './openinference-context.js';

// createContextKey registers the key globally, so that copies of this package see each other's scopes
const AMBIENT = createContextKey('spandrel.ambient.v1');
/** Where a context of ours that wraps another keeps it. */
export const BASE = Symbol.for('spandrel.context-base.v1');

/** A context with a scope open. OpenInference's functions read and change the scope through their own keys, which costs nothing until they do. */
class ScopeContext implements Context {
  readonly #outer: Context;
  readonly #ambient: Ambient;

  constructor(outer: Context, ambient: Ambient) {
    this.#outer = outer;
    this.#ambient = ambient;
  }

  getValue(key: symbol): unknown {
    if (key === AMBIENT) return this.#ambient;
    const entry = openInferenceEntry(key);
    return entry ? entry.read(this.#ambient) : this.#outer.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === AMBIENT) return new ScopeContext(this.#outer, value as Ambient);
    const entry = openInferenceEntry(key);
    if (!entry) return new ScopeContext(this.#outer.setValue(key, value), this.#ambient);
    return new ScopeContext(this.#outer, entry.write(this.#ambient, typeof value === 'string' ? value : undefined));
  }

  deleteValue(key: symbol): Context {
    const entry = openInferenceEntry(key);
    if (entry) return new ScopeContext(this.#outer, entry.write(this.#ambient, undefined));
    if (key === AMBIENT) return this.#outer;
    return new ScopeContext(this.#outer.deleteValue(key), this.#ambient);
  }
}

/** The ambient of the scope of ours that is open in a context. */
export function scopeOf(active: Context): Ambient | undefined {
  return active.getValue(AMBIENT) as Ambient | undefined;
}

/** A context with a scope open, in place of the one that is. */
export function contextWithScope(active: Context, ambient: Ambient): Context {
  const isOurs = active instanceof ScopeContext || BASE in active;
  return isOurs ? active.setValue(AMBIENT, ambient) : new ScopeContext(active, ambient);
}

/** The context that one of ours wraps, which lives longer than a span; any other itself. */
export const wrappedBy = (active: Context): Context => (active as { readonly [BASE]?: Context })[BASE] ?? active;

/** {@link Context.setValue} for a context that wraps another: a scope is opened in the wrapped one. */
export function setInBase(base: Context, key: symbol, value: unknown): Context {
  return key === AMBIENT ? contextWithScope(base, value as Ambient) : base.setValue(key, value);
}
