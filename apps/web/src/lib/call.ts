import {
  type AnyEndpoint,
  apiRoot,
  type BodyInput,
  type EventOf,
  type ParamNames,
  type ParamsFor,
  Problem,
  pathOf,
  type QueryInput,
  type ResponseOf,
} from '@junction/contracts';
import { reachable, sessionLost } from './connectivity.ts';
import { ApiProblem, Offline, UnexpectedAnswer } from './errors.ts';
import { readEvents } from './read-events.ts';
import { readLines } from './read-lines.ts';

type Params<E extends AnyEndpoint> = [ParamNames<E>] extends [never]
  ? { params?: undefined }
  : { params: ParamsFor<E> };
type Query<E extends AnyEndpoint> =
  Record<never, never> extends QueryInput<E> ? { query?: QueryInput<E> } : { query: QueryInput<E> };
type Body<E extends AnyEndpoint> = [BodyInput<E>] extends [never] ? { body?: undefined } : { body: BodyInput<E> };

/** What a request to an endpoint takes: its params, query and body, each required when the endpoint requires it. */
export type CallInput<E extends AnyEndpoint> = Params<E> & Query<E> & Body<E> & CallOptions;

export type CallOptions = {
  /** The etag of the version to change; required by endpoints that need it. */
  ifMatch?: string;
  /** The same key makes a repeated POST harmless; a new one is made when absent. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

type LooseInput = CallOptions & { params?: Record<string, string>; query?: object; body?: unknown };

/** A random key for one submit. Not crypto.randomUUID, which browsers offer to secure origins only. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const urlOf = (endpoint: AnyEndpoint, { params, query }: LooseInput): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const suffix = search.size > 0 ? `?${search}` : '';
  return `${apiRoot}${pathOf(endpoint, params ?? {})}${suffix}`;
};

const headersOf = (endpoint: AnyEndpoint, input: LooseInput, accept: string): Headers => {
  const headers = new Headers({ accept });
  if (input.body !== undefined) headers.set('content-type', 'application/json');
  if (input.ifMatch !== undefined) headers.set('if-match', input.ifMatch);
  if (endpoint.method === 'POST') headers.set('idempotency-key', input.idempotencyKey ?? newIdempotencyKey());
  return headers;
};

/** Statuses of a proxy that speaks for a server it cannot reach. */
const gatewayStatuses = [502, 503, 504];

const readProblem = async (response: Response): Promise<Error> => {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) {
    return gatewayStatuses.includes(response.status) ? new Offline() : new UnexpectedAnswer({ cause: parsed.error });
  }
  if (parsed.data.code === 'unauthenticated') sessionLost.announce();
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(parsed.data, Number.isFinite(seconds) ? seconds : undefined);
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin', redirect: 'error' });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    reachable.set(false);
    throw new Offline({ cause });
  }
  if (!response.ok) {
    const error = await readProblem(response);
    reachable.set(!(error instanceof Offline));
    throw error;
  }
  reachable.set(true);
  return response;
};

const readAnswer = async (endpoint: AnyEndpoint, response: Response): Promise<unknown> => {
  if (endpoint.response === null) return undefined;
  const parsed = endpoint.response.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new UnexpectedAnswer({ cause: parsed.error });
  return parsed.data;
};

/**
 * Sends a request to an endpoint and resolves with its answer, parsed with the endpoint's own schema.
 * Rejects with ApiProblem (refused), Offline (not reached) or UnexpectedAnswer; a session that has ended is also announced
 * to the app, which then shows the sign-in page.
 */
export const call = async <E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> => {
  const loose = input as LooseInput;
  const response = await send(urlOf(endpoint, loose), {
    method: endpoint.method,
    headers: headersOf(endpoint, loose, 'application/json'),
    body: loose.body === undefined ? undefined : JSON.stringify(loose.body),
    signal: loose.signal,
  });
  return (await readAnswer(endpoint, response)) as ResponseOf<E>;
};

/** Follows the `nextLink` of a list, which is opaque but always an address of the API itself. */
export const callNext = async <E extends AnyEndpoint>(
  endpoint: E,
  nextLink: string,
  signal?: AbortSignal,
): Promise<ResponseOf<E>> => {
  const next = new URL(nextLink, 'http://same.origin.invalid');
  if (!next.pathname.startsWith(`${apiRoot}/`)) throw new UnexpectedAnswer();
  const response = await send(next.pathname + next.search, { headers: { accept: 'application/json' }, signal });
  return (await readAnswer(endpoint, response)) as ResponseOf<E>;
};

/**
 * Sends a request and hands each event of the answer (application/x-ndjson) to `onEvent` as it arrives. Resolves when
 * the stream ends; rejects as `call` does, with Offline when the stream breaks off in the middle.
 */
export const callEvents = async <E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  onEvent: (event: EventOf<E>) => void,
): Promise<void> => {
  const { events } = endpoint;
  if (!events) throw new Error(`${endpoint.path} has no events.`);
  const loose = input as LooseInput;
  const response = await send(urlOf(endpoint, loose), {
    method: endpoint.method,
    headers: headersOf(endpoint, loose, 'application/x-ndjson'),
    body: loose.body === undefined ? undefined : JSON.stringify(loose.body),
    signal: loose.signal,
  });
  for await (const line of readLines(response, loose.signal)) {
    const parsed = events.safeParse(line);
    if (!parsed.success) throw new UnexpectedAnswer({ cause: parsed.error });
    onEvent(parsed.data as EventOf<E>);
  }
};

/**
 * The server-sent events of an endpoint for as long as they come; undefined stands for a sign of life without news. Rejects as
 * `callEvents` does.
 */
export async function* watchEvents<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
): AsyncGenerator<EventOf<E> | undefined> {
  const { events } = endpoint;
  if (!events) throw new Error(`${endpoint.path} has no events.`);
  const loose = input as LooseInput;
  const headers = headersOf(endpoint, loose, 'text/event-stream');
  const response = await send(urlOf(endpoint, loose), { headers, signal: loose.signal });
  for await (const data of readEvents(response, loose.signal)) {
    const parsed = data === undefined ? undefined : events.safeParse(data);
    if (parsed?.success === false) throw new UnexpectedAnswer({ cause: parsed.error });
    yield parsed?.data as EventOf<E> | undefined;
  }
}
