import {
  type AnyEndpoint,
  apiRoot,
  type BodyInput,
  type ParamsFor,
  type Problem,
  pathOf,
  type QueryInput,
  type ResponseOf,
} from '@junction/contracts';
import type { TestHouse } from './house.ts';

type Extra<E> = {
  params?: ParamsFor<E>;
  query?: Partial<Record<keyof QueryInput<E>, string | number | undefined>>;
  body?: BodyInput<E>;
  ifMatch?: string;
  headers?: Record<string, string>;
};

/** What came back; `body` is typed as the endpoint's response for the tests that expect success, `problem` for the others. */
export type Reply<E> = { status: number; headers: Headers; body: ResponseOf<E>; problem: Problem; text: string };

export type TestClient = {
  <E extends AnyEndpoint>(endpoint: E, extra?: Extra<E>): Promise<Reply<E>>;
  cookie: string | undefined;
};

/** The cookies of a browser after one more was set, in place of the one of the same name. */
const withCookie = (cookies: string | undefined, setCookie: string): string => {
  const [pair = ''] = setCookie.split(';');
  const name = pair.slice(0, pair.indexOf('=') + 1);
  return [...(cookies?.split('; ') ?? []).filter((other) => !other.startsWith(name)), pair].join('; ');
};

/** A client of one browser: keeps the cookies that it is given. */
export const createClient = (house: Pick<TestHouse, 'baseUrl'>, cookie?: string): TestClient => {
  const call = async <E extends AnyEndpoint>(endpoint: E, extra: Extra<E> = {}): Promise<Reply<E>> => {
    const query = new URLSearchParams(
      Object.entries(extra.query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    const url = `${house.baseUrl}${apiRoot}${pathOf(endpoint, (extra.params ?? {}) as Record<string, string>)}${query.size > 0 ? `?${query}` : ''}`;
    const response = await fetch(url, {
      method: endpoint.method,
      headers: {
        ...(client.cookie === undefined ? {} : { cookie: client.cookie }),
        ...(extra.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(extra.ifMatch === undefined ? {} : { 'if-match': extra.ifMatch }),
        ...extra.headers,
      },
      body: extra.body === undefined ? undefined : JSON.stringify(extra.body),
    });
    for (const setCookie of response.headers.getSetCookie()) client.cookie = withCookie(client.cookie, setCookie);
    const text = await response.text();
    const isJson =
      response.headers.get('content-type')?.includes('json') === true &&
      !response.headers.get('content-type')?.includes('ndjson');
    const body = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, body, problem: body, text };
  };
  const client: TestClient = Object.assign(call, { cookie });
  return client;
};
