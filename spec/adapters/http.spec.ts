import { diag, DiagLogLevel } from '@opentelemetry/api';
import { createHash } from 'node:crypto';
import { startExpress } from '../../examples/http/express.js';
import { startFastify } from '../../examples/http/fastify.js';
import { startHono } from '../../examples/http/hono.js';
import { startNest } from '../../examples/http/nest.js';
import type { Started } from '../../examples/http/service.js';
import { expressScope, fastifyScope, honoScope } from '../../lib/adapters/http/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

describe.each([
  ['Express', startExpress],
  ['Fastify', startFastify],
  ['Hono', startHono],
  ['Nest', startNest],
])('%s', (_, start: () => Promise<Started>) => {
  let server: Started;
  beforeAll(async () => void (server = await start()));
  afterAll(() => server.close());
  const get = async (headers: Record<string, string>) => {
    const response = await fetch(`${server.url}/answer`, { headers });
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  };

  it('session and user are on every span of a request, those of other libraries too', async () => {
    await get({ 'x-session-id': 's1', authorization: 'Bearer ann' });
    for (const name of ['answer', 'theirs'])
      expect(tracing.byName(name).attributes).toMatchObject({
        'session.id': 's1',
        'user.id': 'ann',
        'tag.tags': ['web'],
        metadata: '{"route":"/answer"}',
      });
    expect(JSON.stringify(tracing.spans.map(({ attributes }) => attributes))).not.toContain('ann@example.com');
  });

  it('100 requests at once keep theirs to themselves', async () => {
    await Promise.all(Array.from({ length: 100 }, (_unused, i) => get({ 'x-session-id': `s${i}` })));
    const sessions = (name: string) => tracing.spans.filter((span) => span.name === name).map(({ attributes }) => attributes['session.id']); // prettier-ignore
    const expected = Array.from({ length: 100 }, (_unused, i) => `s${i}`).sort();
    expect(sessions('answer').sort()).toEqual(expected);
    expect(sessions('theirs').sort()).toEqual(expected);
  });

  it('a request without any has none, and a user header is not believed', async () => {
    await get({ 'x-user-id': 'forged', 'x-session': 'forged', cookie: 'sid=forged' });
    const { attributes } = tracing.byName('answer');
    expect(attributes).not.toHaveProperty(['session.id']);
    expect(attributes).not.toHaveProperty(['user.id']);
  });
});

describe('what is believed', () => {
  const request = async (scope: ReturnType<typeof expressScope>, headers: Record<string, string>) => {
    const server = await startExpress(scope);
    const response = await fetch(`${server.url}/answer`, { headers });
    await response.text();
    await server.close();
    return tracing.byName('answer').attributes;
  };

  it('without options: nothing but the authenticated user', async () => {
    const attributes = await request(expressScope(), { 'x-session-id': 'forged', 'x-user-id': 'forged', cookie: 'sid=forged', authorization: 'Bearer ann' }); // prettier-ignore
    expect(attributes).toMatchObject({ 'user.id': 'ann' });
    expect(attributes).not.toHaveProperty(['session.id']);
  });

  it('a cookie tells sessions apart without being recorded', async () => {
    const attributes = await request(expressScope({ sessionCookie: 'sid', user: false }), { cookie: 'a=1; sid=top-secret; b=2', authorization: 'Bearer ann' }); // prettier-ignore
    expect(attributes['session.id']).toBe(createHash('sha256').update('top-secret').digest('hex').slice(0, 16));
    expect(attributes).not.toHaveProperty(['user.id']);
    expect(JSON.stringify(attributes)).not.toContain('top-secret');
  });

  it('functions of the request stand over header and cookie; one that throws disturbs nobody', async () => {
    const own = expressScope({ session: () => 'own', user: () => 7, sessionHeader: 'x-session-id' });
    expect(await request(own, { 'x-session-id': 's1' })).toMatchObject({ 'session.id': 'own', 'user.id': '7' });
    tracing.reset();
    const throwing = expressScope({
      session: () => {
        throw new Error('mine');
      },
      sessionHeader: 'x-session-id',
    });
    expect(await request(throwing, { 'x-session-id': 's1' })).toMatchObject({ 'session.id': 's1' });
  });

  it('is said on diag, once', () => {
    const said: string[] = [];
    const nothing = () => {};
    diag.setLogger({ error: nothing, warn: nothing, info: (text) => said.push(text), debug: nothing, verbose: nothing }, DiagLogLevel.INFO); // prettier-ignore
    expressScope({ sessionHeader: 'x-session-id', userHeader: 'x-user-id', user: false });
    diag.disable();
    expect(said.filter((text) => text.includes('expressScope'))).toEqual([
      'spandrel: expressScope believes the header x-session-id (session), the header x-user-id (user)',
    ]);
  });

  it.each([
    [{ header: 'x' }, 'unknown option "header"'],
    [{ sessionHeader: '' }, 'expected sessionHeader to be a name that is not empty'],
    [{ session: 's1' }, 'expected session to be a function of the request'],
  ])('%j is refused', (wrong, message) => {
    expect(() => expressScope(wrong as never)).toThrow(message);
    expect(() => fastifyScope(wrong as never)).toThrow(message);
    expect(() => honoScope(wrong as never)).toThrow(message);
  });
});

it('an error of a handler reaches Express’ own error handling', async () => {
  const server = await startExpress();
  const response = await fetch(`${server.url}/fail`);
  expect([response.status, await response.text()]).toEqual([500, 'failed']);
  await server.close();
});
