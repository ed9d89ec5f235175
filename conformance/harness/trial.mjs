import assert from 'node:assert/strict';
import { trace } from '@opentelemetry/api';
import { fatalEvents, settled } from './fatal-events.mjs';
import { THIRD_PARTY } from './tracing.mjs';

/** What a case gets: the subject's wrapper, the comparison with the bare function, and the spans. */
export class Trial {
  #subject;
  #tracing;

  constructor(subject, tracing) {
    this.#subject = subject;
    this.#tracing = tracing;
    tracing?.begin();
  }

  get places() {
    return this.#subject.places;
  }

  wrap(fn, options = {}) {
    return this.#subject.wrap(fn, options);
  }

  /** Runs `use` with the bare and with the wrapped function; what they log, and what would have ended the process, must be equal. */
  async alike(make, use, wrap = (fn) => this.wrap(fn)) {
    const bare = await observe(make, use, (fn) => fn);
    assert.equal(bare.broke, undefined, bare.broke?.stack);
    assert.ok(bare.log.length + bare.fatal.length > 0, 'the case looks at nothing');
    const wrapped = await observe(make, use, wrap);
    assert.deepEqual(wrapped, bare);
    return bare.log;
  }

  /** What would have ended the process while `use` ran. */
  fatal(use) {
    return fatalEvents(use);
  }

  settled() {
    return settled();
  }

  // --- spans

  /** Whether the subject makes spans at all. */
  get traces() {
    return this.#subject.has.includes('spans');
  }

  /** A tracer of another library. */
  get other() {
    return trace.getTracer(THIRD_PARTY);
  }

  /** Another sampler, or processors that fail, for this case. */
  sdk(options) {
    this.#tracing.begin(options);
  }

  /** Finished spans of the subject, in the order of their ends. */
  get spans() {
    return this.#tracing.ended.filter(isOwn);
  }

  /** Finished spans of other libraries. */
  get others() {
    return this.#tracing.ended.filter((span) => !isOwn(span));
  }

  get open() {
    return this.#tracing.started.filter((span) => !span.ended);
  }

  /** The one span of the subject, finished. */
  get span() {
    assert.equal(this.spans.length, 1, `${this.spans.length} finished spans instead of one`);
    return this.spans[0];
  }

  /** What the subject recorded as input and output, as text. */
  input(span = this.span) {
    const { input } = this.#subject.read(span);
    return input === undefined ? undefined : String(input);
  }

  output(span = this.span) {
    const { output } = this.#subject.read(span);
    return output === undefined ? undefined : String(output);
  }

  failed(span = this.span) {
    return this.#subject.failed?.(span) ?? span.status.code === 2;
  }

  /** Everything a span says, as text: what a secret must not be in. */
  said(spans = [...this.spans, ...this.others]) {
    return JSON.stringify(
      spans.map(({ name, attributes, status, events, links }) => ({
        ...{ name, attributes, status, events },
        links: links.map((link) => link.attributes),
      })),
    );
  }

  get attributeNames() {
    return this.#subject.attributeNames;
  }

  /** Runs `fn` in the subject's own scope of session, user, tags, metadata or prompt template. */
  scope(values, fn) {
    return this.#subject.scope(values, fn);
  }

  /** Spans once garbage is collected. Runs a few turns, because finalizers run in their own time. */
  async afterGarbage(done) {
    for (let i = 0; i < 40 && !done(); i++) {
      globalThis.gc();
      await settled();
    }
  }

  shutdown() {
    return this.#tracing.shutdown();
  }
}

const isOwn = (span) => span.instrumentationScope.name !== THIRD_PARTY;

async function observe(make, use, wrap) {
  const log = [];
  let broke;
  const fatal = await fatalEvents(async () => {
    const note = (...things) => void log.push(things.length === 1 ? things[0] : things);
    try {
      await use(wrap(make(note)), note);
    } catch (error) {
      broke = error;
    }
  });
  return { log, fatal, broke };
}
