import { requestScope, type RequestScopeOptions } from './request-scope.js';

/** What is needed of a context of Hono. */
export interface HonoLikeContext {
  readonly req: { header(name: string): string | undefined };
  get(key: string): unknown;
}

/** A middleware as Hono takes it. */
export type HonoMiddleware = (context: any, next: () => Promise<void>) => Promise<void>;

/**
 * A middleware for Hono that puts session and user on every span of a request, those of other libraries too. Without options it believes
 * nothing but the `user` that authentication has set on the context.
 *
 * ```ts
 * app.use(honoScope({ sessionCookie: 'sid', user: (c) => c.get('jwtPayload')?.sub }));
 * ```
 *
 * Throws a TypeError for an option that does not fit.
 */
export function honoScope<Context extends HonoLikeContext = any>(
  options: RequestScopeOptions<Context> = {},
): HonoMiddleware {
  const run = requestScope<Context>('honoScope', options, {
    header: ({ req }, name) => req.header(name),
    user: (context) => context.get('user'),
  });
  return (context, next) => run(context as Context, () => next());
}
