import { context, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { setImmediate as turn } from 'node:timers/promises';
import { SessionScoped, TraceFunction, traced, withMetadata } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

// Promise 7 under load: 10,000 calls at once, each with a session of its own, streams and spans of another library among them.

const CALLS = 10_000;
const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const other = trace.getTracer('other');
const touch = (name: string, id: string) => {
  other.startSpan(name, { attributes: { own: id } }).end();
};

// Cheaper than an expectation, of which there would be tens of thousands.
const same = (value: string, id: string) => {
  if (value !== id) throw new Error(`got ${value} for ${id}`);
};

class Service {
  @TraceFunction({ spanName: 'stream' })
  async *stream(id: string): AsyncGenerator<string> {
    touch('in a stream', id);
    yield id;
    await turn();
    touch('in a stream, later', id);
    yield id;
  }

  @TraceFunction({ spanName: 'fetch' })
  async fetch(id: string): Promise<string> {
    await turn();
    touch('in a call', id);
    return id;
  }

  @TraceFunction({ spanName: 'read' })
  read(id: string): ReadableStream<string> {
    return new ReadableStream<string>({
      async pull(controller) {
        await turn();
        touch('in a pull', id);
        controller.enqueue(id);
        controller.close();
      },
    });
  }

  @SessionScoped<(id: string) => Promise<void>>({
    sessionId: ({ args: [id] }) => id,
    metadata: ({ args: [id] }) => ({ own: id }),
  })
  @TraceFunction({ spanName: 'handle' })
  async handle(id: string): Promise<void> {
    const kind = Number(id) % 4;
    if (kind === 0) for await (const value of this.stream(id)) same(value, id);
    else if (kind === 1)
      for await (const value of this.stream(id)) { same(value, id); break; } // prettier-ignore
    else if (kind === 2) for await (const value of this.read(id)) same(value, id);
    else for (const value of await Promise.all([this.fetch(id), this.fetch(id)])) same(value, id);
  }
}

const sessionOf = ({ attributes }: ReadableSpan) => attributes['session.id'];
const ownOf = ({ attributes }: ReadableSpan) => attributes.own as string | undefined;

it('10,000 interleaved calls keep session, metadata and parents to themselves', async () => {
  const service = new Service();
  const ids = Array.from({ length: CALLS }, (_, i) => String(i));
  await Promise.all(ids.map((id) => service.handle(id)));
  expect(trace.getSpan(context.active())).toBeUndefined();

  const { spans } = tracing;
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const handled = spans.filter(({ name }) => name === 'handle');
  expect(new Set(handled.map(sessionOf)).size).toBe(CALLS);
  expect(handled.every(({ parentSpanContext }) => parentSpanContext === undefined)).toBe(true);

  let seen = 0;
  const leaks = spans.filter((span) => {
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    const metadata = JSON.parse(String(span.attributes.metadata)) as { own: string };
    if (ownOf(span) !== undefined) seen += 1;
    return (
      metadata.own !== sessionOf(span) ||
      (ownOf(span) ?? sessionOf(span)) !== sessionOf(span) ||
      (parent !== undefined && sessionOf(parent) !== sessionOf(span)) ||
      (span.name !== 'handle' && parent === undefined)
    );
  });
  expect(leaks.map(({ name, attributes }) => [name, attributes])).toEqual([]);
  // stream: two spans of the other library where it is read whole, one where it is left; one in a pull; two in two calls.
  expect(seen).toBe((CALLS / 4) * (2 + 1 + 1 + 2));
});

it('streams made in one scope and read in another keep the one they were made in', async () => {
  const service = new Service();
  const made = Array.from({ length: 500 }, (_, i) => ({
    id: `made-${i}`,
    steps: withMetadata({ sessionId: `made-${i}` }, () => service.stream(`made-${i}`)),
  }));
  await Promise.all(
    made.map(({ id, steps }, i) =>
      withMetadata({ sessionId: `read-${i}` }, async () => {
        for await (const value of steps) {
          expect(value).toBe(id);
          touch('of the reader', `read-${i}`);
        }
      }),
    ),
  );
  const wrong = tracing.spans.filter((span) => ownOf(span) !== undefined && ownOf(span) !== sessionOf(span));
  expect(wrong).toEqual([]);
  expect(tracing.spans.filter(({ name }) => name === 'of the reader')).toHaveLength(1_000);
});

it('the context of a call is not left behind, whichever way the call ends', async () => {
  const ways = [
    traced(() => 1, { spanName: 'sync' }),
    traced(() => { throw new Error('thrown'); }, { spanName: 'throws' }), // prettier-ignore
    traced(async () => turn(), { spanName: 'async' }),
    traced(async () => { throw new Error('rejected'); }, { spanName: 'rejects' }), // prettier-ignore
  ] as (() => unknown)[];
  const none: unknown[] = [];
  await Promise.all(
    Array.from({ length: 400 }, async (_, i) => {
      try {
        await ways[i % ways.length]!();
      } catch {
        // Some throw.
      }
      none.push(trace.getActiveSpan());
      touch('after', 'nobody');
    }),
  );
  expect(new Set(none)).toEqual(new Set([undefined]));
  expect(
    tracing.spans.filter(({ name }) => name === 'after').every((span) => span.parentSpanContext === undefined),
  ).toBe(true);
});
