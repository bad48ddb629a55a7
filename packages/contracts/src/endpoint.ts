import * as z from 'zod';
import type { Action } from './access.ts';

/** The parameters that a path names with a colon: `/a/:x/b/:y` has x and y. */
type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Empty = z.ZodObject<Record<never, never>>;

/**
 * An endpoint of `/api/v1` as a value. The API binds it, the web calls it, and the OpenAPI document and the permission
 * matrix are made from it.
 */
export type Endpoint<
  Path extends string = string,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Event extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: Path;
  action: Action;
  summary: string;
  tag: string;
  status: 200 | 201 | 204;
  query: Query;
  body: Body | null;
  response: Response | null;
  /** Set when a client that accepts `application/x-ndjson` gets events, one JSON document per line, instead of the response. */
  events: Event | null;
  /** True when the request must name the version it changes with `If-Match`. */
  needsIfMatch: boolean;
  /** False when its answers may be kept nowhere, so that an Idempotency-Key does nothing: it changes nothing that a repetition would change twice. */
  keepsAnswers: boolean;
};

export type AnyEndpoint = Endpoint;

/** Declares an endpoint; whatever is not given is empty (query, body, response) or the usual (status, If-Match on PATCH and DELETE of a resource). */
export const endpoint = <
  const Path extends string,
  Query extends z.ZodType = Empty,
  Body extends z.ZodType = z.ZodNever,
  Response extends z.ZodType = z.ZodNever,
  Event extends z.ZodType = z.ZodNever,
>(definition: {
  method: Endpoint['method'];
  path: Path;
  action: Action;
  summary: string;
  tag: string;
  status?: Endpoint['status'];
  query?: Query;
  body?: Body;
  response?: Response;
  events?: Event;
  needsIfMatch?: boolean;
  keepsAnswers?: boolean;
}): Endpoint<Path, Query, Body, Response, Event> => ({
  ...definition,
  status: definition.status ?? (definition.response ? 200 : 204),
  query: definition.query ?? (z.strictObject({}) as unknown as Query),
  body: definition.body ?? null,
  response: definition.response ?? null,
  events: definition.events ?? null,
  needsIfMatch: definition.needsIfMatch ?? false,
  keepsAnswers: definition.keepsAnswers ?? true,
});

export type ParamNames<E> = E extends Endpoint<infer Path> ? ParamsOf<Path> : never;
export type ParamsFor<E> = { [Name in ParamNames<E>]: string };
export type QueryInput<E> = E extends Endpoint<string, infer Query> ? z.input<Query> : never;
export type QueryOutput<E> = E extends Endpoint<string, infer Query> ? z.output<Query> : never;
export type BodyInput<E> = E extends Endpoint<string, z.ZodType, infer Body> ? z.input<Body> : never;
export type BodyOutput<E> = E extends Endpoint<string, z.ZodType, infer Body> ? z.output<Body> : never;
type Answer<E> = E extends Endpoint<string, z.ZodType, z.ZodType, infer Response> ? Response : never;
// biome-ignore lint/suspicious/noConfusingVoidType: a use case that answers nothing returns nothing, and TypeScript calls that void
type Nothing = void;
/** What an endpoint answers: nothing where it declares no response. */
export type ResponseOf<E> = [Answer<E>] extends [z.ZodNever] ? Nothing : z.output<Answer<E>>;
export type ResponseInput<E> = [Answer<E>] extends [z.ZodNever] ? Nothing : z.input<Answer<E>>;
export type EventOf<E> =
  E extends Endpoint<string, z.ZodType, z.ZodType, z.ZodType, infer Event> ? z.output<Event> : never;

/** The names in a path, in order. */
export const paramNames = (path: string): string[] =>
  [...path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] ?? '');

/** Fills a path's parameters in. */
export const pathOf = <E extends AnyEndpoint>(target: E, params: Record<string, string>): string =>
  target.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
