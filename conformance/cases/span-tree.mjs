import { trace } from '@opentelemetry/api';
import { equal, ok, same } from '../harness/expect.mjs';
import { webStream } from '../fixtures/shapes.mjs';
import { knex } from '../fixtures/queries.mjs';

const group = 'The span and its surroundings';
const needs = ['spans'];
const tick = () => new Promise((done) => setImmediate(done));
const touch = (t, name) => t.other.startSpan(name).end();
const idOf = (span) => span.spanContext().spanId;
const parentOf = (span) => span.parentSpanContext?.spanId;

/** Every span of another library that was made below the call is its child. */
function allNest(t, names) {
  equal(
    t.others.map(({ name }) => name),
    names,
  );
  for (const child of t.others) same(parentOf(child), idOf(t.span), `${child.name} is no child`);
}

export default [
  {
    ...{ group, needs },
    name: 'one span a call, ended once',
    broken: 'makes two spans',
    async run(t) {
      const add = t.wrap(function add(a, b) {
        return a + b;
      });
      add(1, 2);
      await t.wrap(async function later() {})();
      await t.settled();
      equal([t.spans.length, t.open.length], [2, 0]);
    },
  },
  {
    ...{ group, needs },
    name: 'a span is named, an anonymous function’s too',
    broken: 'has no name',
    async run(t) {
      t.wrap(function classify() {})();
      t.wrap(
        (
          () => () =>
            1
        )(),
      )();
      ok(t.spans[0].name.includes('classify'), t.spans[0].name);
      ok(t.spans[1].name.length > 0, 'no name');
    },
  },
  {
    ...{ group, needs },
    name: 'children nest, before and after `await`',
    broken: 'does not enter the span',
    async run(t) {
      await t.wrap(async () => {
        touch(t, 'sync');
        await tick();
        touch(t, 'later');
        await Promise.all([1, 2].map(async () => (await tick(), touch(t, 'parallel'))));
      })();
      allNest(t, ['sync', 'later', 'parallel', 'parallel']);
    },
  },
  {
    ...{ group, needs },
    name: 'children of a generator nest on every `next()`, and in `finally`',
    broken: 'ends at return',
    async run(t) {
      const steps = t.wrap(function* () {
        try {
          touch(t, 'first');
          yield 1;
          touch(t, 'second');
          yield 2;
        } finally {
          touch(t, 'finally');
        }
      })();
      steps.next();
      steps.next();
      steps.return();
      allNest(t, ['first', 'second', 'finally']);
    },
  },
  {
    ...{ group, needs },
    name: 'children of an async generator nest on every `next()`, after `await` too',
    broken: 'ends at return',
    async run(t) {
      const steps = t.wrap(async function* () {
        touch(t, 'first');
        await tick();
        touch(t, 'awaited');
        yield 1;
        await tick();
        touch(t, 'second');
      })();
      for await (const value of steps) void value;
      allNest(t, ['first', 'awaited', 'second']);
    },
  },
  {
    ...{ group, needs },
    name: 'spans of a lazy query nest when it runs',
    broken: 'ends at return',
    async run(t) {
      const { db } = knex();
      const query = t.wrap(() => db('users').on('query', () => touch(t, 'query')))();
      await tick();
      await query;
      await t.settled();
      allNest(t, ['query']);
    },
  },
  {
    ...{ group, needs },
    name: 'the caller keeps its own context: during, between and after',
    broken: 'stays in the span',
    async run(t) {
      const outer = trace.getActiveSpan();
      const steps = t.wrap(async function* () {
        yield 1;
        yield 2;
      })();
      for await (const value of steps) {
        void value;
        same(trace.getActiveSpan(), outer);
        touch(t, 'of the consumer');
      }
      t.wrap(() => 1)();
      same(trace.getActiveSpan(), outer);
      await t.wrap(async () => 1)();
      same(trace.getActiveSpan(), outer);
      for (const span of t.others) same(parentOf(span), undefined);
    },
  },
  {
    ...{ group, needs },
    name: 'calls inside calls make a tree, interleaved ones too',
    broken: 'does not enter the span',
    async run(t) {
      const inner = t.wrap(async function inner() {
        await tick();
      });
      const outer = t.wrap(async function outer() {
        await inner();
        await inner();
      });
      await Promise.all([outer(), outer(), outer()]);
      const outers = t.spans.filter(({ name }) => name.includes('outer')).map(idOf);
      const parents = t.spans.filter(({ name }) => name.includes('inner')).map(parentOf);
      equal([outers.length, parents.length], [3, 6]);
      for (const id of outers) same(parents.filter((parent) => parent === id).length, 2);
    },
  },
  {
    ...{ group, needs: ['spans', 'stream facts'] },
    name: 'the time to the first chunk and the number of chunks are recorded',
    broken: 'ends when settled',
    async run(t) {
      const { firstChunk, chunks } = t.attributeNames;
      const steps = t.wrap(async function* () {
        await new Promise((done) => setTimeout(done, 15));
        yield 1;
        yield 2;
        yield 3;
      })();
      for await (const value of steps) void value;
      const { attributes } = t.span;
      same(attributes[chunks], 3);
      ok(attributes[firstChunk] >= 10 && attributes[firstChunk] < 5_000, String(attributes[firstChunk]));
    },
  },
  {
    ...{ group, needs: ['spans', 'stream facts'] },
    name: 'chunks of a web stream are counted, through `new Response(stream)` too',
    broken: 'ends at return',
    async run(t) {
      await new Response(t.wrap(() => webStream([1, 2].map((n) => new Uint8Array([n]))))()).arrayBuffer();
      await t.settled();
      same(t.span.attributes[t.attributeNames.chunks], 2);
    },
  },
];
