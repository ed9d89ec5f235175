import { context, createContextKey, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { RandomIdGenerator, SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import type { IdGenerator, ReadableSpan, Sampler, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { registeredProvider } from '../setup/registered-provider.js';
import { SPAN_LIMITS } from '../setup/span-limits.js';
import { MARK } from './mark.js';

/** Where spans go: one test tracing. */
export interface Target {
  readonly sampler: Sampler;
  readonly processors: readonly SpanProcessor[];
  /** Where its ids come from; default: chance. */
  readonly ids?: IdGenerator | undefined;
  /** Called when spans begin to go here. */
  enter(): void;
  /** Called when they go here no longer. */
  leave(): void;
}

// One provider a process, for every tracing after another: a tracer that other code keeps in a variable stays with the first
// provider it met, so the provider must stay and its target change.
let provider: TracerProvider | undefined;
let current: Target | undefined;
/** Those that others have taken over from, the last one last. */
let earlier: Target[] = [];

/** Sends the spans started from now on to `target`, until it is deactivated. Registers the provider where nothing is registered. */
export function activate(target: Target): void {
  const registered = registeredProvider();
  if (registered !== undefined && registered !== provider) {
    if (!(MARK in registered)) {
      throw new Error(
        'testTracing() found a tracer provider that is already registered, so spans would not reach the test. ' +
          'Do not start tracing in the code under test, or call trace.disable() and context.disable() of @opentelemetry/api first.',
      );
    }
    trace.disable();
    context.disable();
  }
  if (current !== undefined) {
    current.leave();
    earlier.push(current);
  }
  current = undefined;
  target.enter();
  provider ??= Object.assign(
    new TracerProvider({ sampler, spanProcessors: [router], spanLimits: SPAN_LIMITS, idGenerator }),
    {
      [MARK]: true,
    },
  );
  if (registered !== provider) {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(provider);
  }
  current = target;
}

/** Gives back to the tracing from which this one has taken over; after the last one no global is left behind. */
export function deactivate(target: Target): void {
  earlier = earlier.filter((one) => one !== target);
  if (current !== target) return;
  target.leave();
  current = earlier.pop();
  if (current !== undefined) {
    current.enter();
    return;
  }
  if (registeredProvider() !== provider) return;
  trace.disable();
  context.disable();
}

const TARGET = createContextKey('spandrel.testing.target');

/** Runs `work`, whose spans go to `target`, whatever others run beside it. */
export function within<R>(target: Target, work: () => R): R {
  return context.with(context.active().setValue(TARGET, target), work);
}

const targetIn = (active: Context) => (active.getValue(TARGET) as Target | undefined) ?? current;

const chance = new RandomIdGenerator();
const idGenerator: IdGenerator = {
  generateTraceId: () => (targetIn(context.active())?.ids ?? chance).generateTraceId(),
  generateSpanId: () => (targetIn(context.active())?.ids ?? chance).generateSpanId(),
};

const sampler: Sampler = {
  shouldSample: (...call) =>
    targetIn(call[0])?.sampler.shouldSample(...call) ?? { decision: SamplingDecision.NOT_RECORD },
  toString: () => 'TestTracingSampler',
};

// A span belongs to the tracing it started in, whenever it ends.
const owners = new WeakMap<object, Target>();
const processorsOf = (span: object) => owners.get(span)?.processors ?? [];

const router: SpanProcessor = {
  onStart(span: Span, parent: Context) {
    const target = targetIn(parent);
    if (target === undefined) return;
    owners.set(span, target);
    for (const processor of target.processors) processor.onStart(span, parent);
  },
  onEnding(span: Span) {
    for (const processor of processorsOf(span)) processor.onEnding?.(span);
  },
  onEnd(span: ReadableSpan) {
    for (const processor of processorsOf(span)) processor.onEnd(span);
  },
  async forceFlush() {
    await Promise.all(current?.processors.map((processor) => processor.forceFlush()) ?? []);
  },
  async shutdown() {
    // A tracing is shut down by its own handle.
  },
};
