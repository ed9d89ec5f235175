import { equal, includes, ok, same } from '../harness/expect.mjs';
import { anthropic, completion, message, openai } from '../fixtures/model-api.mjs';
import { knex, OnceQuery } from '../fixtures/queries.mjs';

const group = 'SDK promises and lazy queries';

export default [
  {
    group,
    name: 'openai: `await` gives the completion, of one request, parsed once',
    broken: 'calls twice',
    async run(t) {
      const api = openai();
      const ask = t.wrap(api.chat);
      const result = await ask('gpt-x');
      equal({ ...result }, completion);
      await t.settled();
      equal(api.counts, { requests: 1, parsed: 1, aborted: 0 });
    },
  },
  {
    group,
    name: 'openai: `.withResponse()` works, and parses once',
    broken: 'derives promises',
    async run(t) {
      const api = openai();
      const { data, response } = await t.wrap(api.chat)('gpt-x').withResponse();
      equal({ ...data }, completion);
      same(response.headers.get('x-request-id'), 'req_1');
      equal(api.counts, { requests: 1, parsed: 1, aborted: 0 });
    },
  },
  {
    group,
    name: 'openai: `.asResponse()` leaves the body to the caller',
    broken: 'parses for itself',
    async run(t) {
      const api = openai();
      const response = await t.wrap(api.chat)('gpt-x').asResponse();
      equal(await response.json(), completion);
      same(api.counts.requests, 1);
    },
  },
  {
    group,
    name: 'openai: `.parse()` (a mapped promise) works',
    broken: 'derives promises',
    async run(t) {
      const api = openai();
      const parse = t.wrap(() =>
        api.client.chat.completions.create({ model: 'gpt-x', messages: [] })._thenUnwrap(({ id }) => id),
      );
      const promise = parse();
      same(await promise, 'chatcmpl-1');
      same((await promise.withResponse()).data, 'chatcmpl-1');
    },
  },
  {
    group,
    name: 'openai: a mapped promise of the wrapped one works',
    broken: 'derives promises',
    async run(t) {
      const api = openai();
      same(
        await t
          .wrap(api.chat)('gpt-x')
          ._thenUnwrap(({ id }) => id),
        'chatcmpl-1',
      );
      equal(api.counts, { requests: 1, parsed: 1, aborted: 0 });
    },
  },
  {
    group,
    name: 'openai: the same object comes back, with the same own keys',
    broken: 'derives promises',
    async run(t) {
      const promise = openai().chat();
      const keys = Object.keys(promise);
      const got = t.wrap(() => promise)();
      same(got, promise);
      equal(Object.keys(got), keys);
      await got;
    },
  },
  {
    group,
    name: 'openai: an ignored failure is unhandled exactly once',
    broken: 'swallows rejections',
    run: (t) =>
      t.alike(
        () => openai().chat,
        async (fn) => {
          void fn('fail');
          await t.settled();
        },
      ),
  },
  {
    group,
    name: "openai: a caught failure is the SDK's own error, and not unhandled",
    broken: 'wraps errors',
    run: (t) =>
      t.alike(
        () => openai().chat,
        async (fn, log) => {
          await fn('fail').catch((error) => log(error.constructor.name, error.status, error.message));
        },
      ),
  },
  {
    group,
    name: 'openai: a page is a promise and an iterable',
    broken: 'derives promises',
    async run(t) {
      const ids = [];
      for await (const file of t.wrap(openai().files)()) ids.push(file.id);
      equal(ids, ['file-1', 'file-2']);
      same((await t.wrap(openai().files)()).data.length, 2);
    },
  },
  {
    group,
    name: 'anthropic: `await`, `.withResponse()` and `.asResponse()` work, each of one request',
    broken: 'derives promises',
    async run(t) {
      const api = anthropic();
      const ask = t.wrap(api.create);
      equal({ ...(await ask('claude-x')) }, message);
      const { data, request_id } = await ask('claude-x').withResponse();
      same(data.id, 'msg_1');
      same(request_id, 'req_1');
      const response = await ask('claude-x').asResponse();
      same((await response.json()).id, 'msg_1');
      same(api.counts.requests, 3);
    },
  },
  {
    group,
    name: 'knex: a query that nobody awaits does not run',
    broken: 'derives promises',
    async run(t) {
      const { db, queries } = knex();
      const query = t.wrap(() => db('users').where({ id: 1 }))();
      await t.settled();
      equal(queries, []);
      includes(query.toString(), 'select');
      await t.settled();
      equal(queries, []);
    },
  },
  {
    group,
    name: 'knex: the builder is the same object and is built further',
    broken: 'derives promises',
    async run(t) {
      const { db, queries } = knex();
      const builder = db('users');
      const got = t.wrap(() => builder)();
      same(got, builder);
      equal(await got.where({ id: 1 }).limit(2), [{ id: 1 }]);
      same(queries.length, 1);
      includes(queries[0], 'limit');
    },
  },
  {
    group,
    name: 'knex: awaited, a query runs exactly once',
    broken: 'reports a rejection twice',
    async run(t) {
      const { db, queries } = knex();
      const find = t.wrap(() => db('users').where({ id: 1 }));
      equal(await find(), [{ id: 1 }]);
      equal(await find().finally(() => undefined), [{ id: 1 }]);
      same(queries.length, 2);
    },
  },
  {
    group,
    name: 'knex: used as a part of another query, it does not run by itself',
    broken: 'swallows rejections',
    async run(t) {
      const { db, queries } = knex();
      const ids = t.wrap(() => db('admins').select('id'))();
      await db('users').whereIn('id', ids);
      await t.settled();
      same(queries.length, 1);
    },
  },
  {
    group,
    name: 'knex: a failing query rejects once where it is awaited, and is unhandled where it is ignored',
    broken: 'reports a rejection twice',
    run: (t) =>
      t.alike(
        () => {
          const { db } = knex();
          return () => db('broken');
        },
        async (fn, log) => {
          await fn().catch((error) => log(error.message));
          void fn().then(() => log('not reached'));
          await t.settled();
        },
      ),
  },
  {
    group,
    name: 'Mongoose-like: `await` runs the query once',
    broken: 'swallows rejections',
    async run(t) {
      const query = new OnceQuery({ id: 7 });
      const got = t.wrap(() => query)();
      same(got, query);
      await t.settled();
      same(query.runs, 0);
      equal(await got.where(), { id: 7 });
      same(query.runs, 1);
    },
  },
  {
    group,
    name: 'Mongoose-like: `.exec()` runs the query once',
    broken: 'executes queries',
    async run(t) {
      const query = new OnceQuery({ id: 7 });
      equal(
        await t
          .wrap(() => query)()
          .exec(),
        { id: 7 },
      );
      same(query.runs, 1);
    },
  },
  {
    group,
    name: 'an object that claims to be everything (a recursive proxy) is handed on',
    broken: 'derives promises',
    async run(t) {
      const calls = [];
      const everything = new Proxy(function anything() {}, {
        get: (_target, key) => (calls.push(key), everything),
        apply: () => (calls.push('call'), everything),
        defineProperty: () => true,
        set: () => true,
      });
      const got = t.wrap(() => everything)();
      same(got, everything);
      ok(!calls.includes('call'), 'something of it was called');
    },
  },
];
