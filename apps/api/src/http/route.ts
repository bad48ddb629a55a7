import {
  type Actor,
  type AnyEndpoint,
  type BodyOutput,
  can,
  type EventOf,
  Id,
  type ParamsFor,
  paramNames,
  type QueryOutput,
} from '@junction/contracts';
import type { Request, RequestHandler, Response, Router } from 'express';
import type * as z from 'zod';
import type { House } from '../house.ts';
import { AppError } from '../platform/app-error.ts';
import { fieldErrors, invalidInput, parseInput } from '../platform/field-errors.ts';
import { headerTag, isFresh, readIfMatch } from '../platform/versions.ts';
import type { Asked, Handler, Route } from './asked.ts';
import { readBearer } from './bearer.ts';
import type { Cookies } from './cookies.ts';
import { deny } from './deny.ts';
import { describeClient } from './describe-client.ts';
import { openEventStream } from './event-streams.ts';
import { answerOnce } from './idempotency.ts';
import { findIllFormed } from './well-formed.ts';
import { whoAsks } from './who-asks.ts';

const parseOrRefuse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const illFormed = findIllFormed(value);
  if (illFormed) throw invalidInput([illFormed]);
  const parsed = parseInput(schema, value);
  if (!parsed.success) throw invalidInput(fieldErrors(parsed.error));
  return parsed.data;
};

/** The ids in the path; undefined when one is no id, so that the address is another one's or nobody's. */
const readParams = ({ path }: { path: string }, request: Request): Record<string, string> | undefined => {
  const ids = paramNames(path).map((name) => [name, Id.safeParse(request.params[name]).data?.toLowerCase()]);
  return ids.every(([, id]) => id !== undefined) ? Object.fromEntries(ids) : undefined;
};

const readBody = (endpoint: AnyEndpoint, request: Request): unknown => {
  const body = (request.body ?? {}) as object;
  if (endpoint.body !== null) return parseOrRefuse(endpoint.body, body);
  if (Object.keys(body).length > 0)
    throw invalidInput([{ field: '', code: 'unknown_field', message: 'This takes no body.' }]);
  return undefined;
};

/** Resolves who asks, asks `can`, and throws when the answer is no. */
const admit = async (
  house: House,
  endpoint: AnyEndpoint,
  request: Request,
  cookies: Cookies,
  params: Record<string, string>,
) => {
  const actor = await whoAsks(house, request, cookies.session).catch((error: unknown) => {
    // Whoever may come without signing in is not kept out, nor from signing in anew, while a provider does not answer.
    const isOpen = can(null, endpoint.action) && readBearer(request) === undefined;
    if (error instanceof AppError && error.code === 'providerUnavailable' && isOpen) return null;
    throw error;
  });
  const environmentId = params.environmentId;
  if (can(actor, endpoint.action, environmentId)) return actor;
  if (actor === null) throw new AppError('unauthenticated', 'Sign in, then try again.');
  return deny(house, actor, endpoint, environmentId, request.ip ?? '');
};

/** Whether who asked is still signed in, or their token holds, with the same role: what was decided for a long answer holds no longer than that. */
const isAsBefore = async (
  house: House,
  actor: Actor | null,
  request: Request,
  cookies: Cookies,
  { environmentId = '' }: Record<string, string>,
): Promise<boolean> => {
  if (actor === null) return true;
  const now = await whoAsks(house, request, cookies.session, { isUse: false }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return now?.id === actor.id && now.memberships[environmentId] === actor.memberships[environmentId];
};

/** The same path and query as this request's, from another row on; relative, so that it holds behind any proxy. */
const nextLinkOf = (request: Request, skiptoken: string): string => {
  const next = new URL(request.originalUrl, 'http://relative');
  next.searchParams.set('skiptoken', skiptoken);
  return `${next.pathname}${next.search}`;
};

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD';

const sendBody = (request: Request, response: Response, status: number, body: unknown) => {
  const text = JSON.stringify(body);
  const tag = headerTag(text, (body as { etag?: string }).etag);
  response.setHeader('ETag', tag);
  if (isRead(request) && isFresh(request.get('if-none-match'), tag)) response.status(304).end();
  else response.status(status).type('application/json').send(text);
};

/** Makes the function that binds endpoints to a router: actor, permission, input and output are checked here and nowhere else. */
export const createRoute = (house: House, router: Router, cookies: Cookies): Route & { refuseOtherMethods(): void } => {
  const bind =
    (
      endpoint: AnyEndpoint,
      handler: (actor: Actor | null, asked: Asked<AnyEndpoint>) => Promise<unknown>,
    ): RequestHandler =>
    async (request, response, next) => {
      const params = readParams(endpoint, request);
      if (params === undefined) return next();
      const actor = await admit(house, endpoint, request, cookies, params);
      response.locals.actorId = actor?.id;
      const gone = new AbortController();
      const events = openEventStream(endpoint, request, response, {
        isAllowed: () => isAsBefore(house, actor, request, cookies, params),
        leave: () => gone.abort(),
      });
      response.once('close', () => {
        if (!response.writableFinished) gone.abort();
      });
      const setCookie = (cookie: Cookies['session'], value: { token: string; expiresAt: Date } | null) => {
        response.append('Set-Cookie', value === null ? cookie.clear() : cookie.set(value.token, value.expiresAt));
      };
      const asked: Asked<AnyEndpoint> = {
        params: params as ParamsFor<AnyEndpoint>,
        query: parseOrRefuse(endpoint.query, { ...request.query }) as QueryOutput<AnyEndpoint>,
        body: readBody(endpoint, request) as BodyOutput<AnyEndpoint>,
        expectedVersion: endpoint.needsIfMatch ? readIfMatch(request.get('if-match')) : 'any',
        from: { address: request.ip ?? '', client: describeClient(request.get('user-agent')) },
        nextLink: (skiptoken) => nextLinkOf(request, skiptoken),
        signal: gone.signal,
        wantsEvents: events !== undefined,
        tell: (event: EventOf<AnyEndpoint>) => events?.write(event),
        setSession: (session) => setCookie(cookies.session, session),
        signInToken: cookies.signIn.read(request.headers.cookie),
        setSignInToken: (attempt) => setCookie(cookies.signIn, attempt),
      };
      const answer = async () => {
        const result = await handler(actor, asked);
        return { status: endpoint.status, body: endpoint.response === null ? null : endpoint.response.parse(result) };
      };
      if (events) {
        await answer();
        events.end();
        return;
      }
      const { status, body, isReplay } = await answerOnce(house, actor, endpoint, request, answer);
      if (isReplay) response.setHeader('Idempotency-Replayed', 'true');
      if (body === null) response.status(204).end();
      else sendBody(request, response, status, body);
    };
  const methodsOf = new Map<string, string[]>();
  const add = (endpoint: AnyEndpoint, handler: RequestHandler) => {
    const { method, path } = endpoint;
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), method, ...(method === 'GET' ? ['HEAD'] : [])]);
    router.route(path)[method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'](handler);
  };
  const route = <E extends AnyEndpoint>(endpoint: E, handler: Handler<E, Actor>) =>
    add(
      endpoint,
      bind(endpoint, (actor, asked) => handler(actor as Actor, asked as unknown as Asked<E>)),
    );
  const open = <E extends AnyEndpoint>(endpoint: E, handler: Handler<E, Actor | null>) =>
    add(
      endpoint,
      bind(endpoint, (actor, asked) => handler(actor, asked as unknown as Asked<E>)),
    );
  /** Goes last: tells who came with another method which ones there are. */
  const refuseOtherMethods = () => {
    for (const [path, methods] of methodsOf) {
      router.all(path, (request, response, next) => {
        if (methods.includes(request.method) || readParams({ path }, request) === undefined) return next();
        const allowed = [...methods, 'OPTIONS'].join(', ');
        response.setHeader('Allow', allowed);
        if (request.method === 'OPTIONS') response.status(204).end();
        else next(new AppError('methodNotAllowed', `This address takes ${allowed}.`));
      });
    }
  };
  return Object.assign(route, { open, refuseOtherMethods });
};
