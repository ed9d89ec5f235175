import { trace, type Context, type Span } from '@opentelemetry/api';
import { activeContext } from '../context/active.js';
import { surroundingsOf } from '../context/surroundings.js';
import { ambientOf } from '../context/ambient.js';
import { processorGone, processorMade, processorSeen } from '../context/processors-active.js';
import { catalogue } from '../cost/catalogue.js';
import { reportOnce, safely } from '../safely.js';
import { abandonOpenRuns } from '../span/open-runs.js';
import { TRACER_NAME } from '../span/tracer.js';
import { clientSpanEnding, clientSpanStarted } from './client-span.js';
import { redactEvents, redactSpan } from './redact-span.js';

/** What the SDK's spans show of themselves, as far as the processor reads it. */
type SdkSpan = Span & { readonly instrumentationScope?: { readonly name?: string } };

/**
 * Puts what surrounds a span (session, user, tags, metadata, prompt template) on every span, of other libraries too; prices the model
 * calls of instrumented clients, and withholds secrets in what other libraries write. For people who set up OpenTelemetry themselves: put it first in their list of span processors.
 *
 * ```ts
 * new NodeSDK({ spanProcessors: [new SpandrelSpanProcessor(), new BatchSpanProcessor(exporter)] });
 * ```
 *
 * Never throws. `startTracing` and `testTracing` install it.
 */
export class SpandrelSpanProcessor {
  /** Contexts of spans by span: a child may be started under a bare context that holds nothing but its parent. */
  readonly #contexts = new WeakMap<Span, Context>();
  readonly #contextOf = (span: Span): Context => this.#contexts.get(span) ?? activeContext();

  constructor() {
    processorMade();
  }

  onStart(span: Span, parentContext: Context): void {
    try {
      processorSeen(this);
      const own = isOwn(span);
      const around = this.#around(parentContext, own);
      if (around) this.#contexts.set(span, around);
      // our own spans get theirs before they start, so that a sampler sees it
      if (own) return;
      const surroundings = around && surroundingsOf(around);
      if (surroundings) span.setAttributes({ ...surroundings.detail(around), ...surroundings.identity });
      clientSpanStarted(span, around ?? parentContext);
    } catch (error) {
      reportOnce('a span could not be given its scope', error);
    }
  }

  onEnding(span: Span): void {
    if (isOwn(span)) {
      safely('the events of a span could not be redacted', redactEvents, span, this.#contextOf);
      return;
    }
    safely('a model call of another library could not be priced', clientSpanEnding, span);
    safely('a span of another library could not be redacted', redactSpan, span, this.#contextOf);
  }

  onEnd(): void {}

  /** Ends the spans that wait for the catalogue of prices. */
  forceFlush(): Promise<void> {
    safely('spans that wait for prices could not be ended', settlePrices);
    return Promise.resolve();
  }

  /** Ends all open spans of ours: first in the list, so that the exporters behind it still take them. */
  shutdown(): Promise<void> {
    safely('open spans could not be ended', abandonOpenRuns);
    safely('spans that wait for prices could not be ended', settlePrices);
    processorGone(this);
    return Promise.resolve();
  }

  toString(): string {
    return 'SpandrelSpanProcessor';
  }

  /** The context that holds the scope: the one the span was started in (our own always are), its parent span's, or the active one. */
  #around(parentContext: Context, own: boolean): Context | undefined {
    if (ambientOf(parentContext)) return parentContext;
    const parent = trace.getSpan(parentContext);
    const known = parent && this.#contexts.get(parent);
    if (known || own) return known;
    const active = activeContext();
    return active !== parentContext && ambientOf(active) ? active : undefined;
  }
}

function isOwn(span: Span): boolean {
  return (span as SdkSpan).instrumentationScope?.name === TRACER_NAME;
}

/** Loads the catalogue now if spans wait for it, which ends them. */
export function settlePrices(): void {
  if (catalogue.awaited) catalogue.loadSync();
}
