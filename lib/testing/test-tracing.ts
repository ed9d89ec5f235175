import { AlwaysOnSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import type { ReadableSpan, Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import { CONFIGURATION_KEYS, configure, type Configuration } from '../configuration.js';
import { SpandrelSpanProcessor } from '../processor/span-processor.js';
import { catalogue } from '../cost/catalogue.js';
import { checkOptions } from '../options.js';
import { settings } from '../settings.js';
import { stableTree } from '../tree/stable-tree.js';
import { activate, deactivate, type Target } from './provider.js';
import { SpanRecorder } from './span-recorder.js';
import { treeSpan } from './tree-span.js';

/** Options of {@link testTracing}: every key of `configure`, in force until `shutdown()`, and two of the SDK's. */
export interface TestTracingOptions extends Configuration {
  /** Default: the SDK's, which samples every trace that starts here. */
  readonly sampler?: Sampler | undefined;
  /** More span processors; they come after spandrel's own. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
}

/** What {@link testTracing} gives. */
export interface TestTracing {
  /** The finished spans, in the order they ended. */
  readonly spans: readonly ReadableSpan[];
  /** The one finished span of that name. Throws, showing the tree, when there is none or more than one. */
  byName(name: string): ReadableSpan;
  /** The spans as a tree: name, kind, model, tokens, dollars, errors; no ids and no times, so that two runs give the same text. */
  tree(): string;
  /** The spans that have started and not ended. */
  open(): readonly ReadableSpan[];
  /** Forgets every span. One that is open now is not recorded when it ends. */
  reset(): void;
  /** Ends the open spans of traced functions and takes the tracing off the globals of `@opentelemetry/api`. What was recorded can still be read. */
  shutdown(): Promise<void>;
}

/**
 * Tracing in memory, for tests: the real SDK, nothing exported. Registered globally until `shutdown()`; a second call takes
 * over from the first. Throws when tracing that is not a test's is already registered.
 *
 * @example
 * const tracing = testTracing();
 * afterEach(() => tracing.reset());
 * afterAll(() => tracing.shutdown());
 *
 * it('classifies in one span', async () => {
 *   await analyzer.classify('hello');
 *   expect(tracing.byName('CallAnalyzer.classify').attributes['session.id']).toBe('s-1');
 * });
 */
export function testTracing(options: TestTracingOptions = {}): TestTracing {
  checkOptions('testTracing', options, [...CONFIGURATION_KEYS, 'sampler', 'spanProcessors']);
  const { sampler, spanProcessors = [], ...configuration } = options;
  const own = new SpandrelSpanProcessor();
  const recorder = new SpanRecorder();
  let before: typeof settings | undefined;
  const target: Target = {
    sampler: sampler ?? new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    processors: [own, ...spanProcessors, recorder],
    enter() {
      before = { ...settings };
      configure(configuration);
    },
    leave() {
      if (before !== undefined) Object.assign(settings, before, { version: settings.version + 1 });
      before = undefined;
    },
  };
  activate(target);
  void catalogue.load();
  // The processor settles held ends before forceFlush returns, so a test sees every span without waiting.
  const settled = () => {
    void own.forceFlush();
    return recorder;
  };
  const tree = () => stableTree(settled().started.map(treeSpan));

  return {
    get spans() {
      return settled().ended;
    },
    byName(name) {
      const found = settled().ended.filter((span) => span.name === name);
      if (found.length === 1) return found[0] as ReadableSpan;
      const count = found.length === 0 ? 'No finished span is' : `${found.length} finished spans are`;
      throw new Error(`${count} named "${name}". The spans are:\n${tree() || '(none)'}`);
    },
    tree,
    open: () => settled().open,
    reset: () => settled().reset(),
    async shutdown() {
      const down = target.processors.map((processor) => processor.shutdown());
      deactivate(target);
      await Promise.all(down);
    },
  };
}
