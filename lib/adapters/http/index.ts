export { expressScope, type ExpressLikeRequest, type ExpressMiddleware } from './express-scope.js';
export { fastifyScope, type FastifyHook, type FastifyLikeRequest } from './fastify-scope.js';
export { honoScope, type HonoLikeContext, type HonoMiddleware } from './hono-scope.js';
export type { RequestScopeOptions } from './request-scope.js';
