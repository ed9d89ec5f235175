import { isGeneratorObject } from 'node:util/types';
import { Feed, nodeStream, webStream } from '../fixtures/shapes.mjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Promises of streams';
const all = async (iterable) => {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
};

export default [
  {
    group,
    name: 'of an async generator: a real one, that takes values',
    broken: 'generates anew',
    async run(t) {
      const steps = await t.wrap(async () =>
        (async function* () {
          const got = yield 1;
          return got;
        })(),
      )();
      ok(isGeneratorObject(steps));
      await steps.next();
      equal(await steps.next('sent'), { value: 'sent', done: true });
    },
  },
  {
    group,
    name: 'of a generator: not started by the wrapper',
    broken: 'drains at once',
    run: (t) =>
      t.alike(
        (log) => async () =>
          (function* () {
            log('started');
            yield 1;
          })(),
        async (fn, log) => {
          const steps = await fn();
          log('got');
          log([...steps]);
        },
      ),
  },
  {
    group,
    name: 'of an iterable object: the same object',
    broken: 'wraps iterables',
    async run(t) {
      const feed = new Feed([1, 2]);
      same(await t.wrap(async () => feed)(), feed);
      equal(await all(feed), [1, 2]);
    },
  },
  {
    group,
    name: 'of a web stream: the same stream, nothing pulled',
    broken: 'pipes streams',
    async run(t) {
      const pulls = [];
      const stream = webStream([new TextEncoder().encode('x')], (what) => pulls.push(what));
      const got = await t.wrap(async () => stream)();
      await t.settled();
      equal([got === stream, pulls], [true, []]);
      same(await new Response(got).text(), 'x');
    },
  },
  {
    group,
    name: 'of a Node stream: the same stream, not flowing',
    broken: 'reads streams',
    async run(t) {
      const stream = nodeStream(['a', 'b']);
      const got = await t.wrap(async () => stream)();
      await t.settled();
      equal([got === stream, got.readableFlowing], [true, null]);
      equal(await got.toArray(), ['a', 'b']);
    },
  },
  {
    group,
    name: 'of a `fetch` response: body readable once, `clone()` works',
    broken: 'parses the response',
    async run(t) {
      const response = await t.wrap(async () => new Response('{"a":1}'))();
      const copy = response.clone();
      equal([await response.json(), await copy.text()], [{ a: 1 }, '{"a":1}']);
    },
  },
];
