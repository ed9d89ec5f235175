import { SpanStatusCode, trace } from '@opentelemetry/api';
import { equal, includes, ok, same } from '../harness/expect.mjs';
import { nodeStream, webStream } from '../fixtures/shapes.mjs';
import { openai } from '../fixtures/model-api.mjs';

const group = 'Errors and status';
const needs = ['spans'];

class QuotaError extends Error {
  name = 'QuotaError';
}

/** The call fails, and its span says so. */
const fails = (what, broken, make, use) => ({
  ...{ group, needs, broken },
  name: what,
  async run(t) {
    await use(t.wrap(make)).catch(() => undefined);
    await t.settled();
    same(t.failed(), true);
    same(t.open.length, 0);
  },
});

export default [
  fails(
    'a thrown error: the span ends, as failed',
    'never ends',
    () => {
      throw new QuotaError('used up');
    },
    async (fn) => fn(),
  ),
  fails(
    'a rejection: the span ends, as failed',
    'knows no errors',
    async () => {
      throw new QuotaError('used up');
    },
    (fn) => fn(),
  ),
  fails(
    'a thrown `null`: the span ends, as failed',
    'knows no errors',
    () => {
      throw null;
    },
    async (fn) => fn(),
  ),
  fails(
    'a generator that throws in the middle: the span is failed',
    'ends when settled',
    function* () {
      yield 1;
      throw new QuotaError('used up');
    },
    async (fn) => [...fn()],
  ),
  fails(
    'an async generator that throws in the middle: the span is failed',
    'ends when settled',
    async function* () {
      yield 1;
      throw new QuotaError('used up');
    },
    async (fn) => {
      for await (const value of fn()) void value;
    },
  ),
  fails(
    'a web stream that breaks: the span is failed',
    'ends at return',
    () => webStream([new Uint8Array(1), new QuotaError('used up')]),
    (fn) => new Response(fn()).text(),
  ),
  fails(
    'a Node stream that breaks: the span is failed',
    'ends at return',
    () => nodeStream(['a', new QuotaError('used up')]),
    (fn) => fn().toArray(),
  ),
  fails(
    'an openai call that is refused: the span is failed',
    'ends at return',
    () => openai().chat('fail'),
    (fn) => fn(),
  ),
  {
    ...{ group, needs },
    name: 'an ignored rejection: the span is failed all the same',
    broken: 'ends at return',
    async run(t) {
      const events = await t.fatal(() => {
        void t.wrap(async () => {
          throw new QuotaError('ignored');
        })();
      });
      same(events.length, 1);
      same(t.failed(), true);
    },
  },
  {
    ...{ group, needs },
    name: 'the exception is recorded with its class and message',
    broken: 'tells only the message',
    async run(t) {
      await t
        .wrap(async () => {
          throw new QuotaError('used up');
        })()
        .catch(() => undefined);
      const event = t.span.events.find(({ name }) => name === 'exception');
      ok(event, 'no exception event');
      same(event.attributes['exception.type'], 'QuotaError');
      same(event.attributes['exception.message'], 'used up');
      includes(event.attributes['exception.stacktrace'], 'used up');
    },
  },
  {
    ...{ group, needs },
    name: 'the cause of an exception is recorded',
    broken: 'knows no errors',
    async run(t) {
      await t
        .wrap(async () => {
          throw new QuotaError('outer', { cause: new TypeError('the reason beneath') });
        })()
        .catch(() => undefined);
      includes(t.said(), 'the reason beneath');
    },
  },
  {
    ...{ group, needs },
    name: '`error.type` is set, and is no message',
    broken: 'tells only the message',
    async run(t) {
      await t
        .wrap(async () => {
          throw new QuotaError('user 4711 has none left');
        })()
        .catch(() => undefined);
      same(t.span.attributes['error.type'], 'QuotaError');
    },
  },
  {
    ...{ group, needs },
    name: 'what is thrown and is no Error is recorded by what it is',
    broken: 'tells only the message',
    async run(t) {
      const fail = t.wrap((value) => {
        throw value;
      });
      for (const value of [{ code: 42, message: 'no such thing' }, 'just text']) {
        try {
          fail(value);
        } catch {
          // Looked at below.
        }
      }
      const messages = t.spans.map(({ events }) => events.find(({ name }) => name === 'exception')?.attributes);
      includes(String(messages[0]?.['exception.message']), 'no such thing');
      ok(!['42', '[object Object]'].includes(String(messages[0]?.['exception.type'])), 'the code is no type');
      includes(String(messages[1]?.['exception.message']), 'just text');
    },
  },
  {
    ...{ group, needs },
    name: 'a `break` is no error',
    broken: 'calls a break an error',
    async run(t) {
      for (const value of t.wrap(function* () {
        yield 1;
        yield 2;
      })()) {
        if (value === 1) break;
      }
      await t.settled();
      same(t.failed(), false);
    },
  },
  {
    ...{ group, needs },
    name: 'a status that the user set is not overwritten',
    broken: 'calls success what failed',
    async run(t) {
      await t.wrap(async () => {
        trace.getActiveSpan().setStatus({ code: SpanStatusCode.ERROR, message: 'by hand' });
      })();
      equal(t.span.status, { code: SpanStatusCode.ERROR, message: 'by hand' });
    },
  },
  {
    ...{ group, needs: ['spans', 'capture'] },
    name: 'an output that the user set is not overwritten',
    broken: 'overwrites',
    async run(t) {
      await t.wrap(async () => {
        trace.getActiveSpan().setAttribute(t.attributeNames.output, 'by hand');
        return 'result';
      })();
      same(t.output(), 'by hand');
    },
  },
  {
    ...{ group, needs },
    name: 'an error that passes several spans marks each, and the caller gets it',
    broken: 'knows no errors',
    async run(t) {
      const inner = t.wrap(async function inner() {
        throw new QuotaError('deep');
      });
      const outer = t.wrap(async function outer() {
        await inner();
      });
      const error = await outer().catch((reason) => reason);
      ok(error instanceof QuotaError);
      equal(
        t.spans.map((span) => t.failed(span)),
        [true, true],
      );
    },
  },
];
