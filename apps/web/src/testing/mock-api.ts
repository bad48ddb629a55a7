import {
  type AnyEndpoint,
  api,
  apiRoot,
  type BodyOutput,
  type ErrorCode,
  type EventOf,
  errors,
  type FieldError,
  type ParamsFor,
  type Problem,
  type QueryOutput,
  type ResponseInput,
} from '@junction/contracts';
import { vi } from 'vitest';

/** What an endpoint was asked, as the server would see it. */
export type Asked<E extends AnyEndpoint = AnyEndpoint> = {
  params: ParamsFor<E>;
  query: QueryOutput<E>;
  body: BodyOutput<E>;
  headers: Headers;
};

type Answer<E extends AnyEndpoint> = ResponseInput<E> | Refusal | Events<E> | 'offline';
type Handler<E extends AnyEndpoint> = (asked: Asked<E>) => Answer<E> | Promise<Answer<E>>;

class Refusal {
  readonly code: ErrorCode;
  readonly extra: Partial<Problem> & { retryAfterSeconds?: number };
  constructor(code: ErrorCode, extra: Partial<Problem> & { retryAfterSeconds?: number }) {
    this.code = code;
    this.extra = extra;
  }
}

class Events<E extends AnyEndpoint> {
  readonly source: Iterable<EventOf<E>> | AsyncIterable<EventOf<E>>;
  constructor(source: Iterable<EventOf<E>> | AsyncIterable<EventOf<E>>) {
    this.source = source;
  }
}

/** The answer of an endpoint that refuses. */
export const refuse = (
  code: ErrorCode,
  extra: Partial<Problem> & { errors?: FieldError[]; retryAfterSeconds?: number } = {},
) => new Refusal(code, extra);

/** The answer of an endpoint that streams, as lines or as server-sent events, whichever it was asked for; each event as the source yields it. */
export const streamOf = <E extends AnyEndpoint>(source: Iterable<EventOf<E>> | AsyncIterable<EventOf<E>>) =>
  new Events<E>(source);

const problemResponse = ({ code, extra: { retryAfterSeconds, ...extra } }: Refusal): Response => {
  const [status, title] = errors[code];
  const problem: Problem = {
    type: `/api/docs/errors#${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    traceId: 'trace-1',
    ...extra,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status, headers });
};

const asLine = (event: unknown) => `${JSON.stringify(event)}\n`;
const asServerSent = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`;

const eventsResponse = <E extends AnyEndpoint>(
  endpoint: E,
  { source }: Events<E>,
  accept: string | null,
  signal: AbortSignal | null | undefined,
): Response => {
  const [type, write] =
    accept === 'text/event-stream'
      ? (['text/event-stream', asServerSent] as const)
      : (['application/x-ndjson', asLine] as const);
  const encoder = new TextEncoder();
  let isOpen = true;
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      // Whoever gives the request up is told at once, as fetch does; the source may be waiting for its next event.
      signal?.addEventListener('abort', () => {
        if (isOpen) controller.error(signal.reason);
        isOpen = false;
      });
      for await (const event of source) {
        if (!isOpen) return;
        controller.enqueue(encoder.encode(write(endpoint.events?.parse(event))));
      }
      if (isOpen) controller.close();
      isOpen = false;
    },
    cancel: () => {
      isOpen = false;
    },
  });
  return new Response(body, { headers: { 'content-type': type } });
};

const matchPath = (path: string, actual: string): Record<string, string> | undefined => {
  const names = path.split('/');
  const values = actual.split('/');
  if (names.length !== values.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = decodeURIComponent(value);
    else if (name !== value) return undefined;
  }
  return params;
};

const findEndpoint = (method: string, path: string) => {
  const matches = Object.values(api)
    .filter((endpoint) => endpoint.method === method)
    .map((endpoint) => ({ endpoint, params: matchPath(endpoint.path, path) }))
    .filter((match) => match.params !== undefined);
  // A literal name wins over a parameter, as in the server's router.
  return matches.sort((a, b) => Object.keys(a.params ?? {}).length - Object.keys(b.params ?? {}).length)[0];
};

/**
 * Answers `fetch` by endpoint value. Bodies and queries are parsed with the endpoint's schemas and answers are checked
 * with its response schema, so that a page test fails where the real server would. The next one takes its place.
 */
export const mockApi = () => {
  const handlers = new Map<AnyEndpoint, Handler<AnyEndpoint>>();
  const asked: { endpoint: AnyEndpoint; asked: Asked }[] = [];
  let isOffline = false;

  const answer = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    if (isOffline) throw new TypeError('Failed to fetch');
    const url = new URL(String(input), 'http://localhost');
    const method = init.method ?? 'GET';
    const found = findEndpoint(method, url.pathname.slice(apiRoot.length));
    const handler = found && handlers.get(found.endpoint);
    if (!found || !handler) throw new Error(`The test does not answer ${method} ${url.pathname}.`);
    const { endpoint, params } = found;
    const headers = new Headers(init.headers);
    const request = {
      params: params ?? {},
      query: endpoint.query.parse(Object.fromEntries(url.searchParams)),
      body: endpoint.body?.parse(init.body === undefined ? undefined : JSON.parse(String(init.body))),
      headers,
    } as Asked;
    asked.push({ endpoint, asked: request });
    if (endpoint.needsIfMatch && !headers.has('if-match')) return problemResponse(refuse('preconditionRequired'));
    const result = await handler(request);
    init.signal?.throwIfAborted();
    if (result === 'offline') throw new TypeError('Failed to fetch');
    if (result instanceof Refusal) return problemResponse(result);
    if (result instanceof Events) return eventsResponse(endpoint, result, headers.get('accept'), init.signal);
    if (endpoint.response === null) return new Response(null, { status: endpoint.status });
    return new Response(JSON.stringify(endpoint.response.parse(result)), {
      status: endpoint.status,
      headers: { 'content-type': 'application/json' },
    });
  };

  vi.stubGlobal('fetch', vi.fn(answer));

  return {
    /** Answers an endpoint from now on; the last answer given for an endpoint counts. */
    on<E extends AnyEndpoint>(endpoint: E, handler: Handler<NoInfer<E>>): void {
      handlers.set(endpoint, handler as unknown as Handler<AnyEndpoint>);
    },
    /** What an endpoint has been asked so far, oldest first. */
    asked<E extends AnyEndpoint>(endpoint: E): Asked<E>[] {
      return asked.filter((entry) => entry.endpoint === endpoint).map((entry) => entry.asked as unknown as Asked<E>);
    },
    /** Cuts or restores the network. */
    setOffline(offline: boolean): void {
      isOffline = offline;
    },
  };
};

export type MockApi = ReturnType<typeof mockApi>;
