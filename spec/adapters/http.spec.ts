import { serve } from '@hono/node-server';
import {
  Controller,
  Get,
  Module,
  type INestApplication,
  type MiddlewareConsumer,
  type NestApplicationOptions,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { diag, DiagLogLevel, trace } from '@opentelemetry/api';
import express, { type NextFunction, type Request, type Response } from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { setImmediate as turn } from 'node:timers/promises';
import { expressScope, fastifyScope, honoScope } from '../../lib/adapters/http/index.js';
import { TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

class Service {
  @TraceFunction({ spanName: 'answer' })
  async answer() {
    await turn();
    trace.getTracer('other').startSpan('theirs').end();
    return 'ok';
  }
}
const service = new Service();
const options = {
  sessionHeader: 'X-Session-Id',
  tags: ['web'],
  metadata: () => ({ route: '/answer' }),
};
/** Authentication: believes a token, and puts the user on the request. */
const userOf = (token: unknown) => (token === 'Bearer ann' ? { id: 'ann', email: 'ann@example.com' } : undefined);
const port = (server: unknown) => ((server as Server).address() as AddressInfo).port;

interface Started {
  readonly url: string;
  close(): Promise<void> | void;
}

async function startExpress(middleware = expressScope(options)): Promise<Started> {
  const app = express();
  app.use((request: Request & { user?: object }, _response: Response, next: NextFunction) => {
    const user = userOf(request.headers.authorization);
    if (user) request.user = user;
    next();
  });
  app.use(middleware);
  app.get('/answer', async (_request: Request, response: Response) => void response.send(await service.answer()));
  app.get('/fail', () => {
    throw new Error('broken');
  });
  app.use((_error: Error, _request: Request, response: Response, _next: NextFunction) => void response.status(500).send('failed')); // prettier-ignore
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { url: `http://127.0.0.1:${port(server)}`, close: () => new Promise((done) => server.close(() => done())) };
}

async function startFastify(): Promise<Started> {
  const app = fastify();
  app.addHook('onRequest', (request, _reply, done) => {
    (request as { user?: object }).user = userOf(request.headers.authorization)!;
    done();
  });
  app.addHook('preHandler', fastifyScope(options));
  app.get('/answer', () => service.answer());
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
}

async function startHono(): Promise<Started> {
  const app = new Hono<{ Variables: { user: object | undefined } }>();
  app.use(async (c, next) => {
    c.set('user', userOf(c.req.header('authorization')));
    await next();
  });
  app.use(honoScope(options));
  app.get('/answer', async (c) => c.text(await service.answer()));
  const server = await new Promise<ReturnType<typeof serve>>((done) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => done(started));
  });
  return {
    url: `http://127.0.0.1:${port(server)}`,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}

const quiet: NestApplicationOptions = Object.assign(Object.create(null), { logger: false });
async function startNest(): Promise<Started> {
  class Answers {
    answer() {
      return service.answer();
    }
  }
  // by hand, since this file is compiled under both decorator protocols, and Nest's are legacy ones
  Get('answer')(Answers.prototype, 'answer', Object.getOwnPropertyDescriptor(Answers.prototype, 'answer')!);
  Controller()(Answers);
  class App {
    configure(consumer: MiddlewareConsumer) {
      consumer
        .apply((request: { headers: Record<string, unknown>; user?: object }, _response: unknown, next: () => void) => {
          const user = userOf(request.headers['authorization']);
          if (user) request.user = user;
          next();
        }, expressScope(options))
        .forRoutes('*path');
    }
  }
  Module({ controllers: [Answers] })(App);
  const app: INestApplication = await NestFactory.create(App, quiet);
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}

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
