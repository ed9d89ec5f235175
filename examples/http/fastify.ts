import fastify from 'fastify';
import { fastifyScope } from 'spandrel/http';
import { SCOPE, Service, userOf, type Started } from './service.js';

/** Fastify: the scope is a hook after the one that authenticates. */
export async function startFastify(): Promise<Started> {
  const service = new Service();
  const app = fastify();
  app.decorateRequest('user', undefined);
  app.addHook('onRequest', async (request) => {
    (request as { user?: unknown }).user = userOf(request.headers.authorization);
  });
  app.addHook('preHandler', fastifyScope(SCOPE));
  app.get('/answer', () => service.answer());
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
}
