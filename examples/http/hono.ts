import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { honoScope } from 'spandrel/http';
import { SCOPE, Service, userOf, type Started, type User } from './service.js';

/** Hono: the scope is a middleware after the one that authenticates. */
export async function startHono(): Promise<Started> {
  const service = new Service();
  const app = new Hono<{ Variables: { user: User | undefined } }>();
  app.use(async (c, next) => {
    c.set('user', userOf(c.req.header('authorization')));
    await next();
  });
  app.use(honoScope(SCOPE));
  app.get('/answer', async (c) => c.text(await service.answer()));
  const server = await new Promise<ReturnType<typeof serve>>((done) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => done(started));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}
