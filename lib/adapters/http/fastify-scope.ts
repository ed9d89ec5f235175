import { NODE_REQUEST, requestScope, type RequestScopeOptions } from './request-scope.js';

/** What is needed of a request of Fastify. */
export interface FastifyLikeRequest {
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A hook as Fastify takes it. */
export type FastifyHook = (request: any, reply: any, done: (error?: any) => void) => void;

/**
 * A hook for Fastify that puts session and user on every span of a request, those of other libraries too. Without options it believes
 * nothing but `request.user`: add it after the hooks that authenticate.
 *
 * ```ts
 * app.addHook('preHandler', fastifyScope({ sessionHeader: 'x-session-id' }));
 * ```
 *
 * Throws a TypeError for an option that does not fit.
 */
export function fastifyScope<Request extends FastifyLikeRequest = any>(
  options: RequestScopeOptions<Request> = {},
): FastifyHook {
  const run = requestScope<Request>('fastifyScope', options, NODE_REQUEST);
  return (request, _reply, done) => {
    run(request as Request, () => done());
  };
}
