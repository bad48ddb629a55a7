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
import { recordActivity } from '../features/activity/index.ts';
import { findActor } from '../features/people/index.ts';
import type { House } from '../house.ts';
import { AppError } from '../platform/app-error.ts';
import { fieldErrors, invalidInput } from '../platform/field-errors.ts';
import { headerTag, isFresh, readIfMatch } from '../platform/versions.ts';
import type { Asked, Handler, Route } from './asked.ts';
import type { SessionCookie } from './cookies.ts';
import { describeClient } from './describe-client.ts';
import { answerOnce } from './idempotency.ts';

const ndjson = 'application/x-ndjson';

const parseOrRefuse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(fieldErrors(parsed.error));
  return parsed.data;
};

const readParams = (endpoint: AnyEndpoint, request: Request): Record<string, string> =>
  Object.fromEntries(
    paramNames(endpoint.path).map((name) => {
      const parsed = Id.safeParse(request.params[name]);
      if (!parsed.success) throw new AppError('notFound', 'There is nothing at this address.');
      return [name, parsed.data.toLowerCase()];
    }),
  );

const readBody = (endpoint: AnyEndpoint, request: Request): unknown => {
  if (endpoint.body === null) {
    if (request.body !== undefined && Object.keys(request.body as object).length > 0)
      throw invalidInput([{ field: '', code: 'unknown_field', message: 'This takes no body.' }]);
    return undefined;
  }
  if (request.body === undefined && request.get('content-type') !== undefined && !request.is('application/json')) {
    throw new AppError('unsupportedMediaType', 'Send the body as application/json.');
  }
  return parseOrRefuse(endpoint.body, request.body ?? {});
};

/** Denies, and says so in the activity log of the environment at hand. */
const deny = async (
  house: House,
  actor: Actor,
  endpoint: AnyEndpoint,
  environmentId: string | undefined,
  address: string,
): Promise<never> => {
  const exists =
    environmentId !== undefined && (await house.db.environment.count({ where: { id: environmentId } })) > 0;
  await house.db.$transaction((tx) =>
    recordActivity(tx, {
      kind: 'access.denied',
      environmentId: exists ? environmentId : null,
      by: actor,
      from: address,
      subject: { type: 'endpoint', id: null, name: endpoint.action },
    }),
  );
  if (environmentId !== undefined && actor.memberships[environmentId] === undefined) {
    throw new AppError('notFound', 'There is no such environment, or you do not belong to it.');
  }
  throw new AppError('forbidden', 'Your role in this environment does not allow this. Ask one of its admins.');
};

/** Resolves who asks, asks `can`, and throws when the answer is no. */
const admit = async (
  house: House,
  endpoint: AnyEndpoint,
  request: Request,
  cookie: SessionCookie,
  params: Record<string, string>,
) => {
  const token = cookie.read(request.headers.cookie);
  const actor = token === undefined ? null : await findActor(house, token);
  const environmentId = params.environmentId;
  if (can(actor, endpoint.action, environmentId)) return actor;
  if (actor === null) throw new AppError('unauthenticated', 'Sign in, then try again.');
  return deny(house, actor, endpoint, environmentId, request.ip ?? '');
};

/** The same path and query as this request's, from another row on; relative, so that it holds behind any proxy. */
const nextLinkOf = (request: Request, skiptoken: string): string => {
  const next = new URL(request.originalUrl, 'http://relative');
  next.searchParams.set('skiptoken', skiptoken);
  return `${next.pathname}${next.search}`;
};

const sendBody = (request: Request, response: Response, status: number, body: unknown) => {
  const text = JSON.stringify(body);
  const tag = headerTag(text, (body as { etag?: string }).etag);
  response.setHeader('ETag', tag);
  if (request.method === 'GET' && isFresh(request.get('if-none-match'), tag)) response.status(304).end();
  else response.status(status).type('application/json').send(text);
};

/** Makes the function that binds endpoints to a router: actor, permission, input and output are checked here and nowhere else. */
export const createRoute = (house: House, router: Router, cookie: SessionCookie): Route => {
  const bind =
    (
      endpoint: AnyEndpoint,
      handler: (actor: Actor | null, asked: Asked<AnyEndpoint>) => Promise<unknown>,
    ): RequestHandler =>
    async (request, response) => {
      const params = readParams(endpoint, request);
      const actor = await admit(house, endpoint, request, cookie, params);
      response.locals.actorId = actor?.id;
      const wantsEvents = endpoint.events !== null && request.accepts(['application/json', ndjson]) === ndjson;
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const asked: Asked<AnyEndpoint> = {
        params: params as ParamsFor<AnyEndpoint>,
        query: parseOrRefuse(endpoint.query, { ...request.query }) as QueryOutput<AnyEndpoint>,
        body: readBody(endpoint, request) as BodyOutput<AnyEndpoint>,
        expectedVersion: endpoint.needsIfMatch ? readIfMatch(request.get('if-match')) : 'any',
        from: { address: request.ip ?? '', client: describeClient(request.get('user-agent')) },
        nextLink: (skiptoken) => nextLinkOf(request, skiptoken),
        signal: gone.signal,
        tell: (event: EventOf<AnyEndpoint>) => {
          if (!wantsEvents || response.destroyed) return;
          if (!response.headersSent) response.status(200).type(ndjson).setHeader('X-Accel-Buffering', 'no');
          response.write(`${JSON.stringify(endpoint.events?.parse(event))}\n`);
        },
        setSession: (session) => {
          response.append(
            'Set-Cookie',
            session === null ? cookie.clear() : cookie.set(session.token, session.expiresAt),
          );
        },
      };
      const answer = async () => {
        const result = await handler(actor, asked);
        return { status: endpoint.status, body: endpoint.response === null ? null : endpoint.response.parse(result) };
      };
      if (wantsEvents) {
        await answer();
        response.end();
        return;
      }
      const { status, body, isReplay } = await answerOnce(house, actor, endpoint, request, answer);
      if (isReplay) response.setHeader('Idempotency-Replayed', 'true');
      if (body === null) response.status(204).end();
      else sendBody(request, response, status, body);
    };
  const add = (endpoint: AnyEndpoint, handler: RequestHandler) => {
    const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    router.route(endpoint.path)[method](handler);
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
  return Object.assign(route, { open });
};
