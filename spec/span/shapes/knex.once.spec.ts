import { knex } from 'knex';
// @ts-expect-error -- knex gives its dialects no types
import SQLiteClient from 'knex/lib/dialects/sqlite3/index.js';
import { settle } from '../../../lib/span/settle.js';
import { RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

const SQLite = SQLiteClient as new (config: object) => { _driver(): object };

/** knex on its SQLite dialect, with a list of what was asked for a database. */
function database(): { db: ReturnType<typeof knex>; queries: unknown[]; places: unknown[] } {
  const queries: unknown[] = [];
  const places: unknown[] = [];
  class Offline extends SQLite {
    override _driver(): object {
      return {};
    }
    async acquireConnection(): Promise<object> {
      return {};
    }
    async releaseConnection(): Promise<void> {}
    async _query(_: object, query: { sql: string; response?: unknown }): Promise<object> {
      queries.push(query.sql);
      places.push(where());
      if (query.sql.includes('missing')) throw new Error('no such table');
      query.response = rows;
      return query;
    }
  }
  return {
    db: knex({ client: Offline as never, connection: { filename: ':memory:' }, useNullAsDefault: true }),
    queries,
    places,
  };
}
const rows = [{ id: 1 }];

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};
test('a knex query runs once, when it is awaited, inside the run', async () => {
  const { db, queries, places } = database();
  const { value, run } = watch(db('users').where('id', 1));
  await null;
  expect(value.toQuery()).toBe('select * from `users` where `id` = 1');
  expect([queries, run.log]).toEqual([[], []]);
  expect(await value.limit(5)).toEqual(rows);
  expect(queries).toEqual(['select * from `users` where `id` = ? limit ?']);
  expect(places).toEqual(['run']);
  expect(run.log).toEqual([['succeed', rows]]);
});

test.each<[string, (q: ReturnType<ReturnType<typeof knex>>) => Promise<unknown>]>([
  ['then', (q) => q.then((r) => r as unknown)],
  ['catch', (q) => q.catch(() => 'no')],
  ['finally', (q) => q.finally(() => {})],
  ['asCallback', (q) => new Promise((next) => q.asCallback((_: unknown, r: unknown) => next(r)))],
  ['Promise.all', async (q) => (await Promise.all([q]))[0]],
])('a knex query gives the same by %s', async (_, use) => {
  const { db, queries } = database();
  const { value, run } = watch(db('users').select());
  expect(await use(value as never)).toEqual(rows);
  expect(queries).toHaveLength(1);
  expect(run.log).toEqual([['succeed', rows]]);
});

test('a knex query that is only a part of another is not run', async () => {
  const { db, queries } = database();
  const { value, run } = watch(db('a').select('id'));
  await db('b').whereIn('id', value);
  expect(queries).toEqual(['select * from `b` where `id` in (select `id` from `a`)']);
  expect(run.log).toEqual([]);
});

test('a knex query that fails tells its error', async () => {
  const { db } = database();
  const { value, run } = watch(db('missing').select());
  const error: unknown = await value.then(
    () => 'no error',
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(Error);
  expect(run.log).toEqual([['fail', error]]);
});
