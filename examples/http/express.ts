import express, { type NextFunction, type Request, type Response } from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expressScope, type ExpressMiddleware } from 'spandrel/http';
import { SCOPE, Service, userOf, type Started, type User } from './service.js';

/** Express: the scope stands behind authentication, as a middleware. */
export async function startExpress(scope: ExpressMiddleware = expressScope(SCOPE)): Promise<Started> {
  const service = new Service();
  const app = express();
  app.use((request: Request & { user?: User }, _response: Response, next: NextFunction) => {
    const user = userOf(request.headers.authorization);
    if (user) request.user = user;
    next();
  });
  app.use(scope);
  app.get('/answer', async (_request: Request, response: Response) => void response.send(await service.answer()));
  app.get('/fail', () => {
    throw new Error('broken');
  });
  app.use((_error: Error, _request: Request, response: Response, _next: NextFunction) => void response.status(500).send('failed')); // prettier-ignore
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
