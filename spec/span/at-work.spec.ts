import { SessionScoped, TraceFunction, traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

// Traced functions that tracing itself calls (in selectors, toJSON, redactors) run bare.

const inner = traced((name: string) => name, { spanName: 'inner' });
const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());
const names = () => tracing.spans.map(({ name }) => name);

it('a selector that calls a method of its own class ends', () => {
  let calls = 0;
  @SessionScoped({ sessionId: ({ self }) => (self as Service).id() })
  @TraceFunction({ spanName: ({ self }) => (self as Service).label() })
  class Service {
    id() {
      calls++;
      return 's';
    }
    label() {
      return 'label';
    }
    run() {
      return this.id();
    }
  }
  expect(new Service().run()).toBe('s');
  expect(calls).toBe(3);
  expect(names()).toEqual(['label', 'label']);
  expect(tracing.spans[0]?.attributes['session.id']).toBe('s');
  expect(log.warnings).toEqual([]);
});

it('toJSON that calls traced methods makes no spans when captured', () => {
  class Doc {
    toJSON() {
      return this.summary(this);
    }
    @TraceFunction() summary(_: unknown) {
      return { a: 1 };
    }
  }
  const doc = new Doc();
  expect(doc.summary(doc)).toEqual({ a: 1 });
  expect(names()).toEqual(['Doc.summary']);
  expect(tracing.spans[0]?.attributes['input.value']).toBe('{"_":{"a":1}}');
  JSON.stringify(doc);
  expect(names()).toEqual(['Doc.summary', 'Doc.summary']);
});

it('selectors that change the arguments do not change the call', () => {
  class S {
    @TraceFunction({ spanName: ({ args }) => (((args as unknown[]).length = 0), 'x') }) run(...all: number[]) {
      return all;
    }
  }
  expect(new S().run(1, 2)).toEqual([1, 2]);
});

it('hooks on results, chunks, redaction and links call traced functions without a span', () => {
  const call = traced(
    function* () {
      yield { toJSON: () => inner('chunk') };
    },
    {
      spanName: 'outer',
      attributes: () => ({ a: inner('a') }),
      resultAttributes: () => ({ b: inner('b') }),
      links: () => (inner('links'), []),
      redact: (text) => inner(text),
      usage: () => (inner('usage'), undefined),
    },
  );
  expect([...call()]).toHaveLength(1);
  expect(names()).toEqual(['outer']);
  expect(tracing.spans[0]?.attributes).toMatchObject({ a: 'a', b: 'b', 'output.value': '["chunk"]' });
  inner('by the user');
  expect(names()).toEqual(['outer', 'inner']);
});

it('a span processor is no hook of a call: traced functions that it calls have spans', async () => {
  const evaluated: string[] = [];
  const evaluate = traced((name: string) => evaluated.push(name), { spanName: 'evaluate' });
  const watching = testTracing({
    spanProcessors: [
      {
        onStart: () => {},
        onEnd: ({ name }) => {
          if (name !== 'evaluate') evaluate(name);
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  traced(() => 1, { spanName: 'call' })();
  expect(watching.spans.map(({ name }) => name).sort()).toEqual(['call', 'evaluate']);
  expect(evaluated).toEqual(['call']);
  await watching.shutdown();
});
