import { AlwaysOnSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import type { ReadableSpan, Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import { CONFIGURATION_KEYS, configure, type Configuration } from '../configuration.js';
import { SpandrelSpanProcessor } from '../processor/span-processor.js';
import { catalogue } from '../cost/catalogue.js';
import { checkOptions } from '../options.js';
import { settings } from '../settings.js';
import { stableTree } from '../tree/stable-tree.js';
import { Deterministic } from './deterministic.js';
import { activate, deactivate, within, type Target } from './provider.js';
import { rememberRecording } from './recorded.js';
import { SpanRecorder } from './span-recorder.js';

/** Options of {@link testTracing}: every key of `configure`, in force until `shutdown()`, and two of the SDK's. */
export interface TestTracingOptions extends Configuration {
  /** Default: the SDK's, which samples every trace that starts here. */
  readonly sampler?: Sampler | undefined;
  /** More span processors; they come after spandrel's own. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
  /**
   * Whether ids count from 1 and times go on by a millisecond at each start and end of a span, so that two runs of the same code make
   * the same spans. Default false.
   */
  readonly deterministic?: boolean | undefined;
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
  /**
   * Runs `work` with a tracing of its own, which sees the spans of `work` alone, whatever runs beside it: for concurrent tests. Spans
   * that are started without `work`'s context go to this tracing. Gives what `work` gives.
   */
  isolated<R>(work: (own: TestTracing) => R): R;
  /** Forgets every span. One that is open now is not recorded when it ends. */
  reset(): void;
  /** Ends the open spans of traced functions and takes the tracing off the globals of `@opentelemetry/api`. What was recorded can still be read. */
  shutdown(): Promise<void>;
}

/**
 * Tracing in memory, for tests: the real SDK, nothing exported. Registered globally until `shutdown()`; a second call takes
 * over from the first until it is shut down. Throws when tracing that is not a test's is already registered.
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
  checkOptions('testTracing', options, [...CONFIGURATION_KEYS, ...['sampler', 'spanProcessors', 'deterministic']]);
  const { sampler, spanProcessors, deterministic, ...configuration } = options;
  let before: typeof settings | undefined;
  const tracing: RecordedTracing = new RecordedTracing(
    { sampler, spanProcessors, deterministic },
    {
      enter() {
        before = { ...settings };
        configure(configuration);
      },
      leave() {
        if (before !== undefined) Object.assign(settings, before, { version: settings.version + 1 });
        before = undefined;
      },
    },
  );
  activate(tracing.target);
  void catalogue.load();
  return tracing;
}

type Recorded = Pick<TestTracingOptions, 'sampler' | 'spanProcessors' | 'deterministic'>;

/** What one target recorded, and where the recording goes. */
class RecordedTracing implements TestTracing {
  readonly target: Target;
  readonly #options: Recorded;
  readonly #own = new SpandrelSpanProcessor();
  readonly #recorder: SpanRecorder;

  constructor(options: Recorded, when: Pick<Target, 'enter' | 'leave'>) {
    const { sampler, spanProcessors = [], deterministic } = options;
    const ids = deterministic ? new Deterministic() : undefined;
    this.#options = options;
    this.#recorder = new SpanRecorder(ids, (span) => rememberRecording(span, this));
    this.target = {
      sampler: sampler ?? new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      processors: [this.#own, ...spanProcessors, this.#recorder],
      ids,
      ...when,
    };
  }

  /** The processor settles held ends before forceFlush returns, so a test sees every span without waiting. */
  get #settled(): SpanRecorder {
    void this.#own.forceFlush();
    return this.#recorder;
  }

  get spans(): readonly ReadableSpan[] {
    return this.#settled.ended;
  }

  byName(name: string): ReadableSpan {
    const found = this.spans.filter((span) => span.name === name);
    if (found.length === 1) return found[0] as ReadableSpan;
    const count = found.length === 0 ? 'No finished span is' : `${found.length} finished spans are`;
    throw new Error(`${count} named "${name}". The spans are:\n${this.tree() || '(none)'}`);
  }

  tree(): string {
    return stableTree(this.#settled.forTree);
  }

  open(): readonly ReadableSpan[] {
    return this.#settled.open;
  }

  reset(): void {
    this.#settled.reset();
  }

  isolated<R>(work: (own: TestTracing) => R): R {
    const inner = new RecordedTracing(this.#options, { enter() {}, leave() {} });
    return within(inner.target, () => work(inner));
  }

  async shutdown(): Promise<void> {
    const down = this.target.processors.map((processor) => processor.shutdown());
    deactivate(this.target);
    await Promise.all(down);
  }
}
