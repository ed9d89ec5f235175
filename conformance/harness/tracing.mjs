import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';

/** The scope of spans that stand for another library's. */
export const THIRD_PARTY = 'third-party';

const always = new ParentBasedSampler({ root: new AlwaysOnSampler() });

/**
 * One provider a process, because some packages keep the first tracer they meet; what it does is set anew for each case.
 * A span belongs to the case it started in, whenever it ends.
 */
export class Tracing {
  #case = emptyCase();
  #owners = new WeakMap();
  #packageProcessors;

  constructor(packageProcessors) {
    this.#packageProcessors = packageProcessors;
    const sampler = {
      shouldSample: (...call) => this.#case.sampler.shouldSample(...call),
      toString: () => 'CaseSampler',
    };
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new TracerProvider({ sampler, spanProcessors: [this.#router()] }));
  }

  /** A new case begins: nothing recorded, everything sampled, no failing processor. */
  begin({ sampler = always, processors = [] } = {}) {
    this.#case = { ...emptyCase(), sampler, processors };
  }

  get started() {
    return this.#case.started;
  }

  get ended() {
    return this.#case.ended;
  }

  /** What an application does when it stops. */
  async flush() {
    for (const processor of this.#packageProcessors) await processor.forceFlush();
  }

  async shutdown() {
    for (const processor of this.#packageProcessors) await processor.shutdown();
  }

  #router() {
    const all = (owner) => [...this.#packageProcessors, ...owner.processors];
    return {
      onStart: (span, parent) => {
        const owner = this.#case;
        this.#owners.set(span, owner);
        owner.started.push(span);
        for (const processor of all(owner)) processor.onStart(span, parent);
      },
      onEnding: (span) => {
        for (const processor of all(this.#owners.get(span))) processor.onEnding?.(span);
      },
      onEnd: (span) => {
        const owner = this.#owners.get(span);
        owner.ended.push(span);
        for (const processor of all(owner)) processor.onEnd(span);
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    };
  }
}

function emptyCase() {
  return { sampler: always, processors: [], started: [], ended: [] };
}
