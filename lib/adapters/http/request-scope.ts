import { diag } from '@opentelemetry/api';
import { createHash } from 'node:crypto';
import { runBlock, blockSite } from '../../blocks/run-block.js';
import { checkOptions } from '../../options.js';
import { metadataScope, type MetadataOptions } from '../../plan/session-scope.js';
import { ask } from '../../plan/select.js';

/** Where a request's session and user come from. What is not named here is not believed. */
export interface RequestScopeOptions<Request> {
  /** The header that holds the session's id. Anybody can send a header: name one only that your own gateway sets. Default none. */
  readonly sessionHeader?: string | undefined;
  /** The header that holds the user's id; the same holds. Default none. */
  readonly userHeader?: string | undefined;
  /**
   * The cookie that tells sessions apart. Its value is often a credential, so what is recorded is the first 16 hexadecimal digits of its
   * SHA-256. Default none.
   */
  readonly sessionCookie?: string | undefined;
  /** The session's id, from the request, in your own way: before header and cookie. */
  readonly session?: ((request: Request) => string | undefined) | undefined;
  /** The user's id. Default: the `id` of the `user` that authentication has put on the request; false for nobody. */
  readonly user?: ((request: Request) => string | number | undefined) | false | undefined;
  /** `tag.tags` of the spans of each request. */
  readonly tags?: readonly string[] | undefined;
  /** `metadata` of a request. */
  readonly metadata?: ((request: Request) => Readonly<Record<string, unknown>> | undefined) | undefined;
}

/** How a framework shows its requests. */
export interface RequestView<Request> {
  /** A header by its name in lower case. */
  readonly header: (request: Request, name: string) => unknown;
  /** What authentication has put on the request. */
  readonly user: (request: Request) => unknown;
}

/** Requests as Node makes them, and Express and Fastify hand them on. */
export const NODE_REQUEST: RequestView<any> = {
  header: ({ headers }, name) => headers[name],
  user: (request) => request.user,
};

const OPTIONS = ['sessionHeader', 'userHeader', 'sessionCookie', 'session', 'user', 'tags', 'metadata'];

/**
 * Runs a request's handling in the scope that its options find. Says on OpenTelemetry's `diag` (level info), once, what is believed.
 * Throws a TypeError for an option that does not fit.
 */
export function requestScope<Request>(
  where: string,
  options: RequestScopeOptions<Request>,
  view: RequestView<Request>,
): <R>(request: Request, handle: () => R) => R {
  checkOptions(where, options, OPTIONS);
  for (const name of ['sessionHeader', 'userHeader', 'sessionCookie'] as const)
    if (options[name] !== undefined && (typeof options[name] !== 'string' || options[name] === ''))
      throw new TypeError(`${where}: expected ${name} to be a name that is not empty.`);
  for (const name of ['session', 'user', 'metadata'] as const)
    if (
      options[name] !== undefined &&
      !(name === 'user' && options[name] === false) &&
      typeof options[name] !== 'function'
    )
      throw new TypeError(`${where}: expected ${name} to be a function of the request.`);
  diag.info(`spandrel: ${where} believes ${believed(options).join(', ') || 'nothing'}`);
  const site = blockSite(where);
  return (request, handle) => {
    const scope = metadataScope(where, scopeOf(where, request, options, view));
    return runBlock(site, [scope], undefined, handle);
  };
}

function believed<Request>({
  sessionHeader,
  userHeader,
  sessionCookie,
  session,
  user,
}: RequestScopeOptions<Request>): string[] {
  return [
    ...(session ? ['the session option'] : []),
    ...(sessionHeader === undefined ? [] : [`the header ${sessionHeader} (session)`]),
    ...(sessionCookie === undefined ? [] : [`the cookie ${sessionCookie} (session)`]),
    ...(userHeader === undefined ? [] : [`the header ${userHeader} (user)`]),
    ...(user === false ? [] : [user ? 'the user option' : 'the user that authentication put on the request']),
  ];
}

function scopeOf<Request>(
  where: string,
  request: Request,
  options: RequestScopeOptions<Request>,
  view: RequestView<Request>,
): MetadataOptions {
  const { sessionHeader, userHeader, sessionCookie, session, user, tags, metadata } = options;
  const header = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : textOf(ask(`${where}: a header`, view.header, request, name.toLowerCase()));
  const userOf = user === false ? () => undefined : (user ?? ((from: Request) => idOf(view.user(from))));
  const userId = ask(`${where}: the user`, userOf, request);
  return {
    sessionId:
      (session && ask(`${where}: the session option`, session, request)) ??
      header(sessionHeader) ??
      digest(cookie(sessionCookie, header('cookie'))),
    // a number becomes text where ids are checked; null is nobody
    userId: (userId as string | undefined) ?? header(userHeader),
    tags,
    metadata: metadata && ask(`${where}: the metadata option`, metadata, request),
  };
}

/** A header that came several times is not believed: which one would it be? */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

function idOf(user: unknown): string | number | undefined {
  const { id, sub } = (typeof user === 'object' && user !== null ? user : {}) as { id?: unknown; sub?: unknown };
  return [id, sub].find((one): one is string | number => typeof one === 'string' || typeof one === 'number');
}

function cookie(name: string | undefined, header: string | undefined): string | undefined {
  if (name === undefined || header === undefined) return undefined;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

const digest = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : createHash('sha256').update(value).digest('hex').slice(0, 16);
