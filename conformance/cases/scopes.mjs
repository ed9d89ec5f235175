import { equal, excludes, includes, same } from '../harness/expect.mjs';

const group = 'Sessions, metadata and templates';
const needs = ['spans', 'scopes'];
const tick = () => new Promise((done) => setImmediate(done));
const touch = (t, name) => t.other.startSpan(name).end();

/** Metadata, in one JSON attribute or in flat ones. */
function metadataOf(t, span) {
  const { metadata } = t.attributeNames;
  if (typeof span.attributes[metadata] === 'string') return JSON.parse(span.attributes[metadata]);
  const flat = Object.entries(span.attributes).filter(([key]) => key.startsWith(`${metadata}.`));
  return Object.fromEntries(flat.map(([key, value]) => [key.slice(metadata.length + 1), value]));
}

export default [
  {
    ...{ group, needs },
    name: 'session and user are on the span of a call inside the scope',
    broken: 'scopes reach no others',
    async run(t) {
      await t.scope({ sessionId: 's-1', userId: 'u-1' }, async () => {
        await tick();
        await t.wrap(async () => 1)();
      });
      const { session, user } = t.attributeNames;
      equal([t.span.attributes[session], t.span.attributes[user]], ['s-1', 'u-1']);
    },
  },
  {
    ...{ group, needs },
    name: 'session and user are on spans of other libraries too',
    broken: 'scopes reach no others',
    async run(t) {
      await t.scope({ sessionId: 's-1', userId: 'u-1' }, async () => {
        await tick();
        touch(t, 'http');
        await t.wrap(async () => (await tick(), touch(t, 'db')))();
      });
      const { session, user } = t.attributeNames;
      equal(
        t.others.map(({ attributes }) => [attributes[session], attributes[user]]),
        [
          ['s-1', 'u-1'],
          ['s-1', 'u-1'],
        ],
      );
    },
  },
  {
    ...{ group, needs },
    name: 'nothing of a scope is left outside it',
    broken: 'scopes are global',
    async run(t) {
      t.scope({ sessionId: 'inside' }, () => t.wrap(() => 1)());
      t.wrap(() => 1)();
      const { session } = t.attributeNames;
      equal(
        t.spans.map(({ attributes }) => attributes[session]),
        ['inside', undefined],
      );
    },
  },
  {
    ...{ group, needs },
    name: 'an inner id overrides, and the outer one is back afterwards',
    broken: 'scopes are global',
    async run(t) {
      const call = t.wrap(() => 1);
      t.scope({ sessionId: 'outer', userId: 'u' }, () => {
        t.scope({ sessionId: 'inner' }, () => call());
        call();
      });
      const { session, user } = t.attributeNames;
      equal(
        t.spans.map(({ attributes }) => [attributes[session], attributes[user]]),
        [
          ['inner', 'u'],
          ['outer', 'u'],
        ],
      );
    },
  },
  {
    ...{ group, needs },
    name: 'metadata of nested scopes is merged',
    broken: 'scopes replace',
    async run(t) {
      t.scope({ metadata: { plan: 'pro', region: 'eu' } }, () =>
        t.scope({ metadata: { region: 'us', step: 'two' } }, () => t.wrap(() => 1)()),
      );
      equal(metadataOf(t, t.span), { plan: 'pro', region: 'us', step: 'two' });
    },
  },
  {
    ...{ group, needs: [...needs, 'nested metadata'] },
    name: 'metadata is merged at every depth',
    broken: 'scopes replace',
    async run(t) {
      t.scope({ metadata: { a: { x: 1, y: 1 } } }, () =>
        t.scope({ metadata: { a: { y: 2 } } }, () => t.wrap(() => 1)()),
      );
      equal(metadataOf(t, t.span), { a: { x: 1, y: 2 } });
    },
  },
  {
    ...{ group, needs },
    name: 'tags of nested scopes are united, as a list, without doubles',
    broken: 'scopes replace',
    async run(t) {
      t.scope({ tags: ['production', 'eu'] }, () => t.scope({ tags: ['eu', 'batch'] }, () => t.wrap(() => 1)()));
      equal(t.span.attributes[t.attributeNames.tags], ['production', 'eu', 'batch']);
    },
  },
  {
    ...{ group, needs: ['spans', 'scopes', 'templates'] },
    name: 'an inner template replaces the outer one whole',
    broken: 'template parts leak',
    async run(t) {
      const outer = { template: 'Outer {a}', version: '2.0', variables: { a: 'stale' } };
      t.scope({ template: outer }, () =>
        t.scope({ template: { template: 'Inner {b}', variables: { b: 'x' } } }, () => t.wrap(() => 1)()),
      );
      const { template, templateVersion, templateVariables } = t.attributeNames;
      same(t.span.attributes[template], 'Inner {b}');
      excludes(String(t.span.attributes[templateVariables]), 'stale');
      excludes(String(t.span.attributes[templateVersion]), '2.0');
    },
  },
  {
    ...{ group, needs },
    name: 'metadata that cannot be serialised loses neither the call nor the rest',
    broken: 'scopes trust values',
    async run(t) {
      const circular = { good: 'kept' };
      circular.self = circular;
      const result = t.scope({ sessionId: 's', metadata: { circular, big: 10n, plan: 'pro' } }, () =>
        t.wrap(() => 5)(),
      );
      same(result, 5);
      includes(JSON.stringify(t.span.attributes), 'pro');
      same(t.span.attributes[t.attributeNames.session], 's');
    },
  },
  {
    ...{ group, needs },
    name: 'interleaved calls keep their own sessions, streams too',
    broken: 'scopes are global',
    async run(t) {
      const { session } = t.attributeNames;
      const stream = t.wrap(async function* stream(id) {
        for (let i = 0; i < 3; i++) {
          await tick();
          yield id;
        }
      });
      const call = t.wrap(async function call(id) {
        for await (const value of stream(id)) void value;
        await t.wrap(async function leaf(own) {
          await tick();
          return own;
        })(id);
        return id;
      });
      const ids = Array.from({ length: 20 }, (_, i) => `s-${i}`);
      await Promise.all(ids.map((sessionId) => t.scope({ sessionId }, () => call(sessionId))));
      for (const id of ids) same(t.spans.filter(({ attributes }) => attributes[session] === id).length, 3);
    },
  },
  {
    ...{ group, needs },
    name: 'a generator made in a scope and read outside it keeps its session for spans made inside it',
    broken: 'scopes reach no others',
    async run(t) {
      const steps = t.scope({ sessionId: 'made-in' }, () =>
        t.wrap(async function* () {
          touch(t, 'first');
          yield 1;
          touch(t, 'second');
        })(),
      );
      for await (const value of steps) void value;
      const { session } = t.attributeNames;
      equal(
        t.others.map(({ attributes }) => attributes[session]),
        ['made-in', 'made-in'],
      );
    },
  },
];
