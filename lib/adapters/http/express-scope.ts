import { NODE_REQUEST, requestScope, type RequestScopeOptions } from './request-scope.js';

/** What is needed of a request of Express, Connect or Node. */
export interface ExpressLikeRequest {
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A middleware as Express, Connect and Nest take it. */
export type ExpressMiddleware = (request: any, response: any, next: (error?: any) => void) => void;

/**
 * A middleware for Express, Connect and Nest that puts session and user on every span of a request, those of other libraries too. Without
 * options it believes nothing but `request.user`: put it behind authentication.
 *
 * ```ts
 * app.use(authenticate, expressScope({ sessionCookie: 'sid' }));
 * ```
 *
 * Throws a TypeError for an option that does not fit.
 */
export function expressScope<Request extends ExpressLikeRequest = any>(
  options: RequestScopeOptions<Request> = {},
): ExpressMiddleware {
  const run = requestScope<Request>('expressScope', options, NODE_REQUEST);
  return (request, _response, next) => {
    run(request as Request, () => next());
  };
}
